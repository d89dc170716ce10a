package io.envcli.simd.internal;

import io.envcli.simd.BytePairs;
import io.envcli.simd.PairKernel;

/** Eight places at a time: where both bytes are those of a pair, the or of both differences is a zero byte. */
public final class ScalarPairs implements PairKernel {
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGH = ONES << 7;

    @Override
    public int find(final BytePairs pairs, final long address, final int length, final int from) {
        return switch (pairs.count()) {
            case 0 -> length;
            case 1 -> one(pairs, address, length, from);
            case 2 -> two(pairs, address, length, from);
            default -> several(pairs, address, length, from);
        };
    }

    private static int one(final BytePairs pairs, final long address, final int length, final int from) {
        final long first = pairs.first(0);
        final long second = pairs.second(0);
        final int gap = pairs.isSingle(0) ? 0 : 1;
        for (int i = from; i < length; i += Long.BYTES) {
            final long zeros = zeros(
                    (Memory.getLong(address + i) ^ first) | (Memory.getLong(address + i + gap) ^ second));
            if (zeros != 0) {
                return Math.min(length, i + (Long.numberOfTrailingZeros(zeros) >>> 3));
            }
        }
        return length;
    }

    private static int two(final BytePairs pairs, final long address, final int length, final int from) {
        final long first = pairs.first(0);
        final long second = pairs.second(0);
        final int gap = pairs.isSingle(0) ? 0 : 1;
        final long otherFirst = pairs.first(1);
        final long otherSecond = pairs.second(1);
        final int otherGap = pairs.isSingle(1) ? 0 : 1;
        for (int i = from; i < length; i += Long.BYTES) {
            final long here = Memory.getLong(address + i);
            final long zeros = zeros((here ^ first) | (Memory.getLong(address + i + gap) ^ second))
                    | zeros((here ^ otherFirst) | (Memory.getLong(address + i + otherGap) ^ otherSecond));
            if (zeros != 0) {
                return Math.min(length, i + (Long.numberOfTrailingZeros(zeros) >>> 3));
            }
        }
        return length;
    }

    private static int several(final BytePairs pairs, final long address, final int length, final int from) {
        final int count = pairs.count();
        for (int i = from; i < length; i += Long.BYTES) {
            final long here = Memory.getLong(address + i);
            final long next = Memory.getLong(address + i + 1);
            long zeros = 0;
            for (int pair = 0; pair < count; pair++) {
                zeros |= zeros((here ^ pairs.first(pair))
                        | ((pairs.isSingle(pair) ? here : next) ^ pairs.second(pair)));
            }
            if (zeros != 0) {
                return Math.min(length, i + (Long.numberOfTrailingZeros(zeros) >>> 3));
            }
        }
        return length;
    }

    /** The lowest bit that is set stands in the lowest zero byte; higher ones may stand in others. */
    private static long zeros(final long value) {
        return (value - ONES) & ~value & HIGH;
    }
}
