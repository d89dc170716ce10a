package io.envcli.simd;

import io.envcli.simd.internal.Blake3Constants;
import io.envcli.simd.internal.Blake3Node;
import io.envcli.simd.internal.LaneBuckets;
import io.envcli.simd.internal.LaneKernel;
import io.envcli.simd.internal.LaneTrees;
import org.jspecify.annotations.Nullable;

/**
 * Standard keyed BLAKE3 of very many inputs, the first 16 bytes of each. While the kernels are scalar it hashes at once;
 * with vector kernels it collects inputs by their count of blocks and hashes a group of them in the lanes of a vector.
 * Half-filled groups stay until {@link #flush()}, so flush as seldom as results are needed.
 *
 * <p>Threading: one thread at a time. Allocates only when constructed. The key is copied to the heap, and lives as long
 * as this does.
 */
public final class Blake3Lanes implements AutoCloseable {
    private final @Nullable Kernels fixed;
    private final Blake3 scalar;
    private final LaneBuckets buckets;
    private final LaneTrees trees;
    private @Nullable LaneKernel lanes;

    /**
     * Takes a copy of the key, and native memory that {@link #close()} frees. Uses whatever {@link Kernels#current()} is
     * at the time.
     *
     * @param key 32 bytes.
     */
    public Blake3Lanes(final byte[] key) {
        this(key, null);
    }

    /**
     * The same with fixed kernels, for tests and benchmarks.
     *
     * @param key     32 bytes.
     * @param kernels to use; null for the current ones.
     */
    public Blake3Lanes(final byte[] key, final @Nullable Kernels kernels) {
        fixed = kernels;
        scalar = new Blake3(key);
        final Blake3Node node = new Blake3Node(key);
        buckets = new LaneBuckets(node);
        trees = new LaneTrees(node, buckets);
    }

    /**
     * Adds an input. Its result is there at latest after {@link #flush()}; until then the input's memory is borrowed and
     * must not change, and the output's must stay. No byte past the input's end has an effect, though bytes of the same
     * 4 KiB page may be read.
     *
     * @param inputAddress  absolute.
     * @param length        in bytes, at least 0.
     * @param outputAddress where the 16 bytes go, at any alignment; must not overlap an input still borrowed.
     */
    public void add(final long inputAddress, final int length, final long outputAddress) {
        final LaneKernel kernel = lanes();
        if (kernel == null) {
            scalar.hash(inputAddress, length, outputAddress);
        } else if (length > Blake3Constants.CHUNK_LENGTH) {
            trees.add(kernel, inputAddress, length, outputAddress);
        } else {
            final int blocks = Blake3Constants.blocks(length);
            buckets.add(kernel, blocks, inputAddress, outputAddress, 0,
                    length - (blocks - 1) * Blake3Constants.BLOCK_LENGTH, Blake3Constants.CHUNK_START,
                    Blake3Constants.CHUNK_END | Blake3Constants.ROOT);
        }
    }

    /** Hashes whatever is still waiting: afterwards every result is there and nothing is borrowed. */
    public void flush() {
        final LaneKernel kernel = lanes;
        if (kernel != null) {
            trees.drain(kernel);
        }
    }

    /** Once there is a kernel it stays, so that what waits is finished by the one it waits for. */
    private @Nullable LaneKernel lanes() {
        if (lanes == null) {
            lanes = (fixed == null ? Kernels.current() : fixed).lanes();
        }
        return lanes;
    }

    /** Frees the native memory; inputs not flushed are forgotten. Idempotent. */
    @Override
    public void close() {
        trees.close();
    }
}
