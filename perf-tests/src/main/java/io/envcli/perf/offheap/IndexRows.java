package io.envcli.perf.offheap;

import io.envcli.offheap.Owner;
import io.envcli.offheap.Region;
import io.envcli.offheap.Slab;
import io.envcli.offheap.VariableTable;
import org.agrona.UnsafeApi;

/**
 * Rows as the pipeline hands them to the index: slabs whose variables have a name hash, a fingerprint and a location. All
 * name hashes are distinct.
 */
final class IndexRows implements AutoCloseable {
    /** Rows in a slab. */
    static final int ROWS = 1 << 14;
    /** Slabs. */
    static final int SLABS = 32;
    /** All rows. */
    static final int COUNT = ROWS * SLABS;

    private static final int TEXT_CAPACITY = 1 << 16;

    private final Region region;
    private final Slab[] slabs = new Slab[SLABS];

    IndexRows(final long seed) {
        final long length = Slab.length(0, TEXT_CAPACITY);
        region = Region.allocate(Owner.SLABS, length * SLABS);
        long number = seed;
        for (int i = 0; i < SLABS; i++) {
            slabs[i] = new Slab(region, i * length, 0, TEXT_CAPACITY);
            final VariableTable table = slabs[i].table();
            for (int row = 0; row < ROWS; row++) {
                number += 0x9E3779B97F4A7C15L;
                table.set(row, 0, 1, 1, 1, row + 1, 0);
                put(table.nameHashAddress(row), mix(number), mix(~number));
                put(table.fingerprintAddress(row), mix(number ^ 1), mix(number ^ 2));
                table.location(row, (long) row << 4);
            }
        }
    }

    private static void put(final long address, final long first, final long second) {
        UnsafeApi.putLong(address, first);
        UnsafeApi.putLong(address + Long.BYTES, second);
    }

    private static long mix(final long input) {
        long z = (input ^ (input >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    VariableTable table(final int slab) {
        return slabs[slab].table();
    }

    @Override
    public void close() {
        region.close();
    }
}
