package io.envcli.engine.internal.store;

import io.envcli.engine.StoreException;
import io.envcli.engine.StoreException.Kind;
import io.envcli.journal.UserKey;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Set;

/** What may be in a store's folder, and the key that goes with it. */
public final class StoreFiles {
    private static final Set<String> OWN = Set.of("lock", "journal", "view");

    private StoreFiles() {}

    /**
     * Whether a folder holds a store.
     *
     * @param store a folder that need not exist.
     * @return true if a journal has begun there; false if there is nothing yet.
     * @throws StoreException of kind NOT_A_STORE if there is something else.
     * @throws IOException    if it cannot be listed.
     */
    public static boolean exists(final Path store) throws IOException {
        if (Files.notExists(store)) {
            return false;
        }
        if (!Files.exists(store)) {
            throw new AccessDeniedException(store.toString()); // Who may not look must not be told that there is none.
        }
        if (!Files.isDirectory(store)) {
            throw new StoreException(Kind.NOT_A_STORE,
                    store + ": not a store but a file; choose a folder with --store");
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(store)) {
            for (final Path entry : entries) {
                if (!OWN.contains(String.valueOf(entry.getFileName()))) {
                    throw new StoreException(Kind.NOT_A_STORE, store + ": not a store: it holds '"
                            + entry.getFileName() + "'; choose another folder with --store");
                }
            }
        }
        return hasSegment(store.resolve("journal"));
    }

    /**
     * Refuses a folder without a store.
     *
     * @param store a folder that need not exist.
     * @throws StoreException of kind NOT_A_STORE if there is nothing yet, or something else.
     * @throws IOException    if it cannot be listed.
     */
    public static void require(final Path store) throws IOException {
        if (!exists(store)) {
            throw new StoreException(Kind.NOT_A_STORE,
                    store + ": there is no store here; import something first, or name"
                            + " another folder with --store");
        }
    }

    /**
     * Refuses a copy of a store inside of it, which would make it no store any more.
     *
     * @param store its folder.
     * @param copy  where the copy is to be.
     * @throws StoreException of kind INVALID if one is inside of the other.
     */
    public static void requireApart(final Path store, final Path copy) {
        final Path one = store.toAbsolutePath().normalize();
        final Path other = copy.toAbsolutePath().normalize();
        if (one.startsWith(other) || other.startsWith(one)) {
            throw new StoreException(Kind.INVALID,
                    copy + ": not beside the store " + store + " but in it, or around it; name another folder");
        }
    }

    private static boolean hasSegment(final Path journal) throws IOException {
        if (!Files.isDirectory(journal)) {
            return false;
        }
        try (DirectoryStream<Path> segments = Files.newDirectoryStream(journal)) {
            return segments.iterator().hasNext();
        }
    }

    /**
     * Reads the key of a store that exists.
     *
     * @param file of the key.
     * @return the key, which the caller closes.
     * @throws StoreException of kind KEY if it is missing or may not be used.
     */
    public static UserKey existingKey(final Path file) {
        try {
            return UserKey.load(file);
        } catch (final NoSuchFileException e) {
            throw new StoreException(Kind.KEY,
                    file + ": the key of the store is not there; restore it from a copy, or say"
                            + " where it is with --key-file or ENV_CLI_KEY_FILE",
                    e);
        } catch (final AccessDeniedException e) {
            throw new StoreException(Kind.KEY,
                    file + ": permission denied; the key is for its owner alone, who must be the one to run this", e);
        } catch (final IOException e) {
            throw new StoreException(Kind.KEY, String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * Reads the key for a store that is new, or makes it.
     *
     * @param file of the key.
     * @return the key, which the caller closes.
     * @throws StoreException of kind KEY if it may not be used.
     * @throws IOException    if it cannot be made.
     */
    public static UserKey keyForNewStore(final Path file) throws IOException {
        if (!Files.exists(file)) {
            try {
                return UserKey.create(file);
            } catch (final FileAlreadyExistsException _) {
                // Another process has just made it, for this store too or for another: there is one key.
            }
        }
        final UserKey key = existingKey(file);
        UserKey.sync(file);
        return key;
    }
}
