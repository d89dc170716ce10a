package io.envcli.simd;

import io.envcli.simd.internal.SipJobs;
import io.envcli.simd.internal.SipKernel;
import org.jspecify.annotations.Nullable;

/**
 * {@link SipHash} of very many inputs. While the kernels are scalar it hashes at once; with vector kernels it collects as many
 * inputs as a vector has lanes. What waits is hashed by {@link #flush()}.
 *
 * <p>Threading: one thread at a time. Allocates only when constructed.
 */
public final class SipHashLanes {
    private final SipHash scalar;
    private final @Nullable Kernels fixed;
    private final SipJobs jobs = new SipJobs();
    private @Nullable SipKernel lanes;

    /**
     * Hashes one by one until {@link Kernels#current()} has a kernel for this, and with that kernel from then on.
     *
     * @param hash with the key.
     */
    public SipHashLanes(final SipHash hash) {
        this(hash, null);
    }

    /**
     * The same with fixed kernels, for tests and benchmarks.
     *
     * @param hash    with the key.
     * @param kernels to use; null for the current ones.
     */
    public SipHashLanes(final SipHash hash, final @Nullable Kernels kernels) {
        scalar = hash;
        fixed = kernels;
    }

    /**
     * Adds an input, of which nothing is borrowed. No byte past its end has an effect, though bytes of the same 4 KiB page may
     * be read. Its hash is there at latest after {@link #flush()}.
     *
     * @param address       absolute.
     * @param length        in bytes, at least 0.
     * @param outputAddress where the 16 bytes go, at any alignment; borrowed until {@link #flush()}.
     */
    public void add(final long address, final int length, final long outputAddress) {
        final SipKernel kernel = lanes();
        if (kernel == null || length > SipJobs.MAX_LENGTH) {
            scalar.hash(address, length, outputAddress);
            return;
        }
        jobs.add(address, length, outputAddress);
        if (jobs.count() == kernel.lanes()) {
            scalar.hash(kernel, jobs);
        }
    }

    /** Hashes whatever is still waiting. */
    public void flush() {
        final SipKernel kernel = lanes;
        if (kernel != null && jobs.count() > 0) {
            scalar.hash(kernel, jobs);
        }
    }

    /** Once there is a kernel it stays, so that what waits is finished by the one it waits for. */
    private @Nullable SipKernel lanes() {
        if (lanes == null) {
            lanes = (fixed == null ? Kernels.current() : fixed).sip();
        }
        return lanes;
    }
}
