package io.envcli.offheap;

import static io.envcli.offheap.HashIndexDescriptor.*;

/**
 * The stores of the index's writer, each in the order that keeps the file right for readers at any instant.
 *
 * <p>Threading: the one thread that writes.
 */
final class HashIndexEdits {
    private final long address;
    private final HashIndexWalk walk;
    private final long buckets;

    HashIndexEdits(final long address, final HashIndexWalk walk) {
        this.address = address;
        this.walk = walk;
        this.buckets = walk.geometry.buckets();
    }

    /** {@return absolute address of the file's first byte} */
    long address() {
        return address;
    }

    private void put(final long offset, final long value) {
        LittleEndian.putLong(address + offset, value);
    }

    private void publish(final long offset, final long value) {
        LittleEndian.putLongRelease(address + offset, value);
    }

    /** Stores a number of the header. */
    void number(final int offset, final long number) {
        publish(offset, HashIndexCheck.word(number, offset));
    }

    void bootId(final long word0, final long word1) {
        put(BOOT_ID, word0);
        put(BOOT_ID + Long.BYTES, word1);
    }

    /** Readers that come between the stores find the check wrong and look again. */
    void applied(final long a, final long b) {
        publish(APPLIED_A, a);
        publish(APPLIED_B, b);
        publish(APPLIED_CHECK, HashIndexCheck.applied(a, b));
    }

    void emptyBuckets() {
        for (long bucket = 0; bucket < buckets; bucket++) {
            put(walk.bucketOffset(bucket), HashIndexCheck.bucketHeader(HashIndexCheck.bucket(bucket, 0), 0));
        }
    }

    void environment(final long entry, final long hash0, final long location, final long link) {
        entry(entry, hash0, 0, 0, 0, location, link);
        variables(entry, 0, 0);
    }

    /** Stores the chain of an environment's variables. */
    void variables(final long environment, final long newest, final long ever) {
        final long at = walk.entryOffset(environment);
        publish(at + NEWEST_VARIABLE, HashIndexCheck.half(newest, environment));
        publish(at + VARIABLES_EVER, HashIndexCheck.half(ever, -environment));
    }

    void entry(final long entry, final long hash0, final long owners, final long fingerprintAddress,
            final long location, final long link) {
        entry(entry, hash0, owners, LittleEndian.getLong(fingerprintAddress),
                LittleEndian.getLong(fingerprintAddress + Long.BYTES), location, link);
    }

    private void entry(final long entry, final long hash0, final long owners, final long fingerprint0,
            final long fingerprint1, final long location, final long link) {
        final long at = walk.entryOffset(entry);
        put(at + NAME_HASH, hash0);
        put(at + OWNERS, owners);
        put(at + FINGERPRINT, fingerprint0);
        put(at + FINGERPRINT + Long.BYTES, fingerprint1);
        put(at + LOCATION, location);
        put(at + LINK,
                HashIndexCheck.entry(entry, hash0, owners, fingerprint0, fingerprint1, location, link) | link);
    }

    /**
     * Adds a slot to the first bucket with room from a home on. There are more slots than entries, so there is room.
     *
     * @return false if a bucket is damaged.
     */
    boolean addSlot(final long home, final long tag, final long entry) {
        long bucket = home;
        for (long probe = 0; probe < buckets; probe++) {
            final long header = walk.header(bucket);
            if (header == 0) {
                return false;
            }
            final long bits = header >>> 32;
            final long count = bits & COUNT_MASK;
            if (count < SLOTS) {
                put(walk.bucketOffset(bucket) + (count + 1) * Long.BYTES, slot(entry, tag));
                header(bucket, bits + 1);
                return true;
            }
            if ((bits & OVERFLOW) == 0) {
                header(bucket, bits | OVERFLOW);
            }
            bucket = walk.next(bucket);
        }
        return false;
    }

    /** Makes a slot, given by its offset, lead to a newer entry of its variable. */
    void swingSlot(final long slot, final long entry) {
        final long bucket = (slot - walk.bucketOffset(0)) / BUCKET_LENGTH;
        final long number = (slot - walk.bucketOffset(bucket)) / Long.BYTES;
        final long bits = walk.words.get(walk.bucketOffset(bucket)) >>> 32;
        header(bucket, bits | SWING | (number << SWING_SLOT_SHIFT));
        publish(slot, slot(entry, walk.words.get(slot)));
        header(bucket, bits);
    }

    static long slot(final long entry, final long tag) {
        return (entry << 32) | (tag & 0xFFFF_FFFFL);
    }

    private void header(final long bucket, final long bits) {
        final long at = walk.bucketOffset(bucket);
        publish(at, HashIndexCheck.bucketHeader(walk.sum(at, bucket, bits), bits));
    }

    void open(final int ordinal, final long transaction) {
        final long at = walk.recordOffset(ordinal);
        put(at + TRANSACTION, transaction);
        put(at + COMMIT_LOCATION, 0);
        put(at + TIME, 0);
        put(at + RECORD_CHECK, HashIndexCheck.version(ordinal, transaction, 0, 0, 0));
        publish(at + VERSION, HashIndexCheck.word(0, ordinal));
    }

    void end(final int ordinal, final long version, final long location, final long time) {
        final long at = walk.recordOffset(ordinal);
        put(at + COMMIT_LOCATION, location);
        put(at + TIME, time);
        put(at + RECORD_CHECK,
                HashIndexCheck.version(ordinal, walk.words.get(at + TRANSACTION), version, location, time));
        publish(at + VERSION, HashIndexCheck.word(version, ordinal));
    }
}
