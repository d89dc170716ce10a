package io.envcli.simd;

import io.envcli.simd.internal.Memory;
import io.envcli.simd.internal.SipJobs;
import io.envcli.simd.internal.SipKernel;
import io.envcli.simd.internal.SipWords;
import org.jspecify.annotations.Nullable;

import java.util.Objects;

/**
 * SipHash-2-4 with 128 bits of output: a keyed hash that is short enough to be worth it for a name of a few bytes.
 * {@link SipHashLanes} hashes many at once.
 *
 * <p>Threading: any thread; immutable. Allocation-free.
 */
public final class SipHash {
    /** Length of a hash in bytes. */
    public static final int HASH_LENGTH = 16;

    private final long k0;
    private final long k1;

    /**
     * Takes the key.
     *
     * @param k0 its first 8 bytes, little-endian.
     * @param k1 its last 8 bytes, little-endian.
     */
    public SipHash(final long k0, final long k1) {
        this.k0 = k0;
        this.k1 = k1;
    }

    /**
     * Hashes an input. Nothing past its end is read.
     *
     * @param address       of the input, absolute, borrowed.
     * @param length        in bytes, at least 0.
     * @param outputAddress where the 16 bytes go, little-endian, at any alignment.
     */
    public void hash(final long address, final int length, final long outputAddress) {
        hash(null, address, length, outputAddress);
    }

    /**
     * Hashes a part of an array, where it stands.
     *
     * @param input         borrowed.
     * @param offset        of the first byte.
     * @param length        in bytes, at least 0.
     * @param outputAddress where the 16 bytes go, little-endian, at any alignment.
     * @throws IndexOutOfBoundsException if the part is not in the array.
     */
    public void hash(final byte[] input, final int offset, final int length, final long outputAddress) {
        Objects.checkFromIndexSize(offset, length, input.length);
        hash(input, Memory.ARRAY + offset, length, outputAddress);
    }

    private void hash(final @Nullable Object base, final long address, final int length, final long outputAddress) {
        long v0 = k0 ^ 0x736F6D6570736575L;
        long v1 = k1 ^ 0x646F72616E646F6DL ^ 0xEEL;
        long v2 = k0 ^ 0x6C7967656E657261L;
        long v3 = k1 ^ 0x7465646279746573L;
        final long lastAt = address + (length & ~7);
        final long last = SipWords.tail(base, address, length) | (long) length << 56;
        for (long at = address; at <= lastAt; at += Long.BYTES) {
            final long word = at < lastAt ? Memory.getLong(base, at) : last;
            v3 ^= word;
            for (int round = 0; round < 2; round++) {
                v0 += v1;
                v2 += v3;
                v1 = Long.rotateLeft(v1, 13) ^ v0;
                v3 = Long.rotateLeft(v3, 16) ^ v2;
                v0 = Long.rotateLeft(v0, 32) + v3;
                v2 += v1;
                v3 = Long.rotateLeft(v3, 21) ^ v0;
                v1 = Long.rotateLeft(v1, 17) ^ v2;
                v2 = Long.rotateLeft(v2, 32);
            }
            v0 ^= word;
        }
        v2 ^= 0xEEL;
        for (int half = 0; half < 2; half++) {
            for (int round = 0; round < SipWords.FINAL_ROUNDS; round++) {
                v0 += v1;
                v2 += v3;
                v1 = Long.rotateLeft(v1, 13) ^ v0;
                v3 = Long.rotateLeft(v3, 16) ^ v2;
                v0 = Long.rotateLeft(v0, 32) + v3;
                v2 += v1;
                v3 = Long.rotateLeft(v3, 21) ^ v0;
                v1 = Long.rotateLeft(v1, 17) ^ v2;
                v2 = Long.rotateLeft(v2, 32);
            }
            Memory.putLong(outputAddress + (long) half * Long.BYTES, v0 ^ v1 ^ v2 ^ v3);
            v1 ^= 0xDDL;
        }
    }

    /** Hashes a group in lanes. */
    void hash(final SipKernel kernel, final SipJobs jobs) {
        kernel.hash(jobs, k0, k1);
        jobs.store();
    }
}
