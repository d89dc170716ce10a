package io.envcli.scan.internal.scan;

import io.envcli.scan.internal.text.Text;
import io.envcli.scan.internal.walk.FoundFile;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;

/**
 * Reads files whole, one after another, into one array. UTF-16 with a byte-order mark becomes UTF-8.
 *
 * <p>Threading: one thread at a time. Ownership: a text is valid until the next is read.
 */
final class FileText {
    private static final int FIRST_CAPACITY = 64 * 1024;
    private static final int MOST_DIRECT = 64 * 1024;
    /** So much is looked at for a NUL, which no text has. */
    private static final int LOOKED_AT = 8 * 1024;

    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class,
            ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101_0101_0101_0101L;

    private final int largest;
    private final ByteBuffer direct = ByteBuffer.allocateDirect(MOST_DIRECT);
    private byte[] buffer = new byte[FIRST_CAPACITY];

    FileText(final int largest) {
        this.largest = largest;
    }

    int largest() {
        return largest;
    }

    /** The content of a file; null if it is too large. */
    @Nullable
    Text read(final FoundFile file) throws IOException {
        if (file.stat().size() > largest) {
            return null;
        }
        int length = 0;
        try (SeekableByteChannel channel = Files.newByteChannel(file.path())) {
            direct.clear();
            // A file that is as long as it was needs no second read to see its end.
            while ((length == 0 || length != file.stat().size()) && channel.read(direct) > 0) {
                direct.flip();
                final int count = direct.remaining();
                if (length + count > largest) {
                    return null; // it has grown since it was found
                }
                if (length + count > buffer.length) {
                    buffer = Arrays.copyOf(buffer, Math.min(largest, Math.max(2 * buffer.length, length + count)));
                }
                direct.get(buffer, length, count);
                length += count;
                direct.clear();
            }
        }
        return decoded(new Text(buffer, length));
    }

    private static Text decoded(final Text text) {
        if (text.length() >= 2 && text.at(0) == (byte) 0xFF && text.at(1) == (byte) 0xFE) {
            return utf8(text, StandardCharsets.UTF_16LE);
        }
        if (text.length() >= 2 && text.at(0) == (byte) 0xFE && text.at(1) == (byte) 0xFF) {
            return utf8(text, StandardCharsets.UTF_16BE);
        }
        return text;
    }

    private static Text utf8(final Text text, final Charset from) {
        final byte[] bytes = new String(text.bytes(), 2, text.length() - 2, from).getBytes(StandardCharsets.UTF_8);
        return new Text(bytes, bytes.length);
    }

    static boolean isBinary(final Text text) {
        final int end = Math.min(text.length(), LOOKED_AT);
        int i = 0;
        for (; i + Long.BYTES <= end; i += Long.BYTES) {
            final long eight = (long) EIGHT.get(text.bytes(), i);
            if (((eight - ONES) & ~eight & (ONES << 7)) != 0) { // a byte of them is zero
                return true;
            }
        }
        for (; i < end; i++) {
            if (text.bytes()[i] == 0) {
                return true;
            }
        }
        return false;
    }
}
