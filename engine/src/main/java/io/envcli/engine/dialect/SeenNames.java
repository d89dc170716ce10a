package io.envcli.engine.dialect;

import io.envcli.offheap.Owner;
import io.envcli.offheap.Region;
import io.envcli.offheap.Slab;
import io.envcli.offheap.VariableTable;
import io.envcli.simd.SipHash;
import io.envcli.simd.SipHashLanes;
import org.agrona.UnsafeApi;

import java.util.concurrent.ThreadLocalRandom;

/**
 * The names that a text has had so far, outside the heap: no object is made of a name, however many there are.
 *
 * <p>A hash table with linear probing, at most half full. A slot is 0 or leads to a name:
 *
 * <pre>
 *  bit 0                 40                 64
 *  | place in the log    | low bits of hash |
 * </pre>
 *
 * Names count as equal by their bytes alone. The hash is keyed: who writes a text cannot prepare names that collide, so the
 * time is linear. Rows are taken in groups whose slots are read before the first is needed: their cache misses overlap.
 *
 * <p>Threading: one thread at a time. Allocation: none on the heap once constructed, but for a region when the table grows.
 * Ownership: holds memory for as many names as this text or the one before had, until {@link #close()}.
 */
final class SeenNames implements AutoCloseable {
    private static final int GROUP = 64;
    private static final int LEAST_SLOTS = 4096;
    private static final int PLACE_BITS = 40;
    private static final long PLACE_MASK = (1L << PLACE_BITS) - 1;

    private final SipHashLanes hashes;
    private final NameLog log = new NameLog();
    private Region slots = Region.allocate(Owner.SCRATCH, (long) LEAST_SLOTS * Long.BYTES);
    private long base;
    private long mask;
    private int shift;
    private long count;
    private long probes;
    /** Written, never read, so that touching is not optimised away. */
    @SuppressWarnings("UnusedVariable")
    private long touched;

    /** With a key from the clock, which the writer of a text does not know; a SecureRandom costs a new JVM some 30 ms. */
    SeenNames() {
        this(new SipHash(ThreadLocalRandom.current().nextLong(), System.nanoTime()));
    }

    SeenNames(final SipHash hash) {
        hashes = new SipHashLanes(hash);
        use(slots);
    }

    /** Forgets all names, and gives back what they did not need. */
    void clear() {
        final long needed = slotsFor(count);
        count = 0;
        log.clear();
        if (needed <= mask) {
            use(Region.allocate(Owner.SCRATCH, needed * Long.BYTES));
        } else {
            UnsafeApi.setMemory(base, slots.capacity(), (byte) 0);
        }
    }

    /** Adds the names of a slab's rows; flags each row whose name was there before as {@link VariableTable#DUPLICATE}. */
    void flagDuplicates(final Slab slab) {
        final int rows = slab.rowCount();
        for (int from = 0; from < rows; from += GROUP) {
            final int to = Math.min(from + GROUP, rows);
            if (slotsFor(count + GROUP) > mask + 1) {
                grow();
            }
            hash(slab, from, to);
            touch(slab.table(), from, to);
            add(slab, from, to);
        }
    }

    /** Slots looked at since ever. For tests: time is linear because this is. */
    long probes() {
        return probes;
    }

    /** Bytes held. */
    long capacity() {
        return slots.capacity() + log.capacity();
    }

    private void hash(final Slab slab, final int from, final int to) {
        final VariableTable table = slab.table();
        for (int row = from; row < to; row++) {
            hashes.add(slab.address() + table.nameOffset(row), table.nameLength(row), table.nameHashAddress(row));
        }
        hashes.flush();
    }

    private void touch(final VariableTable table, final int from, final int to) {
        long sum = 0;
        for (int row = from; row < to; row++) {
            sum += UnsafeApi.getLong(slotAddress(home(UnsafeApi.getLong(table.nameHashAddress(row)))));
        }
        touched = sum;
    }

    private void add(final Slab slab, final int from, final int to) {
        final VariableTable table = slab.table();
        for (int row = from; row < to; row++) {
            final long hash = UnsafeApi.getLong(table.nameHashAddress(row));
            if (!add(hash, slab.address() + table.nameOffset(row), table.nameLength(row))) {
                table.addFlags(row, VariableTable.DUPLICATE);
            }
        }
    }

    /** Whether the name is new. */
    private boolean add(final long hash, final long name, final int length) {
        final long tag = hash << PLACE_BITS;
        long index = home(hash);
        long slot = UnsafeApi.getLong(slotAddress(index));
        while (slot != 0) {
            probes++;
            if (((slot ^ tag) & ~PLACE_MASK) == 0 && log.matches(slot & PLACE_MASK, hash, name, length)) {
                return false;
            }
            index = (index + 1) & mask;
            slot = UnsafeApi.getLong(slotAddress(index));
        }
        probes++;
        UnsafeApi.putLong(slotAddress(index), tag | log.append(hash, name, length));
        count++;
        return true;
    }

    private void grow() {
        use(Region.allocate(Owner.SCRATCH, 2 * slots.capacity()));
        for (long place = NameLog.FIRST; place < log.end(); place = log.next(place)) {
            final long hash = log.hash(place);
            long index = home(hash);
            while (UnsafeApi.getLong(slotAddress(index)) != 0) {
                index = (index + 1) & mask;
            }
            UnsafeApi.putLong(slotAddress(index), (hash << PLACE_BITS) | place);
        }
    }

    /** Makes memory the table, with all slots empty, and frees what was the table before. */
    private void use(final Region region) {
        if (region != slots) {
            slots.close();
            slots = region;
        }
        base = region.address();
        mask = region.capacity() / Long.BYTES - 1;
        shift = Long.numberOfLeadingZeros(mask);
        UnsafeApi.setMemory(base, region.capacity(), (byte) 0);
    }

    private static long slotsFor(final long names) {
        return Math.max(LEAST_SLOTS, Long.highestOneBit(2 * names - 1) << 1);
    }

    private long home(final long hash) {
        return hash >>> shift;
    }

    private long slotAddress(final long index) {
        return base + (index << 3);
    }

    @Override
    public void close() {
        slots.close();
        log.close();
    }
}
