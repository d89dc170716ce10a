package io.envcli.journal;

/**
 * Where a change stands in the journal, in one {@code long}.
 *
 * <pre>
 *  63                44 43                          14 13         4 3    0
 *  | segment (20 bits)  | unit: position / 4 (30 bits) | row (10)   | 0    |
 * </pre>
 *
 * The unit is the place in the segment's file of the block that holds the change; the row is the change in that block. The
 * low four bits are always 0: an index may use them. A location relative to a frame has segment 0 and counts units from the
 * frame's first byte, so adding it to the frame's base gives the absolute one.
 */
public final class Location {
    /** No location. */
    public static final long NONE = -1;
    /** The highest segment number. */
    public static final int MAX_SEGMENT = (1 << 20) - 1;
    /** Rows in a block at most. */
    public static final int MAX_ROWS = (1 << 10) - 1;

    private static final int ROW_SHIFT = 4;
    private static final int UNIT_SHIFT = ROW_SHIFT + 10;
    private static final int SEGMENT_SHIFT = UNIT_SHIFT + 30;
    private static final int UNIT_BYTES_SHIFT = 2;
    private static final long UNIT_MASK = (1L << 30) - 1;
    private static final long ROW_MASK = (1L << 10) - 1;

    private Location() {}

    /**
     * Puts a location together.
     *
     * @param segment  from 1, at most {@link #MAX_SEGMENT}; 0 in a relative location.
     * @param position byte position of the block, a multiple of 4 below 4 GiB.
     * @param row      in the block, below {@link #MAX_ROWS}.
     * @return the location.
     */
    public static long of(final int segment, final long position, final int row) {
        return ((long) segment << SEGMENT_SHIFT) | (position >>> UNIT_BYTES_SHIFT) << UNIT_SHIFT
                | (long) row << ROW_SHIFT;
    }

    /**
     * {@return the segment of a location}
     *
     * @param location absolute.
     */
    public static int segment(final long location) {
        return (int) (location >>> SEGMENT_SHIFT);
    }

    /**
     * {@return byte position of the block in the segment's file}
     *
     * @param location absolute.
     */
    public static long position(final long location) {
        return (location >>> UNIT_SHIFT & UNIT_MASK) << UNIT_BYTES_SHIFT;
    }

    /**
     * {@return the row in the block}
     *
     * @param location absolute or relative.
     */
    public static int row(final long location) {
        return (int) (location >>> ROW_SHIFT & ROW_MASK);
    }

    /**
     * {@return the same location with row 0: one number per block}
     *
     * @param location absolute.
     */
    public static long block(final long location) {
        return location >>> UNIT_SHIFT << UNIT_SHIFT;
    }
}
