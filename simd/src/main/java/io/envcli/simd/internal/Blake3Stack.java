package io.envcli.simd.internal;

/**
 * The left subtrees of a BLAKE3 tree while it is made from left to right: the depth of the stack is the number of ones in
 * the count of leaves pushed. A leaf is a chunk, or any subtree of a power of two of chunks, the same for all but the last.
 *
 * <p>Threading: one thread at a time.
 */
public final class Blake3Stack {
    /** As many as 2^31 bytes need: 2^21 chunks, and one being made. */
    private static final int LEVELS = 22;

    private final Blake3Node node;
    private final int[] values = new int[LEVELS * Blake3Constants.VALUE_WORDS];
    private int leaves;

    /**
     * Makes an empty stack.
     *
     * @param node whose last result is pushed, and which joins.
     */
    public Blake3Stack(final Blake3Node node) {
        this.node = node;
    }

    /** Pushes the node's last result, a leaf that is not the last one, and joins the subtrees that are now complete. */
    public void push() {
        int depth = Integer.bitCount(leaves);
        leaves++;
        for (int complete = leaves; (complete & 1) == 0; complete >>= 1) {
            depth--;
            node.join(values, depth, 0);
        }
        node.save(values, depth);
    }

    /** Joins everything with the node's last result, the last leaf; the node's result is then the root's. Empties. */
    public void finish() {
        for (int depth = Integer.bitCount(leaves) - 1; depth >= 0; depth--) {
            node.join(values, depth, depth == 0 ? Blake3Constants.ROOT : 0);
        }
        leaves = 0;
    }
}
