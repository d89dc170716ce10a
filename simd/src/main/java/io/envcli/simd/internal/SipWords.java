package io.envcli.simd.internal;

import org.jspecify.annotations.Nullable;

/** What the scalar and the vector SipHash have in common: how an input becomes words. */
public final class SipWords {
    /** Rounds before each half of the hash is taken. */
    public static final int FINAL_ROUNDS = 4;

    private SipWords() {}

    /**
     * The bytes behind the last whole word. Mostly they are the end of the input's last 8, taken without a loop.
     *
     * @param address of the input.
     * @param length  of it in bytes.
     * @return 0 to 7 bytes, little-endian.
     */
    public static long tail(final long address, final int length) {
        return tail(null, address, length);
    }

    /**
     * The same of an input that may be in an array.
     *
     * @param base    the array, or null for memory outside the heap.
     * @param address of the input: in the array from {@link Memory#ARRAY} on, or absolute.
     * @param length  of it in bytes.
     * @return 0 to 7 bytes, little-endian.
     */
    public static long tail(final @Nullable Object base, final long address, final int length) {
        if (length < Long.BYTES) {
            return Memory.getTail(base, address, length);
        }
        // Two shifts, because one by 64, where no byte is left, would be none.
        final long last = Memory.getLong(base, address + length - Long.BYTES);
        return (last >>> (Byte.SIZE * (7 - (length & 7)))) >>> Byte.SIZE;
    }
}
