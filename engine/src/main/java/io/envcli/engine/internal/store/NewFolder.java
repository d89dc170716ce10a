package io.envcli.engine.internal.store;

import io.envcli.engine.StoreException;
import io.envcli.engine.StoreException.Kind;
import io.envcli.offheap.FileSpace;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A folder that is there whole or not at all: it is filled under another name beside its place, synced, and then renamed.
 * What is left of one whose maker was killed is deleted by the next one for the same place.
 *
 * <p>Threading: one thread.
 */
public final class NewFolder implements AutoCloseable {
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY = PosixFilePermissions
            .asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final String UNFINISHED = ".unfinished";
    /** In a folder that is not finished: no store holds such a file, so none is taken for one. */
    private static final String MARK = "unfinished";

    private final Path target;
    private final Path unfinished;

    /**
     * Begins one.
     *
     * @param target where it is to be; nothing, or an empty folder.
     * @throws StoreException of kind INVALID if something is there.
     * @throws IOException    if it cannot be made.
     */
    public NewFolder(final Path target) throws IOException {
        this.target = target.toAbsolutePath().normalize();
        final Path parent = this.target.getParent();
        final Path name = this.target.getFileName();
        if (parent == null || name == null || !isFree(this.target)) {
            throw new StoreException(Kind.INVALID, target + ": there is something already, and nothing is overwritten;"
                    + " name a folder that does not exist or is empty");
        }
        unfinished = parent.resolve("." + name + UNFINISHED);
        Files.createDirectories(parent, OWNER_ONLY);
        delete(unfinished);
        Files.createDirectory(unfinished, OWNER_ONLY);
        Files.createFile(unfinished.resolve(MARK));
    }

    /**
     * Makes one of what is in a store, and does so again where the store is rekeyed meanwhile: that deletes what is read.
     *
     * @param store   its folder; only read.
     * @param target  where the new folder is to be; nothing, or an empty folder.
     * @param filling fills it.
     * @param <T>     what is told of it.
     * @return what the filling returned.
     * @throws StoreException if there is no store, or something is in the place.
     * @throws IOException    if something cannot be read or written.
     */
    public static <T> T make(final Path store, final Path target, final Filling<T> filling) throws IOException {
        while (true) {
            final Path home = StoreFiles.home(store);
            try {
                StoreFiles.require(store);
                StoreFiles.requireApart(store, target);
                final @Nullable T made = make(store, home, target, filling);
                if (made != null) {
                    return made;
                }
            } catch (final IOException | RuntimeException e) {
                if (home.equals(StoreFiles.home(store))) {
                    throw e;
                }
            }
        }
    }

    private static <T> @Nullable T make(final Path store, final Path home, final Path target, final Filling<T> filling)
            throws IOException {
        try (NewFolder folder = new NewFolder(target)) {
            final T made = filling.fill(home, folder.path());
            if (!home.equals(StoreFiles.home(store))) {
                return null;
            }
            folder.finish(); // A new home is there before anything of this one is deleted, so this one was read whole.
            return made;
        }
    }

    /**
     * Fills a folder.
     *
     * @param <T> what is told of it.
     */
    public interface Filling<T> {
        /**
         * Fills it.
         *
         * @param home   of the store.
         * @param folder the new one, empty but for a mark.
         * @return what is told of it.
         * @throws IOException if something cannot be read or written.
         */
        T fill(Path home, Path folder) throws IOException;
    }

    private static boolean isFree(final Path folder) throws IOException {
        if (Files.notExists(folder)) {
            return true;
        }
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            return !entries.iterator().hasNext();
        }
    }

    /** {@return the folder to fill} */
    public Path path() {
        return unfinished;
    }

    /**
     * Syncs everything in it and puts it in its place.
     *
     * @throws IOException if that fails, or something has come to be in its place.
     */
    public void finish() throws IOException {
        Files.delete(unfinished.resolve(MARK));
        try (Stream<Path> all = Files.walk(unfinished)) {
            for (final Path path : (Iterable<Path>) all::iterator) {
                if (Files.isDirectory(path)) {
                    FileSpace.syncDirectory(path);
                } else {
                    FileSpace.sync(path);
                }
            }
        }
        Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
        FileSpace.syncAncestors(target);
    }

    /** Deletes what was not finished. */
    @Override
    public void close() throws IOException {
        delete(unfinished);
    }

    private static void delete(final Path folder) throws IOException {
        if (Files.notExists(folder)) {
            return;
        }
        final List<Path> deepestFirst;
        try (Stream<Path> all = Files.walk(folder)) {
            deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (final Path path : deepestFirst) {
            Files.delete(path);
        }
    }
}
