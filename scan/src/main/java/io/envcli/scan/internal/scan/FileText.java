package io.envcli.scan.internal.scan;

import io.envcli.scan.internal.rule.FileScan;
import io.envcli.scan.internal.rule.Language;
import io.envcli.scan.internal.text.Text;
import io.envcli.scan.internal.walk.FoundFile;
import io.envcli.simd.PairKernel;
import org.agrona.BufferUtil;
import org.agrona.UnsafeApi;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;

/**
 * Reads files whole, one after another, into memory outside the heap, where kernels look at them; most are needed no
 * further. UTF-16 with a byte-order mark becomes UTF-8.
 *
 * <p>Threading: one thread at a time. Ownership: a text is valid until the next is read.
 */
final class FileText {
    private static final int FIRST_CAPACITY = 64 * 1024;
    /** So much is looked at for a NUL, which no text has. */
    private static final int LOOKED_AT = 8 * 1024;
    private static final long ONES = 0x0101_0101_0101_0101L;

    private final int largest;
    private ByteBuffer direct = ByteBuffer.allocateDirect(FIRST_CAPACITY);
    private long address = BufferUtil.address(direct);
    private int length;
    private byte[] buffer = new byte[0];
    /** Null until it is asked for. */
    private @Nullable Text text;
    /** Whether the text is other bytes than the file's. */
    private boolean isDecoded;

    FileText(final int largest) {
        this.largest = largest;
    }

    int largest() {
        return largest;
    }

    /** Reads a file; false if it is too large. */
    boolean read(final FoundFile file) throws IOException {
        text = null;
        isDecoded = false;
        length = 0;
        final long size = file.stat().size();
        if (size > largest) {
            return false;
        }
        direct.clear();
        room((int) size);
        try (SeekableByteChannel channel = Files.newByteChannel(file.path())) {
            // A file that is as long as it was needs no second read to see its end.
            while ((direct.position() == 0 || direct.position() != size) && channel.read(direct) > 0) {
                if (direct.position() > largest) {
                    return false; // it has grown since it was found
                }
                room(direct.position() + 1);
            }
        }
        length = direct.position();
        if (length >= 2 && at(0) == -1 && at(1) == -2) {
            text = utf8(StandardCharsets.UTF_16LE);
        } else if (length >= 2 && at(0) == -2 && at(1) == -1) {
            text = utf8(StandardCharsets.UTF_16BE);
        }
        return true;
    }

    /** Makes room for so many bytes, and for those that kernels read past the end. */
    private void room(final int bytes) {
        if (bytes > direct.capacity() - PairKernel.OVER_READ) {
            final ByteBuffer larger = ByteBuffer
                    .allocateDirect(Math.max(2 * direct.capacity(), bytes + PairKernel.OVER_READ));
            direct = larger.put(direct.flip());
            address = BufferUtil.address(direct);
        }
        direct.limit(direct.capacity() - PairKernel.OVER_READ);
    }

    private byte at(final int offset) {
        return UnsafeApi.getByte(address + offset);
    }

    private Text utf8(final Charset from) {
        final byte[] encoded = new byte[length - 2];
        direct.get(2, encoded);
        isDecoded = true;
        final byte[] bytes = new String(encoded, from).getBytes(StandardCharsets.UTF_8);
        return new Text(bytes, bytes.length);
    }

    /** The text as bytes of the heap. */
    Text text() {
        Text whole = text;
        if (whole == null) {
            if (buffer.length < length) {
                buffer = new byte[Math.max(FIRST_CAPACITY, Math.max(length, Math.min(largest, 2 * buffer.length)))];
            }
            direct.get(0, buffer, 0, length);
            whole = new Text(buffer, length);
            text = whole;
        }
        return whole;
    }

    /** How long the text is in bytes. */
    int length() {
        return isDecoded ? text().length() : length;
    }

    /** Whether a rule of a language may match anywhere. */
    boolean mayUse(final Language language) {
        return isDecoded || FileScan.mayUse(language, address, length);
    }

    boolean isBinary() {
        if (isDecoded) {
            return hasZero(text());
        }
        final int end = Math.min(length, LOOKED_AT);
        int i = 0;
        for (; i + Long.BYTES <= end; i += Long.BYTES) {
            final long eight = UnsafeApi.getLong(address + i);
            if (((eight - ONES) & ~eight & (ONES << 7)) != 0) { // a byte of them is zero
                return true;
            }
        }
        while (i < end && at(i) != 0) {
            i++;
        }
        return i < end;
    }

    private static boolean hasZero(final Text text) {
        final int end = Math.min(text.length(), LOOKED_AT);
        int i = 0;
        while (i < end && text.bytes()[i] != 0) {
            i++;
        }
        return i < end;
    }
}
