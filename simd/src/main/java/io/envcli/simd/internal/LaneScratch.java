package io.envcli.simd.internal;

/**
 * What a lane kernel works in. A row is one word of every lane, as many ints as the kernel has lanes.
 *
 * <p>Threading: one thread at a time.
 */
public final class LaneScratch {
    /** The key, 8 words. */
    final int[] key;
    /** The chaining values, 8 rows. */
    final int[] value = new int[Blake3Constants.VALUE_WORDS * LaneJobs.CAPACITY];
    /** First a block for each lane, then, transposed, 16 rows. */
    final int[] message = new int[Blake3Constants.BLOCK_WORDS * LaneJobs.CAPACITY];

    LaneScratch(final int[] key) {
        this.key = key;
    }
}
