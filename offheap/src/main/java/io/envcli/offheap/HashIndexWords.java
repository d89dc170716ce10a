package io.envcli.offheap;

import java.io.IOException;

/**
 * The 8-byte words of an index file, as readers see them.
 *
 * <p>Threading: as the subclass says.
 */
abstract class HashIndexWords implements AutoCloseable {
    /**
     * One word; what the writer stored before it is visible to later reads.
     *
     * @param offset in the file, 8-aligned, within it: checked by nobody.
     */
    abstract long get(long offset);

    /** Forgets what may have changed since it was read. */
    abstract void refresh();

    @Override
    public abstract void close() throws IOException;
}
