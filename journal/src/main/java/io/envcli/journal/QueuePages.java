package io.envcli.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

import static io.envcli.journal.QueueFileDescriptor.*;

/**
 * The pages at the start of a segment's file that are the queue's own: its header and its first indices. No reader of ours
 * looks into them, but a queue that is opened again goes on by what they say. They change while the queue is open, so their
 * checksum is taken when it is closed, and kept in the lock file and in the SEGMENT frame that follows.
 */
final class QueuePages {
    /** They take less than this. */
    private static final int MAX_LENGTH = 64 << 10;

    private QueuePages() {}

    /** Their checksum. */
    static int crc(final Path file) throws IOException {
        final byte[] start = new byte[MAX_LENGTH];
        final int length = read(file, start);
        final CRC32C crc = new CRC32C();
        int at = 0;
        while (at + HEADER_LENGTH <= length) {
            final int header = LittleEndian.getInt(start, at);
            if ((header & NOT_READY) != 0 || (header & METADATA) == 0) {
                break;
            }
            final int end = (int) Math.min(at + HEADER_LENGTH + ((header & LENGTH_MASK) + 3L & ~3L), length);
            crc.update(start, at, end - at);
            at = end;
        }
        return (int) crc.getValue();
    }

    private static int read(final Path file, final byte[] to) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            final ByteBuffer buffer = ByteBuffer.wrap(to);
            int count = 0;
            while (buffer.hasRemaining() && count >= 0) {
                count = channel.read(buffer);
            }
            return buffer.position();
        }
    }
}
