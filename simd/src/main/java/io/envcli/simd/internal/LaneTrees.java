package io.envcli.simd.internal;

/**
 * Inputs of more than one chunk: their chunks share lanes with everybody's, and their parents are made level by level when
 * all chunks are hashed, all trees side by side.
 *
 * <p>Threading: one thread at a time. Owns native memory until closed; borrows the buckets.
 */
public final class LaneTrees implements AutoCloseable {
    /** Chunks that may wait, a power of two; an input with more is taken in subtrees of as many. */
    private static final int CAPACITY = 512;

    private final Blake3Node node;
    private final LaneBuckets buckets;
    private final Blake3Stack stack;
    /** Chaining values, a run for each tree. */
    private final long values;
    private final int[] firsts = new int[CAPACITY / 2];
    private final int[] sizes = new int[CAPACITY / 2];
    private final long[] outputs = new long[CAPACITY / 2];
    private int trees;
    private int used;
    private boolean closed;

    /**
     * Takes the memory.
     *
     * @param node    with the key.
     * @param buckets where nodes wait.
     */
    public LaneTrees(final Blake3Node node, final LaneBuckets buckets) {
        this.node = node;
        this.buckets = buckets;
        stack = new Blake3Stack(node);
        values = Memory.allocate((long) CAPACITY * Blake3Constants.VALUE_LENGTH);
    }

    /**
     * Adds an input.
     *
     * @param kernel to hash with.
     * @param input  its address, borrowed until {@link #drain}.
     * @param length in bytes, more than 1024.
     * @param output address of the result, there after {@link #drain}.
     */
    public void add(final LaneKernel kernel, final long input, final int length, final long output) {
        final int chunks = Blake3Constants.chunks(length);
        if (used + chunks > CAPACITY) {
            drain(kernel);
        }
        if (chunks > CAPACITY) {
            large(kernel, input, length, output);
            return;
        }
        chunks(kernel, input, length, 0);
        firsts[trees] = used;
        sizes[trees] = chunks;
        outputs[trees] = output;
        trees++;
        used += chunks;
    }

    /**
     * Hashes everything that waits, in the buckets too.
     *
     * @param kernel for groups that are worth it.
     */
    public void drain(final LaneKernel kernel) {
        buckets.drain(kernel);
        boolean more = trees > 0;
        while (more) {
            more = false;
            for (int tree = 0; tree < trees; tree++) {
                parents(kernel, firsts[tree], sizes[tree], outputs[tree]);
            }
            buckets.drain(kernel);
            for (int tree = 0; tree < trees; tree++) {
                sizes[tree] = carry(firsts[tree], sizes[tree]);
                more |= sizes[tree] > 1;
            }
        }
        trees = 0;
        used = 0;
    }

    /** The chunks of a tree, or of a subtree that begins with the chunk numbered so; their values go behind the last. */
    private void chunks(final LaneKernel kernel, final long input, final int length, final int number) {
        final int chunks = Blake3Constants.chunks(length);
        for (int i = 0; i < chunks; i++) {
            final int offset = i * Blake3Constants.CHUNK_LENGTH;
            final int left = Math.min(length - offset, Blake3Constants.CHUNK_LENGTH);
            final int blocks = Blake3Constants.blocks(left);
            buckets.add(kernel, blocks, input + offset, value(used + i), number + i,
                    left - (blocks - 1) * Blake3Constants.BLOCK_LENGTH, Blake3Constants.CHUNK_START,
                    Blake3Constants.CHUNK_END);
        }
    }

    /**
     * One level of a tree, in place: a parent's value replaces an earlier node's, which has been read by then, since nodes
     * are hashed in the order in which they are added. A level of two is the root, unless there is no output for one.
     */
    private void parents(final LaneKernel kernel, final int first, final int size, final long output) {
        final boolean root = size == 2 && output != 0;
        for (int i = 0; i < size / 2; i++) {
            final int flags = root ? Blake3Constants.PARENT | Blake3Constants.ROOT : Blake3Constants.PARENT;
            buckets.add(kernel, 1, value(first + 2 * i), root ? output : value(first + i), 0,
                    Blake3Constants.BLOCK_LENGTH, 0, flags);
        }
    }

    /** The odd one out goes up a level as it is. Returns the size of the level above. */
    private int carry(final int first, final int size) {
        if (size > 1 && (size & 1) == 1) {
            Memory.copy(value(first + size - 1), value(first + size / 2), Blake3Constants.VALUE_LENGTH);
        }
        return (size + 1) / 2;
    }

    /** More chunks than may wait: subtree by subtree, nothing else waiting. */
    private void large(final LaneKernel kernel, final long input, final int length, final long output) {
        final int stride = CAPACITY * Blake3Constants.CHUNK_LENGTH;
        int number = 0;
        int offset = 0;
        for (; length - offset > stride; offset += stride) {
            subtree(kernel, input + offset, stride, number);
            stack.push();
            number += CAPACITY;
        }
        subtree(kernel, input + offset, length - offset, number);
        stack.finish();
        node.store(output, Blake3Constants.HASH_LENGTH / Integer.BYTES);
    }

    private void subtree(final LaneKernel kernel, final long input, final int length, final int number) {
        chunks(kernel, input, length, number);
        buckets.drain(kernel);
        int size = Blake3Constants.chunks(length);
        while (size > 1) {
            parents(kernel, 0, size, 0);
            buckets.drain(kernel);
            size = carry(0, size);
        }
        node.take(values);
    }

    private long value(final int index) {
        return values + (long) index * Blake3Constants.VALUE_LENGTH;
    }

    /** Frees the memory; what waits is forgotten. Idempotent. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            Memory.free(values);
        }
    }
}
