package io.envcli.engine.dialect;

import org.agrona.UnsafeApi;

/**
 * The text of a slab as a parser sees it: bytes by their offset from the slab, and whether anybody asked for a byte that
 * has not come yet.
 *
 * <p>A parser decides as if the text ended where the slab does. Unless that is so, a decision for which a byte past the end
 * was asked is worth nothing: {@link #starved()} says so, and the parser waits for more. So nothing may look at a byte
 * except through {@link #at}, until the decision stands.
 */
final class Text {
    /** What {@link #at} answers past the end. */
    static final int END = -1;

    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGHS = 0x8080_8080_8080_8080L;
    private static final long LETTERS = 0x07FF_FFFEL;
    /** Bits of {@code - . 0-9} among bytes 0 to 63. */
    private static final long NAME_LOW = 0x3FFL << '0' | 1L << '-' | 1L << '.';
    /** Bits of {@code A-Z _ a-z} among bytes 64 to 127. */
    private static final long NAME_HIGH = LETTERS | LETTERS << 32 | 1L << ('_' - 64);

    private long base;
    private int end;
    private boolean last;
    private boolean starved;

    /** Looks at other text, from the base address to the offset of its end. */
    void wrap(final long baseAddress, final int endOffset, final boolean isLast) {
        base = baseAddress;
        end = endOffset;
        last = isLast;
        starved = false;
    }

    long address(final int offset) {
        return base + offset;
    }

    int end() {
        return end;
    }

    /** Whether a byte past the end was asked for that may still come. */
    boolean starved() {
        return starved;
    }

    void feed() {
        starved = false;
    }

    /** The byte at an offset, 0 to 255, or {@link #END}. */
    int at(final int offset) {
        if (offset < end) {
            return UnsafeApi.getByte(base + offset) & 0xFF;
        }
        starved |= !last;
        return END;
    }

    /** A byte that is known to be there. */
    int peek(final int offset) {
        return UnsafeApi.getByte(base + offset) & 0xFF;
    }

    void put(final int offset, final int value) {
        UnsafeApi.putByte(base + offset, (byte) value);
    }

    /** Whether a byte may stand in a name: {@code [A-Za-z0-9_.-]}. */
    static boolean isName(final int value) {
        final long bits = value < 64 ? NAME_LOW : NAME_HIGH;
        return value > 0 && value < 128 && (bits >>> value & 1) != 0;
    }

    static boolean isQuote(final int value) {
        return value == '"' || value == '\'' || value == '`';
    }

    static boolean isNewline(final int value) {
        return value == '\n' || value == '\r';
    }

    /** Bytes of the whitespace character at an offset, or 0 if another stands there. It is what ECMAScript's \s takes. */
    int whitespace(final int offset) {
        final int first = at(offset);
        if (first <= ' ') {
            return first == ' ' || (first >= '\t' && first <= '\r') ? 1 : 0;
        }
        return first < 0xC2 ? 0 : wideWhitespace(first, offset);
    }

    /** U+00A0, 1680, 2000 to 200A, 2028, 2029, 202F, 205F, 3000, FEFF. */
    private int wideWhitespace(final int first, final int offset) {
        return switch (first) {
            case 0xC2 -> at(offset + 1) == 0xA0 ? 2 : 0;
            case 0xE1 -> at(offset + 1) == 0x9A && at(offset + 2) == 0x80 ? 3 : 0;
            case 0xE2 -> isGeneralPunctuationSpace(offset) ? 3 : 0;
            case 0xE3 -> at(offset + 1) == 0x80 && at(offset + 2) == 0x80 ? 3 : 0;
            case 0xEF -> at(offset + 1) == 0xBB && at(offset + 2) == 0xBF ? 3 : 0;
            default -> 0;
        };
    }

    private boolean isGeneralPunctuationSpace(final int offset) {
        final int second = at(offset + 1);
        if (second == 0x81) {
            return at(offset + 2) == 0x9F;
        }
        if (second != 0x80) {
            return false;
        }
        final int third = at(offset + 2);
        return (third >= 0x80 && third <= 0x8A) || third == 0xA8 || third == 0xA9 || third == 0xAF;
    }

    /** Whether U+2028 or U+2029 stands at an offset: 3 bytes that end a line for ECMAScript, and for nobody else. */
    boolean isWideNewline(final int offset) {
        if (at(offset) != 0xE2 || at(offset + 1) != 0x80) {
            return false;
        }
        final int third = at(offset + 2);
        return third == 0xA8 || third == 0xA9;
    }

    /** The first offset of a byte in a range, or the end of the range. */
    int find(final int value, final int from, final int to) {
        // A byte that is zero after the exclusive or is the one: subtracting one from it borrows into its high bit. Bytes
        // above the first such one may show up falsely, hence lowest first, which is little-endian order.
        final long pattern = value * ONES;
        int offset = from;
        while (to - offset >= Long.BYTES) {
            final long word = UnsafeApi.getLong(base + offset) ^ pattern;
            final long found = word - ONES & ~word & HIGHS;
            if (found != 0) {
                return offset + (Long.numberOfTrailingZeros(found) >>> 3);
            }
            offset += Long.BYTES;
        }
        while (offset < to && peek(offset) != value) {
            offset++;
        }
        return offset;
    }

    /** Whether all bytes of a range are ASCII. */
    boolean isAscii(final int from, final int to) {
        int offset = from;
        while (to - offset >= Long.BYTES) {
            if ((UnsafeApi.getLong(base + offset) & HIGHS) != 0) {
                return false;
            }
            offset += Long.BYTES;
        }
        while (offset < to) {
            if (peek(offset++) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    /** The first offset at or after one where no whitespace begins, or which is that much further on. */
    int skipWhitespace(final int from, final int most) {
        int offset = from;
        while (offset - from < most) {
            final int length = whitespace(offset);
            if (length == 0) {
                break;
            }
            offset += length;
        }
        return offset;
    }
}
