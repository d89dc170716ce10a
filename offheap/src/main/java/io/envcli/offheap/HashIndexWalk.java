package io.envcli.offheap;

import static io.envcli.offheap.HashIndexDescriptor.*;

/**
 * Finds things in an index file and believes nothing that its check does not confirm.
 *
 * <p>Threading: immutable; as many threads as its {@link HashIndexWords} take, beside one writer. Progress: lock-free; a
 * reader repeats a bucket only when the writer changed that very bucket meanwhile. Every number read from the file is
 * bounded before it is used as an index, and every chain leads to lower numbers, so that damage ends in an answer.
 */
final class HashIndexWalk {
    static final int NOT_FOUND = 0;
    static final int DAMAGED = -1;
    /** How often a bucket, or a word of the header, is read again before it counts as damaged. */
    static final int ATTEMPTS = 1000;

    final HashIndexWords words;
    final HashIndexGeometry geometry;
    private final long buckets;
    private final long entries;
    private final long versions;
    private final long bucketsOffset;
    private final long entriesOffset;
    private final long versionsOffset;

    HashIndexWalk(final HashIndexWords words, final HashIndexGeometry geometry) {
        this.words = words;
        this.geometry = geometry;
        this.buckets = geometry.buckets();
        this.entries = geometry.entries();
        this.versions = geometry.versions();
        this.bucketsOffset = geometry.bucketsOffset();
        this.entriesOffset = geometry.entriesOffset();
        this.versionsOffset = geometry.versionsOffset();
    }

    long bucketOffset(final long bucket) {
        return bucketsOffset + bucket * BUCKET_LENGTH;
    }

    long entryOffset(final long entry) {
        return entriesOffset + (entry - 1) * ENTRY_LENGTH;
    }

    long recordOffset(final long ordinal) {
        return versionsOffset + (ordinal - 1) * RECORD_LENGTH;
    }

    long home(final long nameHash, final int environment) {
        return HashIndexCheck.home(nameHash, environment, buckets);
    }

    long next(final long bucket) {
        return bucket + 1 == buckets ? 0 : bucket + 1;
    }

    /** {@return a number of the header that must be right, or DAMAGED} */
    long number(final int offset) {
        return HashIndexCheck.number(words.get(offset), offset);
    }

    /** {@return file offset of the slot of a name; NOT_FOUND or DAMAGED} */
    long locate(final int environment, final long hash0, final long hash1) {
        long bucket = home(hash0, environment);
        for (long probe = 0; probe < buckets; probe++) {
            final long matches = matches(bucket, (int) hash1);
            if (matches < 0) {
                return DAMAGED;
            }
            for (long left = matches & 0xFF; left != 0; left &= left - 1) {
                final long slot = bucketOffset(bucket) + (long) Long.BYTES * Long.numberOfTrailingZeros(left);
                final int same = isEntryOf(words.get(slot) >>> 32, environment, hash0);
                if (same != NOT_FOUND) {
                    return same < 0 ? DAMAGED : slot;
                }
            }
            if ((matches & MATCHES_OVERFLOW) == 0) {
                return NOT_FOUND;
            }
            bucket = next(bucket);
        }
        return DAMAGED;
    }

    private static final long MATCHES_OVERFLOW = 1 << 8;

    /** {@return bits 1 to 7: slots with the tag; bit 8: probing goes on; DAMAGED if the bucket's check fails} */
    private long matches(final long bucket, final int tag) {
        final long offset = bucketOffset(bucket);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            final long header = words.get(offset);
            final long bits = header >>> 32;
            final int count = (int) (bits & COUNT_MASK);
            int sum = HashIndexCheck.bucket(bucket, bits);
            long matches = 0;
            // All seven, with what is not in use masked out: how full a bucket is, no branch predictor can know.
            for (int i = 1; i <= SLOTS; i++) {
                final long slot = words.get(offset + (long) i * Long.BYTES);
                final int inUse = (i - count - 1) >> 31;
                sum += HashIndexCheck.slot(i, checked(slot, i, bits)) & inUse;
                matches |= ((int) slot == tag ? 1L << i : 0) & inUse;
            }
            if (header == HashIndexCheck.bucketHeader(sum, bits)) {
                return (bits & OVERFLOW) == 0 ? matches : matches | MATCHES_OVERFLOW;
            }
            await();
        }
        return DAMAGED;
    }

    /** {@return a bucket's header, whose check holds; 0 if it does not} */
    long header(final long bucket) {
        return header(bucket, ATTEMPTS);
    }

    /** {@return a bucket's header, whose check holds; 0 if it does not at any of some attempts} */
    long header(final long bucket, final int attempts) {
        final long offset = bucketOffset(bucket);
        for (int attempt = 0; attempt < attempts; attempt++) {
            final long header = words.get(offset);
            if (header == HashIndexCheck.bucketHeader(sum(offset, bucket, header >>> 32), header >>> 32)) {
                return header;
            }
            await();
        }
        return 0;
    }

    /** {@return the check that a bucket's slots would have under these header bits} */
    int sum(final long offset, final long bucket, final long bits) {
        int sum = HashIndexCheck.bucket(bucket, bits);
        final int count = (int) (bits & COUNT_MASK);
        for (int i = 1; i <= SLOTS; i++) {
            final long slot = words.get(offset + (long) i * Long.BYTES);
            sum += HashIndexCheck.slot(i, checked(slot, i, bits)) & ((i - count - 1) >> 31);
        }
        return sum;
    }

    /** What of a slot its bucket's check covers: all, or the tag alone while the writer swings the slot. */
    private static long checked(final long slot, final int number, final long bits) {
        // Bits 4 to 7 are SWING and the slot's number: one comparison for both.
        return bits >>> SWING_SHIFT == (((long) number << 1) | 1) ? slot & 0xFFFF_FFFFL : slot;
    }

    private void await() {
        words.refresh();
        Thread.onSpinWait();
    }

    int isEntryOf(final long entry, final int environment, final long hash0) {
        if (!isIntact(entry)) {
            return DAMAGED;
        }
        return nameHash(entry) == hash0 && environment(entry) == environment ? 1 : NOT_FOUND;
    }

    /** {@return whether a number is one of an entry, and that entry's check holds} */
    boolean isIntact(final long entry) {
        if (entry < 1 || entry > entries) {
            return false;
        }
        if (checkHolds(entry)) {
            return true;
        }
        words.refresh();
        return checkHolds(entry);
    }

    private boolean checkHolds(final long entry) {
        final long offset = entryOffset(entry);
        final long location = words.get(offset + LOCATION);
        final boolean isEnvironment = (location & ENVIRONMENT) != 0;
        final long fingerprint0 = isEnvironment ? 0 : words.get(offset + FINGERPRINT);
        final long fingerprint1 = isEnvironment ? 0 : words.get(offset + FINGERPRINT + Long.BYTES);
        final long link = words.get(offset + LINK);
        final long check = HashIndexCheck.entry(entry, words.get(offset + NAME_HASH), words.get(offset + OWNERS),
                fingerprint0, fingerprint1, location, link & 0xFFFF_FFFFL);
        return check == (link & 0xFFFF_FFFF_0000_0000L);
    }

    long nameHash(final long entry) {
        return words.get(entryOffset(entry) + NAME_HASH);
    }

    int environment(final long entry) {
        return (int) words.get(entryOffset(entry) + OWNERS);
    }

    int ordinal(final long entry) {
        return (int) (words.get(entryOffset(entry) + OWNERS) >>> 32);
    }

    long fingerprint0(final long entry) {
        return words.get(entryOffset(entry) + FINGERPRINT);
    }

    long fingerprint1(final long entry) {
        return words.get(entryOffset(entry) + FINGERPRINT + Long.BYTES);
    }

    long location(final long entry) {
        return words.get(entryOffset(entry) + LOCATION) & ~FLAGS_MASK;
    }

    long flags(final long entry) {
        return words.get(entryOffset(entry) + LOCATION) & FLAGS_MASK;
    }

    /** {@return number of the entry that an intact one leads to, 0 at the end, or DAMAGED} */
    long link(final long entry) {
        final long link = words.get(entryOffset(entry) + LINK) & 0xFFFF_FFFFL;
        return link < entry ? link : DAMAGED;
    }

    boolean isEnvironment(final long entry) {
        return isIntact(entry) && (flags(entry) & ENVIRONMENT) != 0;
    }

    /** {@return newest FIRST entry of an environment, 0 if it has none, or DAMAGED} */
    long newestVariable(final long environment) {
        final long word = words.get(entryOffset(environment) + NEWEST_VARIABLE);
        return HashIndexCheck.halfNumber(word, environment);
    }

    /** {@return how many variables an environment ever had, or DAMAGED} */
    long variablesEver(final long environment) {
        final long word = words.get(entryOffset(environment) + VARIABLES_EVER);
        return HashIndexCheck.halfNumber(word, -environment);
    }

    /** {@return version of a transaction: 0 while open, ABANDONED, or DAMAGED} */
    long version(final int ordinal) {
        if (ordinal < 1 || ordinal > versions) {
            return DAMAGED;
        }
        final long offset = recordOffset(ordinal) + VERSION;
        final long version = HashIndexCheck.number(words.get(offset), ordinal);
        if (version >= 0) {
            return version;
        }
        words.refresh();
        return HashIndexCheck.number(words.get(offset), ordinal);
    }

    /** {@return whether a transaction has made a version, and all that its record says holds} */
    boolean isCommitIntact(final int ordinal) {
        final long version = version(ordinal);
        if (version <= 0) {
            return false;
        }
        final long at = recordOffset(ordinal);
        return words.get(at + RECORD_CHECK) == HashIndexCheck.version(ordinal, words.get(at + TRANSACTION), version,
                words.get(at + COMMIT_LOCATION), words.get(at + TIME));
    }

    /** {@return the entry of a variable that a reader at a version sees, given the newest; NOT_FOUND or DAMAGED} */
    long visible(final long newest, final long at) {
        long best = NOT_FOUND;
        long bestVersion = 0;
        for (long entry = newest; isIntact(entry);) {
            final long version = version(ordinal(entry));
            if (version < 0) {
                return DAMAGED;
            }
            final boolean seen = version != 0 && version <= at;
            if (seen && version > bestVersion) {
                best = entry;
                bestVersion = version;
            }
            final long flags = flags(entry);
            if ((flags & FIRST) != 0 || (seen && (flags & ORDERED) != 0)) {
                return best;
            }
            entry = link(entry);
        }
        return DAMAGED;
    }

    /** {@return the newest entry of a variable, given its first; DAMAGED if no slot leads to it} */
    long newest(final long first) {
        final long hash0 = nameHash(first);
        final int environment = environment(first);
        long bucket = home(hash0, environment);
        for (long probe = 0; probe < buckets; probe++) {
            final long header = header(bucket);
            if (header == 0) {
                return DAMAGED;
            }
            for (int i = 1; i <= (int) ((header >>> 32) & COUNT_MASK); i++) {
                final long entry = words.get(bucketOffset(bucket) + (long) i * Long.BYTES) >>> 32;
                // A variable's newer entries have higher numbers, so most neighbours need no look.
                final int same = entry == first ? 1 : entry < first ? NOT_FOUND : isEntryOf(entry, environment, hash0);
                if (same != NOT_FOUND) {
                    return same < 0 ? DAMAGED : entry;
                }
            }
            if (((header >>> 32) & OVERFLOW) == 0) {
                return DAMAGED;
            }
            bucket = next(bucket);
        }
        return DAMAGED;
    }
}
