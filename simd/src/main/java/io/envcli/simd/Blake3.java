package io.envcli.simd;

import io.envcli.simd.internal.Blake3Constants;
import io.envcli.simd.internal.Blake3Node;
import io.envcli.simd.internal.Blake3Stack;

/**
 * Standard keyed BLAKE3 of one input at a time, the first 16 bytes of it; always scalar, so that it is quick in a cold
 * process too. For very many inputs use {@link Blake3Lanes}, which gives the same bytes.
 *
 * <p>Threading: one thread at a time. Allocates only when constructed; the key is copied to the heap, and lives as long
 * as this does.
 */
public final class Blake3 {
    /** Length of a key in bytes. */
    public static final int KEY_LENGTH = Blake3Constants.KEY_LENGTH;
    /** Length of a hash in bytes. */
    public static final int HASH_LENGTH = Blake3Constants.HASH_LENGTH;

    private static final int HASH_WORDS = HASH_LENGTH / Integer.BYTES;

    private final Blake3Node node;
    private final Blake3Stack stack;

    /**
     * Takes a copy of the key.
     *
     * @param key 32 bytes.
     */
    public Blake3(final byte[] key) {
        node = new Blake3Node(key);
        stack = new Blake3Stack(node);
    }

    /**
     * Hashes an input. Nothing past its end is read.
     *
     * @param address       of the input, absolute, borrowed.
     * @param length        in bytes, at least 0.
     * @param outputAddress where the 16 bytes go, at any alignment; may lie in the input.
     */
    public void hash(final long address, final int length, final long outputAddress) {
        if (length <= Blake3Constants.CHUNK_LENGTH) {
            node.hash(address, length, 0, Blake3Constants.CHUNK_START,
                    Blake3Constants.CHUNK_END | Blake3Constants.ROOT);
        } else {
            tree(address, length);
        }
        node.store(outputAddress, HASH_WORDS);
    }

    private void tree(final long address, final int length) {
        final int last = Blake3Constants.chunks(length) - 1;
        for (int chunk = 0; chunk < last; chunk++) {
            node.chunk(address + (long) chunk * Blake3Constants.CHUNK_LENGTH, Blake3Constants.CHUNK_LENGTH, chunk);
            stack.push();
        }
        final int offset = last * Blake3Constants.CHUNK_LENGTH;
        node.chunk(address + offset, length - offset, last);
        stack.finish();
    }
}
