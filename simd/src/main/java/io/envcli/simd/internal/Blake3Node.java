package io.envcli.simd.internal;

/**
 * Hashes one node of a BLAKE3 tree at a time, in plain Java: a chunk of input, or a parent of two chaining values.
 *
 * <p>Threading: one thread at a time; it owns scratch arrays.
 */
public final class Blake3Node {
    private final int[] key = new int[Blake3Constants.VALUE_WORDS];
    private final int[] value = new int[Blake3Constants.VALUE_WORDS];
    private final int[] words = new int[Blake3Constants.BLOCK_WORDS];

    /**
     * Takes a copy of the key.
     *
     * @param key 32 bytes.
     */
    public Blake3Node(final byte[] key) {
        if (key.length != Blake3Constants.KEY_LENGTH) {
            throw new IllegalArgumentException("key length=" + key.length + " must be " + Blake3Constants.KEY_LENGTH);
        }
        for (int i = 0; i < key.length; i++) {
            this.key[i >> 2] |= (key[i] & 0xFF) << ((i & 3) * Byte.SIZE);
        }
    }

    /** The key's words, borrowed. */
    int[] key() {
        return key;
    }

    /**
     * Hashes a node, reading nothing past its end. The result is then what {@link #store} writes.
     *
     * @param address    of a chunk's bytes, or of a parent's two chaining values.
     * @param length     in bytes, 0 to 1024; 64 of a parent.
     * @param counter    number of the chunk, from 0; 0 of a parent.
     * @param firstFlags of the first block.
     * @param lastFlags  of the last block.
     */
    public void hash(final long address, final int length, final int counter, final int firstFlags,
            final int lastFlags) {
        System.arraycopy(key, 0, value, 0, Blake3Constants.VALUE_WORDS);
        int flags = Blake3Constants.KEYED_HASH | firstFlags;
        int offset = 0;
        for (; offset + Blake3Constants.BLOCK_LENGTH < length; offset += Blake3Constants.BLOCK_LENGTH) {
            load(address + offset);
            Blake3Compression.compress(value, words, counter, Blake3Constants.BLOCK_LENGTH, flags);
            flags = Blake3Constants.KEYED_HASH;
        }
        loadLast(address + offset, length - offset);
        Blake3Compression.compress(value, words, counter, length - offset, flags | lastFlags);
    }

    /**
     * Hashes a chunk that is not the whole input. The result is then what {@link #store} writes.
     *
     * @param address of its bytes.
     * @param length  in bytes, 1 to 1024.
     * @param counter number of the chunk, from 0.
     */
    public void chunk(final long address, final int length, final int counter) {
        hash(address, length, counter, Blake3Constants.CHUNK_START, Blake3Constants.CHUNK_END);
    }

    /**
     * Takes a chaining value made elsewhere as the last result.
     *
     * @param address of its 32 bytes.
     */
    public void take(final long address) {
        for (int i = 0; i < Blake3Constants.VALUE_WORDS; i++) {
            value[i] = Memory.getInt(address + (long) i * Integer.BYTES);
        }
    }

    /**
     * Joins a left child with the last result, the right one, which the parent's value replaces.
     *
     * @param stack    chaining values, 8 words each.
     * @param index    of the left child's in it.
     * @param rootFlag {@link Blake3Constants#ROOT} or 0.
     */
    public void join(final int[] stack, final int index, final int rootFlag) {
        System.arraycopy(stack, index * Blake3Constants.VALUE_WORDS, words, 0, Blake3Constants.VALUE_WORDS);
        System.arraycopy(value, 0, words, Blake3Constants.VALUE_WORDS, Blake3Constants.VALUE_WORDS);
        System.arraycopy(key, 0, value, 0, Blake3Constants.VALUE_WORDS);
        Blake3Compression.compress(value, words, 0, Blake3Constants.BLOCK_LENGTH,
                Blake3Constants.KEYED_HASH | Blake3Constants.PARENT | rootFlag);
    }

    /**
     * Copies the last result.
     *
     * @param stack chaining values, 8 words each.
     * @param index of the one to replace.
     */
    public void save(final int[] stack, final int index) {
        System.arraycopy(value, 0, stack, index * Blake3Constants.VALUE_WORDS, Blake3Constants.VALUE_WORDS);
    }

    /**
     * Writes the first words of the last result.
     *
     * @param address absolute.
     * @param count   of words, 1 to 8.
     */
    public void store(final long address, final int count) {
        for (int i = 0; i < count; i++) {
            Memory.putInt(address + (long) i * Integer.BYTES, value[i]);
        }
    }

    private void load(final long address) {
        for (int i = 0; i < Blake3Constants.BLOCK_WORDS; i += 2) {
            final long pair = Memory.getLong(address + (long) i * Integer.BYTES);
            words[i] = (int) pair;
            words[i + 1] = (int) (pair >>> Integer.SIZE);
        }
    }

    private void loadLast(final long address, final int length) {
        for (int i = 0; i < Blake3Constants.BLOCK_WORDS; i += 2) {
            final int left = length - i * Integer.BYTES;
            final long at = address + (long) i * Integer.BYTES;
            final long pair = left >= Long.BYTES ? Memory.getLong(at) : left > 0 ? Memory.getTail(at, left) : 0;
            words[i] = (int) pair;
            words[i + 1] = (int) (pair >>> Integer.SIZE);
        }
    }
}
