package io.envcli.offheap;

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
    private static final long DAMAGED = HashIndexWalk.DAMAGED;

    private final HashIndexWalk walk;
    private final HashIndexEdits edits;
    private final long buckets;
    private final long bucketsAddress;
    private long provenBucket;
    private long provenHeader;

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
        final long bits = provenHeader >>> 32;
        final int count = (int) (bits & COUNT_MASK);
        final int sum = (int) provenHeader;
        // A check of 1 may stand for 0: then the difference is not enough.
        if (count == SLOTS || sum == 1) {
            return edits.addSlot(provenBucket, hash1, entry);
        }
        final long address = bucketsAddress + provenBucket * BUCKET_LENGTH;
        final long slot = HashIndexEdits.slot(entry, hash1);
        LittleEndian.putLong(address + (count + 1L) * Long.BYTES, slot);
        final int grown = sum - HashIndexCheck.bucket(provenBucket, bits)
                + HashIndexCheck.bucket(provenBucket, bits + 1)
                + HashIndexCheck.slot(count + 1, slot);
        LittleEndian.putLongRelease(address, HashIndexCheck.bucketHeader(grown, bits + 1));
        return true;
    }

    /** Reads the bucket of a name, so that it is in the cache when it is needed; the answer means nothing. */
    long touch(final long hash0, final int environment) {
        return LittleEndian.getLong(bucketsAddress + walk.home(hash0, environment) * BUCKET_LENGTH);
    }
}
