package io.envcli.engine.internal.view;

import java.util.Arrays;

/**
 * Which entries of the view an import has met: a bit each, for those there were when it began. So duplicates are found also
 * among variables whose value has not changed.
 *
 * <p>Threading: one thread at a time.
 */
public final class SeenEntries {
    private long[] bits = {};

    /**
     * Forgets all.
     *
     * @param entries the highest entry that will be asked for.
     */
    public void reset(final long entries) {
        bits = new long[(int) (entries >>> 6) + 1];
    }

    /**
     * Marks an entry.
     *
     * @param entry from 1; room is made for one above the number given to {@link #reset}.
     * @return whether it was marked before.
     */
    public boolean mark(final long entry) {
        final int word = (int) (entry >>> 6);
        if (word >= bits.length) {
            bits = Arrays.copyOf(bits, Math.max(word + 1, 2 * bits.length));
        }
        final long bit = 1L << entry;
        final boolean marked = (bits[word] & bit) != 0;
        bits[word] |= bit;
        return marked;
    }
}
