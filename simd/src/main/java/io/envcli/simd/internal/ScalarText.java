package io.envcli.simd.internal;

import io.envcli.simd.TextKernel;

/**
 * Text bitmaps, eight bytes at a time in a long.
 *
 * <p>The low seven bits of each byte are compared by an addition that cannot carry into the next byte: adding
 * {@code 0x80 - c} sets a byte's top bit exactly when it is at least {@code c}; adding {@code 0x7F} to the difference sets
 * it exactly when it is not equal. The eight top bits are then gathered into one byte by a multiplication.
 */
public final class ScalarText implements TextKernel {
    private static final long ONES = 0x0101010101010101L;
    private static final long LOW = 0x7F * ONES;
    private static final long HIGH = ~LOW;
    /** Moves bit 8i+7, shifted down to 8i, to bit 56+i. */
    private static final long GATHER = 0x0102040810204080L;
    private static final long CASE = 0x20 * ONES;

    @Override
    public void bitmaps(final long address, final int length, final long newlineBits, final long notNameBits,
            final long hardBits) {
        final int words = length >>> 6;
        for (int i = 0; i < words; i++) {
            final long shift = (long) i * Long.BYTES;
            word(address + (long) i * Long.SIZE, Long.SIZE, newlineBits + shift, notNameBits + shift, hardBits + shift);
        }
        final int left = length & 63;
        if (left > 0) {
            final long shift = (long) words * Long.BYTES;
            word(address + length - left, left, newlineBits + shift, notNameBits + shift, hardBits + shift);
        }
    }

    /** One word of each bitmap from 1 to 64 bytes; reads them in eights, so up to 7 past the end. */
    private static void word(final long address, final int length, final long newlineBits, final long notNameBits,
            final long hardBits) {
        long newline = 0;
        long notName = 0;
        long hard = 0;
        for (int i = 0; i < length; i += Long.BYTES) {
            final long bytes = Memory.getLong(address + i);
            final long x = bytes & LOW;
            final long lower = x | CASE;
            // Each has its answer in the top bit of each byte, and rubbish below.
            final long notLf = (x ^ ('\n' * ONES)) + LOW;
            final long notCr = (x ^ ('\r' * ONES)) + LOW;
            final long letter = (lower + (0x80 - 'a') * ONES) & ~(lower + (0x80 - '{') * ONES);
            final long dashToNine = (x + (0x80 - '-') * ONES) & ~(x + (0x80 - ':') * ONES)
                    & ((x ^ ('/' * ONES)) + LOW);
            final long notUnderscore = (x ^ ('_' * ONES)) + LOW;
            // Below '$' there are the controls, space, '!', '"' and '#'.
            final long belowDollar = ~(x + (0x80 - '$') * ONES) & ((x ^ ('!' * ONES)) + LOW);
            final long notQuote = ((x ^ ('\'' * ONES)) + LOW) & ((x ^ ('`' * ONES)) + LOW);
            final long notOther = ((x ^ ('\\' * ONES)) + LOW) & ((x ^ LOW) + LOW);
            newline |= gather(~((notLf & notCr) | bytes)) << i;
            notName |= gather((~(letter | dashToNine) & notUnderscore) | bytes) << i;
            hard |= gather(belowDollar | ~(notQuote & notOther) | bytes) << i;
        }
        final long mask = -1L >>> -length;
        Memory.putLong(newlineBits, newline & mask);
        Memory.putLong(notNameBits, notName & mask);
        Memory.putLong(hardBits, hard & mask);
    }

    /** The top bits of the eight bytes as the low eight bits. */
    private static long gather(final long bytes) {
        return (((bytes & HIGH) >>> 7) * GATHER) >>> 56;
    }
}
