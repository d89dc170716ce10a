package io.envcli.simd.internal;

/**
 * Memory that a lane kernel works in. A row is one word of every lane, as wide as the kernel's vector, at most 64 bytes.
 *
 * <pre>
 * 0     32               64              576                 1600
 * | key | not used       | value, 8 rows | message, 16 rows  |
 * </pre>
 *
 * The message first has a block of 64 bytes for each lane, which is then transposed in place. Byte order is native.
 */
public final class LaneScratch {
    /** The key, 8 words. */
    public static final int KEY = 0;
    /** The chaining values. */
    public static final int VALUE = 64;
    /** The message. */
    public static final int MESSAGE = VALUE + Blake3Constants.VALUE_WORDS * LaneJobs.CAPACITY * Integer.BYTES;
    /** Bytes in all. */
    public static final int SIZE = MESSAGE + Blake3Constants.BLOCK_WORDS * LaneJobs.CAPACITY * Integer.BYTES;

    private LaneScratch() {}
}
