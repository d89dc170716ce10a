package io.envcli.offheap;

import java.nio.file.Path;

/**
 * Is told what {@link FileSpace} asks of the disk, so that a test can stand in for a disk that loses power: what was not
 * synced by then may be lost.
 *
 * <p>Threading: called on the thread that asks, which waits.
 */
public interface DiskObserver {
    /** Takes no notice. */
    DiskObserver NONE = new DiskObserver() {
        @Override
        public void allocated(final Path file) {}

        @Override
        public void syncing(final Path path) {}

        @Override
        public void synced(final Path path) {}
    };

    /**
     * A file has grown, or was made.
     *
     * @param file the file.
     */
    void allocated(Path file);

    /**
     * A sync is about to begin.
     *
     * @param path a file or a folder.
     */
    void syncing(Path path);

    /**
     * That sync has succeeded: what was there when it began is on disk.
     *
     * @param path a file or a folder.
     */
    void synced(Path path);
}
