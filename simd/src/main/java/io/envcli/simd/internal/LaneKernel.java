package io.envcli.simd.internal;

/**
 * Hashes a group of BLAKE3 nodes in lanes: chunks of the same count of blocks, or parents, which are nodes of one block.
 *
 * <p>Threading: stateless; what is given belongs to the caller.
 */
public interface LaneKernel {
    /** {@return how many nodes fit a group, at most {@link LaneJobs#CAPACITY}} */
    int lanes();

    /** {@return how many nodes a group needs to be faster than as many scalar ones; a guess made from measurements} */
    int worthwhile();

    /**
     * Hashes the nodes of a bucket, in order as far as anyone can see: all are read before any result is written.
     *
     * @param jobs    the nodes, 1 to {@link #lanes()}.
     * @param blocks  of each node, 1 to 16.
     * @param scratch with the key.
     */
    void hash(LaneJobs jobs, int blocks, LaneScratch scratch);
}
