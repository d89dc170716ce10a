package io.envcli.perf.simd;

/** SipHash-2-4 with 128 bits of output, one step a line as in the paper: slow, and hard to get wrong. */
public final class PaperSipHash {
    private final long[] v;

    private PaperSipHash(final long k0, final long k1) {
        v = new long[]{k0 ^ 0x736F6D6570736575L, k1 ^ 0x646F72616E646F6DL ^ 0xEE, k0 ^ 0x6C7967656E657261L,
            k1 ^ 0x7465646279746573L};
    }

    /**
     * Hashes an input.
     *
     * @param k0     first half of the key.
     * @param k1     second half of the key.
     * @param input  holds the input from its start.
     * @param length in bytes.
     * @return both halves of the hash.
     */
    public static long[] hash(final long k0, final long k1, final byte[] input, final int length) {
        final PaperSipHash state = new PaperSipHash(k0, k1);
        for (int word = 0; word <= length / 8; word++) {
            long m = word == length / 8 ? (long) length << 56 : 0;
            for (int i = word * 8; i < Math.min(length, word * 8 + 8); i++) {
                m |= (input[i] & 0xFFL) << (8 * (i % 8));
            }
            state.v[3] ^= m;
            state.rounds(2);
            state.v[0] ^= m;
        }
        state.v[2] ^= 0xEE;
        final long first = state.finish();
        state.v[1] ^= 0xDD;
        return new long[]{first, state.finish()};
    }

    private long finish() {
        rounds(4);
        return v[0] ^ v[1] ^ v[2] ^ v[3];
    }

    private void rounds(final int count) {
        for (int i = 0; i < count; i++) {
            half(0, 1, 13, true);
            half(2, 3, 16, false);
            half(0, 3, 21, false);
            half(2, 1, 17, true);
        }
    }

    /** One addition, rotation and exclusive or; some also rotate the sum by 32. */
    private void half(final int sum, final int other, final int rotation, final boolean swap) {
        v[sum] += v[other];
        v[other] = Long.rotateLeft(v[other], rotation) ^ v[sum];
        if (swap) {
            v[sum] = Long.rotateLeft(v[sum], 32);
        }
    }
}
