package io.envcli.simd.internal;

/**
 * Nodes waiting for company: a bucket for each count of blocks, hashed when it holds a node for every lane.
 *
 * <p>Threading: one thread at a time. Owns native memory until closed.
 */
public final class LaneBuckets implements AutoCloseable {
    private static final int SCRATCH = Blake3Constants.CHUNK_BLOCKS * LaneJobs.SIZE;
    private static final int CAPACITY = SCRATCH + LaneScratch.SIZE;
    /** A vector that straddles a cache line costs twice, so the rows begin on one. */
    private static final int ALIGNMENT = 64;

    private final Blake3Node node;
    private final long allocation;
    private final long buckets;
    private final long scratch;
    /** Nodes waiting, by count of blocks less one. */
    private final int[] waiting = new int[Blake3Constants.CHUNK_BLOCKS];
    /** A bit for each bucket that is not empty. */
    private int occupied;
    private boolean closed;

    /**
     * Takes the memory.
     *
     * @param node with the key; also hashes what is not worth a group.
     */
    public LaneBuckets(final Blake3Node node) {
        this.node = node;
        allocation = Memory.allocate(CAPACITY + ALIGNMENT);
        buckets = (allocation + ALIGNMENT - 1) & -ALIGNMENT;
        scratch = buckets + SCRATCH;
        Memory.fill(buckets, CAPACITY, (byte) 0);
        node.storeKey(scratch + LaneScratch.KEY);
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
        final long jobs = bucket(blocks);
        final int lane = waiting[blocks - 1];
        LaneJobs.set(jobs, lane, input, output, counter, length, firstFlags, lastFlags);
        if (lane + 1 < kernel.lanes()) {
            waiting[blocks - 1] = lane + 1;
            occupied |= 1 << (blocks - 1);
        } else {
            kernel.hash(jobs, lane + 1, blocks, scratch);
            waiting[blocks - 1] = 0;
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
            final int count = waiting[blocks - 1];
            if (count >= kernel.worthwhile()) {
                kernel.hash(bucket(blocks), count, blocks, scratch);
            } else {
                oneByOne(bucket(blocks), count, blocks);
            }
            waiting[blocks - 1] = 0;
            occupied &= occupied - 1;
        }
    }

    private void oneByOne(final long jobs, final int count, final int blocks) {
        for (int lane = 0; lane < count; lane++) {
            final int length = (blocks - 1) * Blake3Constants.BLOCK_LENGTH + LaneJobs.length(jobs, lane);
            final int lastFlags = LaneJobs.lastFlags(jobs, lane);
            node.hash(LaneJobs.input(jobs, lane), length, LaneJobs.counter(jobs, lane), LaneJobs.firstFlags(jobs, lane),
                    lastFlags);
            node.store(LaneJobs.output(jobs, lane), LaneJobs.resultWords(lastFlags));
        }
    }

    private long bucket(final int blocks) {
        return buckets + (long) (blocks - 1) * LaneJobs.SIZE;
    }

    /** Wipes the key and frees the memory; what waits is forgotten. Idempotent. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            Memory.fill(buckets, CAPACITY, (byte) 0);
            Memory.free(allocation);
        }
    }
}
