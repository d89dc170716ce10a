package io.envcli.offheap;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts the bytes that are allocated or mapped outside the heap, by owner.
 *
 * <p>Threading: any thread. Progress: wait-free.
 */
public final class OffHeap {
    private static final AtomicLongArray BYTES = new AtomicLongArray(Owner.values().length);

    private OffHeap() {}

    /**
     * Bytes currently held for an owner.
     *
     * @param owner whose bytes.
     * @return allocated and mapped bytes not yet released.
     */
    public static long bytes(final Owner owner) {
        return BYTES.get(owner.ordinal());
    }

    /**
     * Bytes currently held by all owners.
     *
     * @return allocated and mapped bytes not yet released.
     */
    public static long totalBytes() {
        long total = 0;
        for (int i = 0; i < BYTES.length(); i++) {
            total += BYTES.get(i);
        }
        return total;
    }

    static void add(final Owner owner, final long bytes) {
        BYTES.addAndGet(owner.ordinal(), bytes);
    }
}
