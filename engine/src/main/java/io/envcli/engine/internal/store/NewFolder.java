package io.envcli.engine.internal.store;

import io.envcli.engine.StoreException;
import io.envcli.engine.StoreException.Kind;
import io.envcli.offheap.FileSpace;

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
