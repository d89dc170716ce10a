package io.envcli.perf.stages;

import io.envcli.offheap.Owner;
import io.envcli.offheap.Region;
import org.agrona.concurrent.UnsafeBuffer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file's text outside the heap.
 *
 * @param region of the text; owned.
 * @param length in bytes.
 */
record LoadedText(Region region, long length) implements AutoCloseable {
    private static final int PIECE = 1 << 20;

    /**
     * Reads a file.
     *
     * @param file to read.
     * @return its text.
     * @throws IOException if it cannot be read.
     */
    static LoadedText of(final Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            final long length = channel.size();
            final Region region = Region.allocate(Owner.SCRATCH, Math.max(length, 1));
            final byte[] piece = new byte[PIECE];
            try (InputStream in = Channels.newInputStream(channel)) {
                final UnsafeBuffer buffer = new UnsafeBuffer(0, 0);
                long at = 0;
                for (int read = in.read(piece); read > 0; read = in.read(piece)) {
                    buffer.wrap(region.address() + at, read);
                    buffer.putBytes(0, piece, 0, read);
                    at += read;
                }
            }
            return new LoadedText(region, length);
        }
    }

    /** {@return where the text begins} */
    long address() {
        return region.address();
    }

    @Override
    public void close() {
        region.close();
    }
}
