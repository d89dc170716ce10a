package io.envcli.offheap.testing;

import org.junit.jupiter.api.Assumptions;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A small file system in memory, to be filled. A test that needs one is skipped where none can be mounted. */
public final class SmallDisk implements AutoCloseable {
    private final Path folder;

    private SmallDisk(final Path folder) {
        this.folder = folder;
    }

    /**
     * Mounts a file system.
     *
     * @param folder to mount it at; made.
     * @param size   as {@code mount} takes it, {@code 12m} for example.
     * @return the disk; the caller closes it, which unmounts it.
     * @throws IOException if the folder cannot be made.
     */
    public static SmallDisk mount(final Path folder, final String size) throws IOException {
        Files.createDirectories(folder);
        Assumptions.assumeTrue(
                Programs.succeed(List.of("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", folder.toString())),
                "skipped: mounting a small file system needs root");
        return new SmallDisk(folder);
    }

    /** {@return the folder it is mounted at} */
    public Path folder() {
        return folder;
    }

    /**
     * Mounts it anew with other options.
     *
     * @param options as {@code mount} takes them, {@code ro} for example.
     */
    public void remount(final String options) {
        if (!Programs.succeed(List.of("mount", "-o", "remount," + options, folder.toString()))) {
            throw new AssertionError("not mounted " + options + ": " + folder);
        }
    }

    @Override
    public void close() {
        if (!Programs.succeed(List.of("umount", folder.toString()))) {
            throw new AssertionError("left mounted: " + folder);
        }
    }
}
