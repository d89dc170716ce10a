package io.envcli.simd.internal;

import io.envcli.simd.TextKernel;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;

/**
 * Text bitmaps, a vector at a time, all three in one loop. Only signed comparisons, which every machine has: adding so much
 * that a range ends at 127 makes "in the range" one comparison, as everything above wraps to the negative.
 */
public final class VectorText implements TextKernel {
    private static final VectorSpecies<Byte> BYTES = VectorModule.ints().withLanes(byte.class);
    private static final MemorySegment ALL = VectorMemory.ALL;
    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
    private static final int LANES = BYTES.length();
    private static final byte CASE = 0x20;
    /** Moves 'z' to 127, and 'a' to {@link #FIRST_LETTER}. */
    private static final byte TO_LETTER = Byte.MAX_VALUE - 'z';
    private static final byte FIRST_LETTER = 'a' + TO_LETTER;
    /** Moves '9' to 127, and '-' to {@link #FIRST_DASH}. */
    private static final byte TO_DASH = Byte.MAX_VALUE - '9';
    private static final byte FIRST_DASH = '-' + TO_DASH;

    @Override
    public void bitmaps(final long address, final int length, final long newlineBits, final long notNameBits,
            final long hardBits) {
        final int words = (length >>> 6) + ((length & 63) == 0 ? 0 : 1);
        for (int word = 0; word < words; word++) {
            final int from = word << 6;
            long newline = 0;
            long notName = 0;
            long hard = 0;
            for (int i = 0; i < Long.SIZE; i += LANES) {
                final ByteVector x = ByteVector.fromMemorySegment(BYTES, ALL, address + from + i, ORDER);
                final VectorMask<Byte> isNewline = x.compare(VectorOperators.EQ, (byte) '\n')
                        .or(x.compare(VectorOperators.EQ, (byte) '\r'));
                final VectorMask<Byte> isName = x.or(CASE).add(TO_LETTER).compare(VectorOperators.GE, FIRST_LETTER)
                        .or(x.add(TO_DASH).compare(VectorOperators.GE, FIRST_DASH)
                                .andNot(x.compare(VectorOperators.EQ, (byte) '/')))
                        .or(x.compare(VectorOperators.EQ, (byte) '_'));
                // Below '$', as signed: everything above 0x7F, the controls, space, '!', '"' and '#'.
                final VectorMask<Byte> isHard = x.compare(VectorOperators.LT, (byte) '$')
                        .andNot(x.compare(VectorOperators.EQ, (byte) '!'))
                        .or(x.compare(VectorOperators.EQ, (byte) '\''))
                        .or(x.compare(VectorOperators.EQ, (byte) '`'))
                        .or(x.compare(VectorOperators.EQ, (byte) '\\'))
                        .or(x.compare(VectorOperators.EQ, Byte.MAX_VALUE));
                newline |= isNewline.toLong() << i;
                notName |= isName.not().toLong() << i;
                hard |= isHard.toLong() << i;
            }
            final int left = length - from;
            final long mask = left >= Long.SIZE ? -1L : -1L >>> -left;
            final long at = (long) word * Long.BYTES;
            Memory.putLong(newlineBits + at, newline & mask);
            Memory.putLong(notNameBits + at, notName & mask);
            Memory.putLong(hardBits + at, hard & mask);
        }
    }
}
