package io.envcli.simd.internal;

/**
 * SipHash-2-4 with 128 bits of output, an input in each lane.
 *
 * <p>Threading: stateless; what is given belongs to the caller.
 */
public interface SipKernel {
    /** {@return how many inputs make a group, at most {@link SipJobs#CAPACITY}} */
    int lanes();

    /**
     * Hashes a group.
     *
     * @param jobs the inputs, 1 to {@link #lanes()}; gets their hashes.
     * @param k0   first 8 bytes of the key.
     * @param k1   last 8 bytes.
     */
    void hash(SipJobs jobs, long k0, long k1);
}
