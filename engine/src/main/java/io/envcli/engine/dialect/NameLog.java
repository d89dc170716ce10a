package io.envcli.engine.dialect;

import io.envcli.offheap.Owner;
import io.envcli.offheap.Region;
import org.agrona.UnsafeApi;

/**
 * Names with their hashes, one behind the other, outside the heap.
 *
 * <pre>
 *  0    8           16           20
 *  | 0  | hash of 1 | length of 1 | name of 1 … (to a multiple of 8) | hash of 2 | length of 2 | …
 *  native order
 * </pre>
 *
 * A name is known by its place, in words of 8 bytes; no name has place 0. Threading: one thread at a time.
 */
final class NameLog implements AutoCloseable {
    /** The place of the first name. */
    static final long FIRST = 1;

    private static final int HASH = 0;
    private static final int LENGTH = HASH + Long.BYTES;
    private static final int NAME = LENGTH + Integer.BYTES;
    private static final int LEAST_CAPACITY = 64 * 1024;

    private Region region = Region.allocate(Owner.SCRATCH, LEAST_CAPACITY);
    private long base = region.address();
    private long end = FIRST;

    /** The place behind the last name. */
    long end() {
        return end;
    }

    /** Bytes held. */
    long capacity() {
        return region.capacity();
    }

    /** Forgets all names, and gives back what they did not need. */
    void clear() {
        final long needed = capacityFor(end << 3);
        end = FIRST;
        if (needed < region.capacity()) {
            replace(Region.allocate(Owner.SCRATCH, needed));
        }
    }

    /** Adds a name; its place. The bytes are copied. */
    long append(final long hash, final long name, final int length) {
        final long place = end;
        final long next = place + words(length);
        if (next << 3 > region.capacity()) {
            grow(next << 3);
        }
        final long at = base + (place << 3);
        UnsafeApi.putLong(at + HASH, hash);
        UnsafeApi.putInt(at + LENGTH, length);
        UnsafeApi.copyMemory(name, at + NAME, length);
        end = next;
        return place;
    }

    /** The hash of the name at a place. */
    long hash(final long place) {
        return UnsafeApi.getLong(base + (place << 3) + HASH);
    }

    /** The place behind the name at a place. */
    long next(final long place) {
        return place + words(UnsafeApi.getInt(base + (place << 3) + LENGTH));
    }

    /** Whether the name at a place is this one, byte by byte. */
    boolean matches(final long place, final long hash, final long name, final int length) {
        final long at = base + (place << 3);
        return UnsafeApi.getLong(at + HASH) == hash && UnsafeApi.getInt(at + LENGTH) == length
                && equal(at + NAME, name, length);
    }

    private static boolean equal(final long a, final long b, final int length) {
        int i = 0;
        for (; i <= length - Long.BYTES; i += Long.BYTES) {
            if (UnsafeApi.getLong(a + i) != UnsafeApi.getLong(b + i)) {
                return false;
            }
        }
        for (; i < length; i++) {
            if (UnsafeApi.getByte(a + i) != UnsafeApi.getByte(b + i)) {
                return false;
            }
        }
        return true;
    }

    private static long words(final int length) {
        return (NAME + (long) length + Long.BYTES - 1) >>> 3;
    }

    private static long capacityFor(final long bytes) {
        return Math.max(LEAST_CAPACITY, Long.highestOneBit(bytes - 1) << 1);
    }

    private void grow(final long bytes) {
        final Region larger = Region.allocate(Owner.SCRATCH, capacityFor(bytes));
        UnsafeApi.copyMemory(base, larger.address(), end << 3);
        replace(larger);
    }

    private void replace(final Region other) {
        region.close();
        region = other;
        base = other.address();
    }

    @Override
    public void close() {
        region.close();
    }
}
