package io.envcli.engine.internal.view;

import io.envcli.journal.Checkpoint;
import io.envcli.journal.JournalReader;
import io.envcli.journal.UserKey;
import io.envcli.offheap.HashIndex;
import io.envcli.offheap.HashIndexFolder;
import io.envcli.offheap.HashIndexReader;
import io.envcli.offheap.IndexDamagedException;
import io.envcli.simd.SipHash;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The folder {@code view} of a store: decides whether the view in it can be trusted, and rebuilds it from the journal when it
 * cannot be.
 *
 * <p>A rebuild goes on in a folder of its own below; when it is whole, its file is renamed into place. What was not trusted
 * is deleted before, so a reader finds either a view that is whole or none.
 */
public final class ViewFolder {
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY = PosixFilePermissions
            .asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final String REBUILD = "rebuild";
    private static final long FIRST_ENTRIES = 4_096;
    private static final long FIRST_VERSIONS = 1_024;
    /** About what a change takes in the journal: room made for a rebuild. */
    private static final long BYTES_PER_CHANGE = 90;

    private final Path store;
    private final Path folder;
    private final byte[] storeId;
    private final byte[] bootId;
    private final HashIndexFolder files;

    /**
     * The view of a store.
     *
     * @param store   its folder.
     * @param storeId its id.
     */
    public ViewFolder(final Path store, final byte[] storeId) {
        this(store, store.resolve("view"), storeId);
    }

    /**
     * A view that lies elsewhere: of a store that cannot be written.
     *
     * @param store   its folder.
     * @param folder  of the view.
     * @param storeId its id.
     */
    public ViewFolder(final Path store, final Path folder, final byte[] storeId) {
        final BootId boot = BootId.current();
        this.store = store;
        this.folder = folder;
        this.storeId = storeId.clone();
        this.bootId = ByteBuffer.allocate(16).putLong(boot.high()).putLong(boot.low()).array();
        this.files = new HashIndexFolder(folder, storeId, bootId);
    }

    /** {@return the folder of the journal that this is the view of} */
    public Path store() {
        return store;
    }

    /**
     * Maps the newest view for reading, without judging it.
     *
     * @return the reader, which the caller closes; null if there is none.
     * @throws IndexDamagedException if it is damaged.
     * @throws IOException           if it cannot be read.
     */
    public @Nullable HashIndexReader openNewest() throws IOException {
        return files.openNewest();
    }

    /**
     * {@return number of the newest generation; 0 if there is none}
     *
     * @throws IOException if the folder cannot be listed.
     */
    public long newestGeneration() throws IOException {
        return files.newestGeneration();
    }

    /**
     * {@return the file of the newest generation}
     *
     * @throws IOException if the folder cannot be listed.
     */
    public Path newestFile() throws IOException {
        return files.file(files.newestGeneration());
    }

    /**
     * Whether a view that no writer has open can be trusted: it was closed, in this boot of the machine, at the very end of
     * the journal.
     *
     * @param reader of it.
     * @return true to trust it.
     * @throws IOException if the journal cannot be read.
     */
    public boolean isWhole(final HashIndexReader reader) throws IOException {
        final long[] applied = new long[2];
        return !reader.isDirty() && reader.isOfBoot(bootId) && reader.applied(applied)
                && JournalReader.endsAt(store, (int) applied[0], applied[1]);
    }

    /**
     * Whether there is a view, no writer has it open, and it can be trusted. The caller holds the store's lock.
     *
     * @return true to open it; false to rebuild it.
     * @throws IOException if the journal cannot be read.
     */
    public boolean isWhole() throws IOException {
        try (HashIndexReader reader = files.openNewest()) {
            return reader != null && isWhole(reader);
        } catch (final IndexDamagedException e) {
            return false;
        }
    }

    /**
     * Opens a view for writing that {@link #isWhole()}.
     *
     * @return the view, which the caller closes.
     * @throws IOException if it cannot be opened.
     */
    public LiveView openForWriting() throws IOException {
        final HashIndex index = files.openForWriting();
        if (index == null) {
            throw new IOException(folder + ": the view has vanished");
        }
        return new LiveView(files, index);
    }

    /**
     * Opens a view for writing that {@link #isWhole()}, if its counters are so too.
     *
     * @return the view, which the caller closes; null if it must be rebuilt.
     * @throws IOException if it cannot be opened.
     */
    public @Nullable LiveView tryOpenForWriting() throws IOException {
        try {
            return openForWriting();
        } catch (final IndexDamagedException e) {
            return null;
        }
    }

    /**
     * Whether a view was written in this boot of the machine.
     *
     * @param reader of it.
     * @return true if so.
     */
    public boolean isOfThisBoot(final HashIndexReader reader) {
        return reader.isOfBoot(bootId);
    }

    /**
     * Makes the view of a journal that has no change yet. The caller holds the store's lock.
     *
     * @param end of the journal.
     * @return the view, which the caller closes.
     * @throws IOException if it cannot be written.
     */
    public LiveView create(final Checkpoint end) throws IOException {
        final long generation = files.newestGeneration() + 1;
        deleteAll();
        Files.createDirectories(folder, OWNER_ONLY);
        final LiveView view = new LiveView(files, HashIndex.create(files.file(generation), generation, storeId, bootId,
                FIRST_ENTRIES, FIRST_VERSIONS));
        view.applied(end.segment(), end.position());
        return view;
    }

    /**
     * Rebuilds the view from the journal. The caller holds the store's lock, or owns the folder.
     *
     * @param key   of the user.
     * @param names hasher of names.
     * @return the view, which the caller closes.
     * @throws IOException if the journal is damaged, or the view cannot be written.
     */
    public LiveView rebuild(final UserKey key, final SipHash names) throws IOException {
        final long generation = files.newestGeneration() + 1;
        deleteAll();
        final Path workshop = Files.createDirectories(folder.resolve(REBUILD), OWNER_ONLY);
        final HashIndexFolder rebuilt = new HashIndexFolder(workshop, storeId, bootId);
        final Path file = replay(key, names, rebuilt, generation);
        Files.move(file, folder.resolve(file.getFileName()), StandardCopyOption.ATOMIC_MOVE);
        delete(workshop);
        return openForWriting();
    }

    private Path replay(final UserKey key, final SipHash names, final HashIndexFolder rebuilt, final long generation)
            throws IOException {
        final HashIndex index = HashIndex.create(rebuilt.file(generation), generation, storeId, bootId,
                Math.max(FIRST_ENTRIES, fullSegmentBytes() / BYTES_PER_CHANGE), FIRST_VERSIONS);
        final LiveView view = new LiveView(rebuilt, index);
        try (JournalReader journal = JournalReader.open(store, key); Rebuild rebuild = new Rebuild(view, names)) {
            final Checkpoint end = journal.replay(Checkpoint.START, rebuild);
            view.abandonAll();
            view.applied(end.segment(), end.position());
        } catch (final IOException | RuntimeException | Error e) {
            view.closeDirty();
            throw e;
        }
        view.close();
        return rebuilt.file(rebuilt.newestGeneration());
    }

    /** Of the segments before the last: that one may be as long as what was allocated ahead, or sparse. */
    private long fullSegmentBytes() throws IOException {
        try (Stream<Path> folders = Files.list(store.resolve("journal"))) {
            final List<Path> segments = folders.sorted().toList();
            long bytes = 0;
            for (final Path segment : segments.subList(0, Math.max(0, segments.size() - 1))) {
                bytes += StoreSize.of(segment);
            }
            return bytes;
        }
    }

    /**
     * Deletes whatever view there is. The caller holds the store's lock, or owns the folder.
     *
     * @throws IOException if it cannot be deleted.
     */
    public void deleteAll() throws IOException {
        files.deleteAll();
        delete(folder.resolve(REBUILD));
    }

    private static void delete(final Path workshop) throws IOException {
        if (Files.isDirectory(workshop)) {
            try (DirectoryStream<Path> left = Files.newDirectoryStream(workshop)) {
                for (final Path file : left) {
                    Files.delete(file);
                }
            }
            Files.delete(workshop);
        }
    }
}
