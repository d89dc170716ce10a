package io.envcli.simd.internal;

import java.util.Arrays;

/**
 * Nodes waiting for company: a bucket for each count of blocks, hashed when it holds a node for every lane.
 *
 * <p>Threading: one thread at a time.
 */
public final class LaneBuckets {
    private final Blake3Node node;
    private final LaneScratch scratch;
    private final LaneJobs[] buckets = new LaneJobs[Blake3Constants.CHUNK_BLOCKS];
    /** A bit for each bucket that is not empty. */
    private int occupied;

    /**
     * Makes empty buckets.
     *
     * @param node with the key; also hashes what is not worth a group.
     */
    public LaneBuckets(final Blake3Node node) {
        this.node = node;
        scratch = new LaneScratch(node.key());
        Arrays.setAll(buckets, i -> new LaneJobs());
    }

    /**
     * Adds a node, and hashes its bucket if that is now full.
     *
     * @param kernel     to hash with.
     * @param blocks     of the node, 1 to 16.
     * @param input      address of its bytes, borrowed until its bucket is hashed.
     * @param output     address of its result.
     * @param counter    number of the chunk, 0 of a parent.
     * @param length     of the last block in bytes.
     * @param firstFlags of the first block.
     * @param lastFlags  of the last block.
     */
    public void add(final LaneKernel kernel, final int blocks, final long input, final long output, final int counter,
            final int length, final int firstFlags, final int lastFlags) {
        final LaneJobs jobs = buckets[blocks - 1];
        jobs.add(input, output, counter, length, firstFlags, lastFlags);
        if (jobs.count < kernel.lanes()) {
            occupied |= 1 << (blocks - 1);
        } else {
            kernel.hash(jobs, blocks, scratch);
            jobs.count = 0;
            occupied &= ~(1 << (blocks - 1));
        }
    }

    /**
     * Hashes everything that waits.
     *
     * @param kernel for groups that are worth it.
     */
    public void drain(final LaneKernel kernel) {
        while (occupied != 0) {
            final int blocks = Integer.numberOfTrailingZeros(occupied) + 1;
            final LaneJobs jobs = buckets[blocks - 1];
            if (jobs.count >= kernel.worthwhile()) {
                kernel.hash(jobs, blocks, scratch);
            } else {
                oneByOne(jobs, blocks);
            }
            jobs.count = 0;
            occupied &= occupied - 1;
        }
    }

    private void oneByOne(final LaneJobs jobs, final int blocks) {
        for (int lane = 0; lane < jobs.count; lane++) {
            final int length = (blocks - 1) * Blake3Constants.BLOCK_LENGTH + jobs.lengths[lane];
            node.hash(jobs.inputs[lane], length, jobs.counters[lane], jobs.firstFlags[lane], jobs.lastFlags[lane]);
            node.store(jobs.outputs[lane], jobs.resultWords(lane));
        }
    }
}
