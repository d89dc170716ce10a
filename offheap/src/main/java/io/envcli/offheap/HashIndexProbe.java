package io.envcli.offheap;

import org.jspecify.annotations.Nullable;

import static io.envcli.offheap.HashIndexDescriptor.*;

/**
 * The writer's own look-ups: like {@link HashIndexWalk#locate}, but a look-up that finds nothing remembers the bucket that
 * it has just proven, so that a slot can be added there without proving it again.
 *
 * <p>The check of a bucket is a sum, so adding a slot changes it by the difference: a bucket that was damaged in between
 * stays damaged.
 *
 * <p>What it does differently apart, it must stay as {@code HashIndexWalk.locate} and {@code matches} are, which readers use.
 *
 * <p>Threading: the thread that writes, and no other meanwhile; it needs no ordered loads, since it reads what it wrote itself,
 * or what was handed over to it.
 */
final class HashIndexProbe {
    /** Rows that are touched at once. */
    static final int GROUP = 64;
    private static final long FULL_AND_OVERFLOWN = SLOTS | OVERFLOW;
    private static final long DAMAGED = HashIndexWalk.DAMAGED;

    private final HashIndexWalk walk;
    private final HashIndexEdits edits;
    private final long buckets;
    private final long bucketsAddress;
    private final long[] homes = new long[GROUP];
    private @Nullable VariableTable touchedTable;
    private int touchedEnvironment;
    private int touchedFrom;
    private int touchedTo;
    private long provenBucket;
    private long provenHeader;
    /** Written, never read, so that touching is not optimised away. */
    @SuppressWarnings("UnusedVariable")
    private long touched;

    HashIndexProbe(final HashIndexWalk walk, final HashIndexEdits edits) {
        this.walk = walk;
        this.edits = edits;
        this.buckets = walk.geometry.buckets();
        this.bucketsAddress = edits.address() + walk.bucketOffset(0);
    }

    /** {@return file offset of the slot of a name; NOT_FOUND or DAMAGED} */
    long find(final int environment, final long hash0, final long hash1) {
        long bucket = walk.home(hash0, environment);
        for (long probe = 0; probe < buckets; probe++) {
            final long address = bucketsAddress + bucket * BUCKET_LENGTH;
            final long header = LittleEndian.getLong(address);
            final long matches = matches(address, header, bucket, (int) hash1);
            if (matches != 0) {
                final long slot = matches < 0 ? DAMAGED : matching(address, matches, environment, hash0);
                if (slot != HashIndexWalk.NOT_FOUND) {
                    return slot;
                }
            }
            if ((header >>> 32 & OVERFLOW) == 0) {
                provenBucket = bucket;
                provenHeader = header;
                return HashIndexWalk.NOT_FOUND;
            }
            bucket = walk.next(bucket);
        }
        return DAMAGED;
    }

    /** Bits 1 to 7: slots with the tag; DAMAGED if the check fails. A bucket whose writer stopped in a swing fails it. */
    private static long matches(final long address, final long header, final long bucket, final int tag) {
        final long bits = header >>> 32;
        final int count = (int) (bits & COUNT_MASK);
        int sum = HashIndexCheck.bucket(bucket, bits);
        int matches = 0;
        // All seven, with what is not in use masked out: how full a bucket is, no branch predictor can know.
        for (int i = 1; i <= SLOTS; i++) {
            final long slot = LittleEndian.getLong(address + (long) i * Long.BYTES);
            final int inUse = (i - count - 1) >> 31;
            final int differs = (int) slot ^ tag;
            sum += HashIndexCheck.slot(i, slot) & inUse;
            matches |= (1 << i) & inUse & ~((differs | -differs) >> 31);
        }
        return header == HashIndexCheck.bucketHeader(sum, bits) ? matches : DAMAGED;
    }

    private long matching(final long address, final long matches, final int environment, final long hash0) {
        for (long left = matches; left != 0; left &= left - 1) {
            final long slot = address + (long) Long.BYTES * Long.numberOfTrailingZeros(left);
            final int same = walk.isEntryOf(LittleEndian.getLong(slot) >>> 32, environment, hash0);
            if (same != HashIndexWalk.NOT_FOUND) {
                return same < 0 ? DAMAGED : slot - edits.address();
            }
        }
        return HashIndexWalk.NOT_FOUND;
    }

    /**
     * Adds a slot for the name that {@link #find} has just not found.
     *
     * @return false if a bucket is damaged.
     */
    boolean add(final long hash1, final long entry) {
        // A check of 1 may stand for 0: then the difference is not enough.
        if (((provenHeader >>> 32) & COUNT_MASK) == SLOTS || (int) provenHeader == 1) {
            return edits.addSlot(provenBucket, hash1, entry);
        }
        addToProven(hash1, entry);
        return true;
    }

    /** Adds a slot to the bucket that {@link #find} has last proven, or {@link #isFree} found; it has room for one. */
    void addToProven(final long hash1, final long entry) {
        final long bits = provenHeader >>> 32;
        final long number = (bits & COUNT_MASK) + 1;
        final long address = bucketsAddress + provenBucket * BUCKET_LENGTH;
        final long slot = HashIndexEdits.slot(entry, hash1);
        LittleEndian.putLong(address + number * Long.BYTES, slot);
        final int grown = (int) provenHeader - HashIndexCheck.bucket(provenBucket, bits)
                + HashIndexCheck.bucket(provenBucket, bits + 1)
                + HashIndexCheck.slot((int) number, slot);
        LittleEndian.putLongRelease(address, HashIndexCheck.bucketHeader(grown, bits + 1));
    }

    /**
     * Reads the buckets of rows, so that they are in the cache when they are needed. In two loops: the second has nothing in
     * it that keeps one miss from overlapping the next.
     */
    void touch(final VariableTable table, final int from, final int to, final int environment) {
        touchedTable = null; // Until the homes are those of the new rows.
        for (int row = from; row < to; row++) {
            homes[row - from] = walk.home(LittleEndian.getLong(table.nameHashAddress(row)), environment);
        }
        long sum = 0;
        for (int i = 0; i < to - from; i++) {
            sum += LittleEndian.getLong(bucketsAddress + homes[i] * BUCKET_LENGTH);
        }
        touched = sum;
        touchedTable = table;
        touchedEnvironment = environment;
        touchedFrom = from;
        touchedTo = to;
    }

    /** {@return the end of the rows last touched, if these are of a table and environment and a row is among them; else 0} */
    int touchedTo(final VariableTable table, final int row, final int environment) {
        return table == touchedTable && environment == touchedEnvironment && row >= touchedFrom ? touchedTo : 0;
    }

    /**
     * Whether a row's name has surely no slot and its bucket room for one. The bucket is not proven: what is damaged in it
     * stays so when its check moves on by the difference.
     *
     * @param row among those last touched.
     */
    boolean isFree(final int row, final long hash1) {
        long bucket = homes[row - touchedFrom];
        for (long probe = 0; probe < buckets; probe++) {
            final long address = bucketsAddress + bucket * BUCKET_LENGTH;
            final long header = LittleEndian.getLong(address);
            // A check of 0 is none, and one of 1 may stand for 0.
            if ((header & 0xFFFF_FFFEL) == 0 || hasTag(address, (int) hash1)) {
                return false;
            }
            final long bits = header >>> 32;
            if (bits < SLOTS) { // No other bit than the count's is set.
                provenBucket = bucket;
                provenHeader = header;
                return true;
            }
            if (bits != FULL_AND_OVERFLOWN) {
                return false;
            }
            bucket = walk.next(bucket);
        }
        return false;
    }

    /** Whether any slot, in use or not, has a tag. */
    private static boolean hasTag(final long address, final int tag) {
        return LittleEndian.getInt(address + Long.BYTES) == tag
                || LittleEndian.getInt(address + 2 * Long.BYTES) == tag
                || LittleEndian.getInt(address + 3 * Long.BYTES) == tag
                || LittleEndian.getInt(address + 4 * Long.BYTES) == tag
                || LittleEndian.getInt(address + 5 * Long.BYTES) == tag
                || LittleEndian.getInt(address + 6 * Long.BYTES) == tag
                || LittleEndian.getInt(address + 7 * Long.BYTES) == tag;
    }
}
