package io.envcli.scan.internal.scan;

import io.envcli.offheap.Owner;
import io.envcli.offheap.Region;
import io.envcli.scan.internal.rule.FileScan;
import io.envcli.scan.internal.rule.Language;
import io.envcli.scan.internal.text.Text;
import io.envcli.scan.internal.walk.FoundFile;
import io.envcli.simd.PairKernel;
import org.agrona.UnsafeApi;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;

/**
 * Reads files whole, one after another, into memory outside the heap, where kernels look at them; most are needed no
 * further. UTF-16 with a byte-order mark becomes UTF-8.
 *
 * <p>Threading: one thread at a time. Ownership: a text is valid until the next is read; holds memory for the longest file
 * so far, outside the heap and for {@link #text()} in it, until {@link #close()}.
 */
final class FileText implements AutoCloseable {
    private static final int FIRST_CAPACITY = 64 * 1024;
    /** So much is looked at for a NUL, which no text has. */
    private static final int LOOKED_AT = 8 * 1024;
    private static final long ONES = 0x0101_0101_0101_0101L;

    private final int largest;
    private Region region = Region.allocate(Owner.SCRATCH, FIRST_CAPACITY);
    private ByteBuffer direct = bufferOf(region);
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
        final int needed = bytes + PairKernel.OVER_READ;
        if (needed > direct.capacity()) {
            // One byte more than the largest file shows that one has grown.
            final int most = largest + 1 + PairKernel.OVER_READ;
            final Region larger = Region.allocate(Owner.SCRATCH,
                    Math.max(needed, Math.min(2 * direct.capacity(), most)));
            direct = bufferOf(larger).put(direct.flip());
            region.close();
            region = larger;
        }
        direct.limit(direct.capacity() - PairKernel.OVER_READ);
    }

    @SuppressWarnings("restricted") // The region's memory, as the only kind of buffer that channels read into.
    private static ByteBuffer bufferOf(final Region region) {
        return MemorySegment.ofAddress(region.address()).reinterpret(region.capacity()).asByteBuffer();
    }

    private byte at(final int offset) {
        return UnsafeApi.getByte(region.address() + offset);
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
        return isDecoded || FileScan.mayUse(language, region.address(), length);
    }

    boolean isBinary() {
        if (isDecoded) {
            return hasZero(text());
        }
        final int end = Math.min(length, LOOKED_AT);
        int i = 0;
        for (; i + Long.BYTES <= end; i += Long.BYTES) {
            final long eight = UnsafeApi.getLong(region.address() + i);
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

    /** Frees the memory; no file is read after that. Idempotent. */
    @Override
    public void close() {
        region.close();
        text = null;
        buffer = new byte[0];
    }
}
