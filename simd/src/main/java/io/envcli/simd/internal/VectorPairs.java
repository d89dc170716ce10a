package io.envcli.simd.internal;

import io.envcli.simd.BytePairs;
import io.envcli.simd.PairKernel;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;

/** A vector of places at a time. Up to four pairs keep their bytes in registers; more are looked for by the scalar twin. */
public final class VectorPairs implements PairKernel {
    private static final VectorSpecies<Byte> BYTES = VectorModule.ints().withLanes(byte.class);
    private static final MemorySegment ALL = VectorMemory.ALL;
    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
    private static final int LANES = BYTES.length();
    private static final int MOST = 4;

    private final ScalarPairs scalar = new ScalarPairs();

    @Override
    public int find(final BytePairs pairs, final long address, final int length, final int from) {
        final int count = pairs.count();
        if (count == 0 || count > MOST) {
            return scalar.find(pairs, address, length, from);
        }
        return count == 1 ? one(pairs, address, length, from) : several(pairs, address, length, from);
    }

    private static int one(final BytePairs pairs, final long address, final int length, final int from) {
        final byte first = (byte) pairs.first(0);
        final byte second = (byte) pairs.second(0);
        final int gap = pairs.isSingle(0) ? 0 : 1;
        for (int i = from; i < length; i += LANES) {
            final VectorMask<Byte> both = ByteVector.fromMemorySegment(BYTES, ALL, address + i, ORDER)
                    .compare(VectorOperators.EQ, first)
                    .and(ByteVector.fromMemorySegment(BYTES, ALL, address + i + gap, ORDER)
                            .compare(VectorOperators.EQ, second));
            if (both.anyTrue()) {
                return Math.min(length, i + Long.numberOfTrailingZeros(both.toLong()));
            }
        }
        return length;
    }

    /** Two to four; where there are fewer, the last is looked for again. */
    private static int several(final BytePairs pairs, final long address, final int length, final int from) {
        final int last = pairs.count() - 1;
        final int third = Math.min(2, last);
        final byte first0 = (byte) pairs.first(0);
        final byte second0 = (byte) pairs.second(0);
        final int gap0 = pairs.isSingle(0) ? 0 : 1;
        final byte first1 = (byte) pairs.first(1);
        final byte second1 = (byte) pairs.second(1);
        final int gap1 = pairs.isSingle(1) ? 0 : 1;
        final byte first2 = (byte) pairs.first(third);
        final byte second2 = (byte) pairs.second(third);
        final int gap2 = pairs.isSingle(third) ? 0 : 1;
        final byte first3 = (byte) pairs.first(last);
        final byte second3 = (byte) pairs.second(last);
        final int gap3 = pairs.isSingle(last) ? 0 : 1;
        for (int i = from; i < length; i += LANES) {
            final ByteVector here = ByteVector.fromMemorySegment(BYTES, ALL, address + i, ORDER);
            final VectorMask<Byte> any = here.compare(VectorOperators.EQ, first0)
                    .and(ByteVector.fromMemorySegment(BYTES, ALL, address + i + gap0, ORDER)
                            .compare(VectorOperators.EQ, second0))
                    .or(here.compare(VectorOperators.EQ, first1)
                            .and(ByteVector.fromMemorySegment(BYTES, ALL, address + i + gap1, ORDER)
                                    .compare(VectorOperators.EQ, second1)))
                    .or(here.compare(VectorOperators.EQ, first2)
                            .and(ByteVector.fromMemorySegment(BYTES, ALL, address + i + gap2, ORDER)
                                    .compare(VectorOperators.EQ, second2)))
                    .or(here.compare(VectorOperators.EQ, first3)
                            .and(ByteVector.fromMemorySegment(BYTES, ALL, address + i + gap3, ORDER)
                                    .compare(VectorOperators.EQ, second3)));
            if (any.anyTrue()) {
                return Math.min(length, i + Long.numberOfTrailingZeros(any.toLong()));
            }
        }
        return length;
    }
}
