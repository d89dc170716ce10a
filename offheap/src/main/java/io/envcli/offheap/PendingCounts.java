package io.envcli.offheap;

import java.util.Arrays;

/**
 * How many variables each open transaction sets more than it unsets, which counts once it commits.
 *
 * <p>Threading: one thread. Few transactions are open at once, and mostly one of them has the word.
 */
final class PendingCounts {
    private int[] ordinals = new int[4];
    private long[] counts = new long[4];
    private int size;
    private int last;

    /** Adds to what a transaction will count. */
    void add(final int ordinal, final long difference) {
        if (last >= size || ordinals[last] != ordinal) {
            last = find(ordinal);
        }
        counts[last] += difference;
    }

    private int find(final int ordinal) {
        int i = 0;
        while (i < size && ordinals[i] != ordinal) {
            i++;
        }
        if (i == size) {
            if (size == ordinals.length) {
                ordinals = Arrays.copyOf(ordinals, 2 * size);
                counts = Arrays.copyOf(counts, 2 * size);
            }
            ordinals[size] = ordinal;
            counts[size++] = 0;
        }
        return i;
    }

    /** Forgets a transaction; what it counts. */
    long take(final int ordinal) {
        final int i = find(ordinal);
        final long count = counts[i];
        size--;
        ordinals[i] = ordinals[size];
        counts[i] = counts[size];
        return count;
    }
}
