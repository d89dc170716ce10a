package io.envcli.offheap;

import org.jspecify.annotations.Nullable;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * The folder {@code view} of a store: a file for each generation of the index, named by its number in ten digits. The
 * newest one counts; older ones are marked superseded and deleted, and live on for readers that have them open.
 *
 * <p>Threading: one writer at a time, which holds the store's lock; {@link #openNewest} any thread and process.
 */
public final class HashIndexFolder {
    private static final int NAME_LENGTH = 10;
    /** A writer that grew twice while a folder was listed is improbable, more is absurd. */
    private static final int OPEN_ATTEMPTS = 100;

    private final Path folder;
    private final byte[] storeId;
    private final byte[] bootId;

    /**
     * A folder that may not exist yet.
     *
     * @param folder  of the view.
     * @param storeId 16 bytes; copied.
     * @param bootId  16 bytes that name this boot of the machine; copied.
     */
    public HashIndexFolder(final Path folder, final byte[] storeId, final byte[] bootId) {
        if (storeId.length != 2 * Long.BYTES || bootId.length != 2 * Long.BYTES) {
            throw new IllegalArgumentException("storeId and bootId must be 16 bytes long");
        }
        this.folder = folder;
        this.storeId = storeId.clone();
        this.bootId = bootId.clone();
    }

    /**
     * {@return number of the newest generation; 0 if there is none}
     *
     * @throws IOException if the folder cannot be listed.
     */
    public long newestGeneration() throws IOException {
        long newest = 0;
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
                for (final Path file : files) {
                    newest = Math.max(newest, generation(file));
                }
            }
        }
        return newest;
    }

    /** Number of a generation's file; 0 if it is another file. */
    private static long generation(final Path file) {
        final String name = String.valueOf(file.getFileName());
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) < '0' || name.charAt(i) > '9') {
                return 0;
            }
        }
        return name.length() == NAME_LENGTH ? Long.parseLong(name) : 0;
    }

    /**
     * {@return the file of a generation}
     *
     * @param generation from 1.
     */
    public Path file(final long generation) {
        final String digits = Long.toString(generation); // a format string would cost a cold process 10 ms
        return folder.resolve("0".repeat(Math.max(0, NAME_LENGTH - digits.length())) + digits);
    }

    /**
     * Maps the newest generation for reading.
     *
     * @return a reader at the last version; the caller closes it; null if there is no index.
     * @throws IndexDamagedException if the newest file is damaged or another store's.
     * @throws IOException           if it cannot be opened.
     */
    public @Nullable HashIndexReader openNewest() throws IOException {
        return open(HashIndexReader::open);
    }

    /**
     * Opens the newest generation for reading without mapping it, as {@link HashIndexReader#openOnce} does.
     *
     * @return a reader at the last version, for one thread; the caller closes it; null if there is no index.
     * @throws IndexDamagedException if the newest file is damaged or another store's.
     * @throws IOException           if it cannot be opened.
     */
    public @Nullable HashIndexReader openNewestOnce() throws IOException {
        return open(HashIndexReader::openOnce);
    }

    /** How a file is opened. */
    @FunctionalInterface
    private interface Opener {
        HashIndexReader open(Path file) throws IOException;
    }

    private @Nullable HashIndexReader open(final Opener opener) throws IOException {
        for (int attempt = 0;; attempt++) {
            final long generation = newestGeneration();
            if (generation == 0) {
                return null;
            }
            try {
                final HashIndexReader reader = opener.open(file(generation));
                if (reader.isOfStore(storeId)) {
                    return reader;
                }
                reader.close();
                throw new IndexDamagedException(file(generation), "belongs to another store");
            } catch (final NoSuchFileException | FileNotFoundException e) {
                // The writer has grown and deleted it since the folder was listed.
                if (attempt == OPEN_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    /**
     * Opens the newest generation for writing.
     *
     * @return the index, dirty until closed; the caller closes it; null if there is none.
     * @throws IndexDamagedException if it was not closed, is of another boot, or damaged: {@link #create} a new one and
     *                               apply the journal to it.
     * @throws IOException           if it cannot be opened.
     */
    public @Nullable HashIndex openForWriting() throws IOException {
        final long generation = newestGeneration();
        if (generation == 0) {
            return null;
        }
        final Path file = file(generation);
        if (HashIndexGeometry.read(file).generation() != generation) {
            throw new IndexDamagedException(file, "has another generation's name");
        }
        final HashIndex index = HashIndex.open(file, bootId);
        if (index.isOfStore(storeId)) {
            return index;
        }
        index.close();
        throw new IndexDamagedException(file, "belongs to another store");
    }

    /**
     * Makes an empty index of a new generation and does away with all older ones, whatever their state.
     *
     * @param entries  for how many there is to be room.
     * @param versions for how many transactions there is to be room.
     * @return the index, dirty until closed; the caller closes it.
     * @throws DiskFullException if there is no room; the older index is as before.
     * @throws IOException       if the folder or the file cannot be made.
     */
    public HashIndex create(final long entries, final long versions) throws IOException {
        Files.createDirectories(folder);
        final HashIndex index = HashIndex.create(file(newestGeneration() + 1), newestGeneration() + 1, storeId, bootId,
                entries, versions);
        deleteBut(index);
        return index;
    }

    /**
     * Moves an index on to a generation with at least twice the room of what is nearly used up, and deletes the older.
     *
     * @param index of this folder; closed when this succeeds.
     * @return the new index; the caller closes it.
     * @throws DiskFullException if there is no room; the index is as before.
     * @throws IOException       as {@link HashIndex#grow}.
     */
    public HashIndex grow(final HashIndex index) throws IOException {
        final HashIndex grown = index.grow(file(index.generation() + 1));
        deleteOlder(grown);
        return grown;
    }

    /**
     * Makes sure that an index has room, moving it on to a new generation if it has not: with exactly the room asked for,
     * or twice what there was, whichever is more.
     *
     * @param index    of this folder; closed when another is returned.
     * @param entries  that are to fit.
     * @param versions transactions that are to fit.
     * @return the index itself, or the new one; the caller closes it.
     * @throws IOException as {@link #grow}.
     */
    public HashIndex reserve(final HashIndex index, final long entries, final long versions) throws IOException {
        if (index.room() >= entries && index.transactionRoom() >= versions) {
            return index;
        }
        // Never by a little: each growth copies everything.
        final HashIndex grown = index.grow(file(index.generation() + 1),
                capacity(index.entryCount(), index.room(), entries),
                capacity(index.transactionCount(), index.transactionRoom(), versions));
        deleteOlder(grown);
        return grown;
    }

    private static long capacity(final long used, final long room, final long wanted) {
        return room >= wanted ? used + room
                : Math.min(Math.max(used + wanted, HashIndex.twice(used + room)), HashIndexGeometry.CAPACITY_LIMIT);
    }

    /** The new index is there and the old one unmapped: what cannot be deleted now is deleted by the next growth. */
    private void deleteOlder(final HashIndex newest) {
        try {
            deleteBut(newest);
        } catch (final IOException _) {
            // Superseded or not, an older generation is never opened while there is a newer one.
        }
    }

    private void deleteBut(final HashIndex newest) throws IOException {
        deleteBelow(newest.generation());
    }

    /**
     * Deletes all generations. Whoever has one mapped goes on, and learns that it is superseded.
     *
     * @throws IOException if one cannot be deleted.
     */
    public void deleteAll() throws IOException {
        if (Files.isDirectory(folder)) {
            deleteBelow(Long.MAX_VALUE);
        }
    }

    private void deleteBelow(final long limit) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (final Path file : files) {
                final long generation = generation(file);
                if (generation != 0 && generation < limit) {
                    HashIndexBuilder.supersede(file);
                    Files.deleteIfExists(file);
                } else if (file.toString().endsWith(HashIndexBuilder.UNFINISHED)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }
}
