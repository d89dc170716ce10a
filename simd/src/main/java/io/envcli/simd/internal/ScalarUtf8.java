package io.envcli.simd.internal;

import io.envcli.simd.Utf8Kernel;

/** UTF-8 check: eight ASCII bytes at a time, other characters one by one. */
public final class ScalarUtf8 implements Utf8Kernel {
    private static final long NOT_ASCII = 0x8080808080808080L;

    @Override
    public int firstInvalid(final long address, final int length) {
        return firstInvalid(address, 0, length);
    }

    /**
     * Goes on from an offset where a character begins.
     *
     * @param address of the text.
     * @param from    where to begin.
     * @param length  of the text.
     * @return as {@link Utf8Kernel#firstInvalid}, from the start of the text.
     */
    static int firstInvalid(final long address, final int from, final int length) {
        int offset = from;
        while (offset < length) {
            while (offset <= length - Long.BYTES) {
                final long other = Memory.getLong(address + offset) & NOT_ASCII;
                if (other != 0) {
                    offset += Long.numberOfTrailingZeros(other) >>> 3;
                    break;
                }
                offset += Long.BYTES;
            }
            if (offset == length) {
                return -1;
            }
            final int size = character(address + offset, length - offset);
            if (size == 0) {
                return offset;
            }
            offset += size;
        }
        return -1;
    }

    /** The bytes of the character that begins here, 1 to 4, or 0 if it is not well-formed; left is at least 1. */
    static int character(final long address, final int left) {
        final int first = Memory.getByte(address);
        if (first >= 0) {
            return 1;
        }
        final int lead = first & 0xFF;
        if (lead < 0xC2 || lead > 0xF4 || left < 2) {
            return 0;
        }
        final int second = Memory.getByte(address + 1) & 0xFF;
        if (lead < 0xE0) {
            return second >> 6 == 2 ? 2 : 0;
        }
        // Table 3-7: four leads narrow the range of the second byte.
        final int lowest = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
        final int highest = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
        if (second < lowest || second > highest || left < 3 || !continues(address + 2)) {
            return 0;
        }
        if (lead < 0xF0) {
            return 3;
        }
        return left >= 4 && continues(address + 3) ? 4 : 0;
    }

    private static boolean continues(final long address) {
        return (Memory.getByte(address) & 0xC0) == 0x80;
    }
}
