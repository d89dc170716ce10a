package io.envcli.simd;

/**
 * Standard keyed BLAKE3 of very many inputs, the first 16 bytes of each. While the kernels are scalar it hashes at once;
 * with vector kernels it collects inputs by their count of blocks and hashes a group of them in the lanes of a vector.
 *
 * <p>Threading: one thread at a time. Allocates only when constructed.
 */
public final class Blake3Lanes implements AutoCloseable {
    private final Blake3 scalar;

    /**
     * Takes a copy of the key, and native memory that {@link #close()} frees.
     *
     * @param key 32 bytes.
     */
    public Blake3Lanes(final byte[] key) {
        scalar = new Blake3(key);
    }

    /**
     * Adds an input. Its result is there at latest after {@link #flush()}; until then the input's memory is borrowed and
     * must not change, and the output's must stay. Nothing past the input's end is used, though its page may be read.
     *
     * @param inputAddress  absolute.
     * @param length        in bytes, at least 0.
     * @param outputAddress where the 16 bytes go, at any alignment; must not overlap an input still borrowed.
     */
    public void add(final long inputAddress, final int length, final long outputAddress) {
        scalar.hash(inputAddress, length, outputAddress);
    }

    /** Hashes whatever is still waiting: afterwards every result is there and nothing is borrowed. */
    public void flush() {}

    /** Frees the native memory; inputs not flushed are forgotten. Idempotent. */
    @Override
    public void close() {}
}
