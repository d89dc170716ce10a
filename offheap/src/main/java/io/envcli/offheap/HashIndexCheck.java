package io.envcli.offheap;

/**
 * The checks by which the hash index notices damage, and the spreading of names over buckets.
 *
 * <p>Sums of products with odd constants, of which the high half is kept: as good as a CRC of that width against flipped
 * bits (each single one is noticed, the test tries them), stateless, so that threads can share a reader, and a few cycles
 * instead of a call. They protect against accidents, not against someone who writes to the file.
 *
 * <p>The constants are part of the format.
 */
final class HashIndexCheck {
    private static final long K0 = 0x9E3779B97F4A7C15L;
    private static final long K1 = 0xC2B2AE3D27D4EB4FL;
    private static final long K2 = 0xD6E8FEB86659FD93L;
    private static final long K3 = 0xA0761D6478BD642FL;
    private static final long K4 = 0xE7037ED1A0B428DBL;
    private static final long K5 = 0x8EBC6AF09C88C6E3L;
    private static final long K6 = 0xB5297A4D3A2F9F6DL;

    private HashIndexCheck() {}

    /** A bijection that spreads each bit over all (the finaliser of SplitMix64). */
    static long mix(final long value) {
        final long a = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        final long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
        return b ^ (b >>> 31);
    }

    /** {@return the bucket where a name belongs, below {@code buckets}} */
    static long home(final long nameHash, final int environment, final long buckets) {
        return Math.unsignedMultiplyHigh(mix(nameHash ^ (environment * K0)), buckets);
    }

    /** {@return a number below 2^40 with its check} */
    static long word(final long number, final long seed) {
        return number | (check24(number, seed) << 40);
    }

    /** {@return the number in a checked word, or -1} */
    static long number(final long word, final long seed) {
        final long number = word & (HashIndexDescriptor.NUMBER_LIMIT - 1);
        return word >>> 40 == check24(number, seed) ? number : -1;
    }

    private static long check24(final long number, final long seed) {
        final long check = mix(number + seed * K1 + K2) >>> 40;
        return check == 0 ? 1 : check;
    }

    /** {@return an environment's unsigned 32-bit number, with its check in the high half} */
    static long half(final long number, final long seed) {
        return number | (check32(number, seed) << 32);
    }

    /** {@return the number in such a word, or -1} */
    static long halfNumber(final long word, final long seed) {
        final long number = word & 0xFFFF_FFFFL;
        return word >>> 32 == check32(number, seed) ? number : -1;
    }

    private static long check32(final long number, final long seed) {
        final long check = mix(number + seed * K3 + K4) >>> 32;
        return check == 0 ? 1 : check;
    }

    /** {@return what a bucket's number and header bits add to its check} */
    static int bucket(final long number, final long bits) {
        return (int) (mix(((number << 32) | bits) + K5) >>> 32);
    }

    /** {@return what a slot in use adds to its bucket's check} */
    static int slot(final int number, final long slot) {
        return (int) (((slot + number * K1) * K0) >>> 32);
    }

    /** {@return a bucket's header word} */
    static long bucketHeader(final int sum, final long bits) {
        return (bits << 32) | ((sum == 0 ? 1 : sum) & 0xFFFF_FFFFL);
    }

    /** {@return the check of an entry in the high half, to be or-ed with its link} */
    static long entry(final long index, final long nameHash, final long owners, final long fingerprint0,
            final long fingerprint1, final long location, final long link) {
        final long sum = nameHash * K0 + owners * K1 + fingerprint0 * K2 + fingerprint1 * K3 + location * K4
                + ((index << 32) | link) * K5 + K6;
        return fold(sum) << 32;
    }

    /** {@return the check of a version record, in the low half} */
    static long version(final long ordinal, final long transaction, final long version, final long location,
            final long time) {
        return fold(transaction * K0 + version * K1 + location * K2 + time * K3 + ordinal * K4 + K6);
    }

    /** Both halves of a sum in one; never 0, so that a zeroed record is none. */
    private static long fold(final long sum) {
        final long check = (sum ^ (sum >>> 32)) & 0xFFFF_FFFFL;
        return check == 0 ? 1 : check;
    }

    /** {@return the check of the applied position; never 0} */
    static long applied(final long a, final long b) {
        return mix(mix(a + K1) + b) | 1;
    }
}
