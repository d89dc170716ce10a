package io.envcli.engine.internal.store;

import io.envcli.engine.StoreException;
import io.envcli.engine.StoreException.Kind;
import io.envcli.journal.UserKey;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What may be in a store's folder, and the key that goes with it.
 *
 * <p>A store that was never rekeyed has lock, journal and view in its folder. Rekeying writes all three anew, in a folder of
 * their own inside it that is given its name, {@code sealed-2} and so on, when it is complete; from then on that is the
 * store's <em>home</em>, and what was before is deleted. Everything that works on lock, journal or view works on the home.
 */
public final class StoreFiles {
    /** Where a home is being made. */
    static final String WORKSHOP = "sealing";
    /** Where a journal waits for being deleted. */
    private static final String RETIRED = "retired";
    private static final String SEALED = "sealed-";
    private static final Pattern SEALED_NAME = Pattern.compile("sealed-([2-9]|[1-9][0-9]{1,6})");
    private static final Set<String> PARTS = Set.of("lock", "journal", "view");

    private StoreFiles() {}

    /**
     * Where a store's lock, journal and view are.
     *
     * @param store its folder, which need not exist.
     * @return the newest home in it; the folder itself if it was never rekeyed.
     * @throws IOException if it cannot be listed.
     */
    public static Path home(final Path store) throws IOException {
        final int newest = newestHome(store);
        return newest == 0 ? store : store.resolve(SEALED + newest);
    }

    /** The home that comes after those that are there. */
    static Path nextHome(final Path store) throws IOException {
        return store.resolve(SEALED + (Math.max(1, newestHome(store)) + 1));
    }

    /** 0 if it was never rekeyed. */
    private static int newestHome(final Path store) throws IOException {
        int newest = 0;
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(store)) {
            for (final Path entry : entries) {
                newest = Math.max(newest, homeNumber(entry));
            }
        } catch (final NoSuchFileException | NotDirectoryException _) {
            return 0; // Whoever needs a store there will say so.
        }
        return newest;
    }

    private static int homeNumber(final Path entry) {
        final Matcher matcher = SEALED_NAME.matcher(String.valueOf(entry.getFileName()));
        return matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
    }

    /**
     * Deletes what a rekeying has left besides the home. The caller holds the home's lock, so that nobody rekeys.
     *
     * <p>A journal is taken away whole before it is deleted piece by piece: a reader that still goes to it finds it or not,
     * and never takes half of it for all.
     *
     * @param store its folder.
     * @param home  in it.
     * @throws IOException if something cannot be deleted.
     */
    public static void deleteOldHomes(final Path store, final Path home) throws IOException {
        final List<Path> old = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(store)) {
            for (final Path entry : entries) {
                final String name = String.valueOf(entry.getFileName());
                if (!entry.equals(home) && (homeNumber(entry) > 0 || name.equals(WORKSHOP) || name.equals(RETIRED)
                        || (!home.equals(store) && PARTS.contains(name)))) {
                    old.add(entry);
                }
            }
        }
        final Path retired = store.resolve(RETIRED);
        deleteTree(retired);
        for (final Path entry : old) {
            if (homeNumber(entry) > 0 || entry.endsWith("journal")) {
                Files.move(entry, retired, StandardCopyOption.ATOMIC_MOVE);
                deleteTree(retired);
            }
        }
        for (final Path entry : old) {
            deleteTree(entry);
        }
    }

    /** Deletes a folder with all that is in it, or a file; links are not followed. */
    static void deleteTree(final Path top) throws IOException {
        if (Files.isDirectory(top, LinkOption.NOFOLLOW_LINKS)) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(top)) {
                for (final Path entry : entries) {
                    deleteTree(entry);
                }
            }
        }
        Files.deleteIfExists(top);
    }

    private static boolean isOwn(final Path entry) {
        final String name = String.valueOf(entry.getFileName());
        return PARTS.contains(name) || name.equals(WORKSHOP) || name.equals(RETIRED) || homeNumber(entry) > 0;
    }

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
                    store + ": not a store but a file; name a folder");
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(store)) {
            for (final Path entry : entries) {
                if (!isOwn(entry)) {
                    throw new StoreException(Kind.NOT_A_STORE, store + ": not a store: it holds '"
                            + entry.getFileName() + "'; name another folder");
                }
            }
        }
        final Path home = home(store);
        final boolean begun = hasSegment(home.resolve("journal"));
        if (!begun && !home.equals(store)) { // It was complete when it was given its name.
            throw new StoreException(Kind.DAMAGED,
                    home + ": the journal of the store is not there; restore it from a copy");
        }
        return begun;
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
                            + " another folder");
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
                    file + ": the key of the store is not there; restore it from a copy, or name"
                            + " its file",
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
