package io.envcli.engine.dialect;

import io.envcli.offheap.Slab;

/**
 * Reads the text of one source, slab by slab, in one dialect.
 *
 * <p>Use: {@link #begin}, then {@link #parse} for each slab in order; {@link #begin} again for the next source. Between two
 * calls the caller copies the bytes from the offset returned to the end of the text in front of the next slab's text
 * ({@link Slab#prependTail}). Where the text is cut makes no difference to the result.
 *
 * <p>Threading: one thread at a time. Allocation: none in {@link #parse}. Ownership: holds scratch memory outside the heap
 * until {@link #close()}; borrows the slab during {@link #parse}.
 */
public interface DialectParser extends AutoCloseable {
    /** No tail is longer, in bytes: the headroom that a slab needs. A multiple of 64. */
    int MAX_TAIL = 262_144;

    /**
     * Begins a source, at its line 1, and forgets the one before.
     *
     * @param diagnostics where rejects and warnings go; borrowed until the next begin or close.
     */
    void begin(Diagnostics diagnostics);

    /**
     * Reads the text of a slab: writes its rows and row count. Values are decoded in place, over the text that they were
     * written with; they never grow. The tail stays as it was.
     *
     * @param slab with the tail of the slab before in front of its text; its headroom and text capacity count for nothing
     *             else.
     * @param last whether the source ends with this slab. If so, everything is read and nothing is left.
     * @return offset, from the start of the slab, of the first byte that could not be read without the bytes after it; the
     *         end of the text if there is none. At most {@link #MAX_TAIL} bytes are left.
     */
    int parse(Slab slab, boolean last);

    /** Frees the scratch memory. Idempotent. */
    @Override
    void close();
}
