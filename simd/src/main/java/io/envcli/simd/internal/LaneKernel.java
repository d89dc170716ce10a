package io.envcli.simd.internal;

/**
 * Hashes a group of BLAKE3 nodes in lanes: chunks of the same count of blocks, or parents, which are nodes of one block.
 *
 * <p>Threading: stateless; the memory given belongs to the caller.
 */
public interface LaneKernel {
    /** {@return how many nodes fit a group, at most {@link LaneJobs#CAPACITY}} */
    int lanes();

    /** {@return how many nodes a group needs to be faster than as many scalar ones; a guess made from measurements} */
    int worthwhile();

    /**
     * Hashes the first nodes of a bucket.
     *
     * @param jobs    a bucket laid out as {@link LaneJobs} has it.
     * @param count   of nodes, 1 to {@link #lanes()}.
     * @param blocks  of each node, 1 to 16.
     * @param scratch laid out as {@link LaneScratch} has it, the key filled in.
     */
    void hash(long jobs, int count, int blocks, long scratch);
}
