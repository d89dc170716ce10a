package io.envcli.offheap;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;

/** Words of an index file that is read piece by piece, without a mapping. Threading: one thread at a time. */
final class HashIndexFile extends HashIndexWords {
    /** A multiple of a word: a bucket and its neighbours, or a few entries. */
    private static final int WINDOW_LENGTH = 512;

    private final RandomAccessFile file;
    private final byte[] window = new byte[WINDOW_LENGTH];
    private final ByteBuffer words = ByteBuffer.wrap(window).order(ByteOrder.LITTLE_ENDIAN);
    /** Offset of the window in the file; -1 if nothing is in it. */
    private long position = -1;

    HashIndexFile(final Path file) throws IOException {
        this.file = new RandomAccessFile(file.toFile(), "r");
    }

    @Override
    long get(final long offset) {
        final int within = (int) (offset % WINDOW_LENGTH);
        if (offset - within != position) {
            read(offset - within);
        }
        return words.getLong(within);
    }

    private void read(final long offset) {
        position = -1;
        try {
            file.seek(offset);
            int length = 0;
            while (length < WINDOW_LENGTH) {
                final int count = file.read(window, length, WINDOW_LENGTH - length);
                if (count < 0) {
                    break;
                }
                length += count;
            }
            // What is beyond the end reads as zero, and that is valid nowhere.
            Arrays.fill(window, length, WINDOW_LENGTH, (byte) 0);
            position = offset;
        } catch (final IOException e) {
            throw new UncheckedIOException("cannot read the index", e);
        }
    }

    @Override
    void refresh() {
        position = -1;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
