package io.envcli.engine;

import io.envcli.offheap.FileSpace;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * What the disk below a folder does with the calls that durability rests on.
 *
 * @param allocates       whether files get their blocks ahead of need; if not, zeros are written instead, twice the work.
 * @param medianSyncNanos what writing and syncing 4 KiB takes, in nanoseconds: about what a put of class {@code power} waits.
 */
public record DiskReport(boolean allocates, long medianSyncNanos) {
    private static final int SYNCS = 3;
    private static final int LENGTH = 4096;

    /**
     * Tries it on a file of its own in a folder, which it deletes.
     *
     * @param folder that can be written, on the file system in question; not a store's own, which holds nothing foreign.
     * @return what was found.
     * @throws IOException if no file can be made, written or synced there.
     */
    public static DiskReport of(final Path folder) throws IOException {
        final Path file = Files.createTempFile(folder, ".env-cli-check", "");
        try {
            final boolean allocates = FileSpace.isAllocatedAtOnce(file);
            final long[] nanos = new long[SYNCS];
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                for (int i = 0; i < SYNCS; i++) {
                    final long start = System.nanoTime();
                    channel.write(ByteBuffer.allocate(LENGTH), (long) i * LENGTH);
                    FileSpace.sync(file, channel);
                    nanos[i] = System.nanoTime() - start;
                }
            }
            Arrays.sort(nanos);
            return new DiskReport(allocates, nanos[SYNCS / 2]);
        } finally {
            Files.deleteIfExists(file);
        }
    }
}
