package io.envcli.journal;

/**
 * How a writer lays out the journal. Nothing here is needed to read what was written.
 *
 * @param segmentBytes         a segment whose file is longer than this is followed by a new one; 1 MiB to 3 GiB.
 * @param blockBytes           plaintext of a sealed block, about; 1 KiB to 64 KiB. A longer change has a block of its own.
 * @param frameBytes           length from which a frame counts as full; 4 KiB to 4 MiB.
 * @param queueBlockBytes      address space that the queue maps at once; 1 MiB to 1 GiB, a power of two.
 * @param firstAllocationBytes disk space taken ahead at first; doubled each time; at least 64 KiB.
 * @param maxAllocationBytes   disk space taken ahead at most.
 */
public record JournalConfig(long segmentBytes, int blockBytes, int frameBytes, int queueBlockBytes,
        long firstAllocationBytes, long maxAllocationBytes) {
    /** What suits most stores. */
    public static final JournalConfig DEFAULT = new JournalConfig(1L << 30, 16 << 10, 512 << 10, 16 << 20, 256 << 10,
            64 << 20);

    /** Checks the ranges. */
    public JournalConfig {
        check("segmentBytes", segmentBytes, 1 << 20, 3L << 30);
        check("blockBytes", blockBytes, 1 << 10, 64 << 10);
        check("frameBytes", frameBytes, 4 << 10, 4 << 20);
        check("queueBlockBytes", queueBlockBytes, 1 << 20, 1 << 30);
        check("firstAllocationBytes", firstAllocationBytes, 64 << 10, 1L << 30);
        check("maxAllocationBytes", maxAllocationBytes, firstAllocationBytes, 1L << 30);
        if (Integer.bitCount(queueBlockBytes) != 1) {
            throw new IllegalArgumentException("queueBlockBytes=" + queueBlockBytes + " must be a power of two");
        }
    }

    /**
     * {@return this with another segment length}
     *
     * @param bytes 1 MiB to 3 GiB.
     */
    public JournalConfig withSegmentBytes(final long bytes) {
        return new JournalConfig(bytes, blockBytes, frameBytes, queueBlockBytes, firstAllocationBytes,
                maxAllocationBytes);
    }

    /**
     * {@return this with another block length}
     *
     * @param bytes 1 KiB to 64 KiB.
     */
    public JournalConfig withBlockBytes(final int bytes) {
        return new JournalConfig(segmentBytes, bytes, frameBytes, queueBlockBytes, firstAllocationBytes,
                maxAllocationBytes);
    }

    private static void check(final String name, final long value, final long min, final long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(name + "=" + value + " must be between " + min + " and " + max);
        }
    }
}
