package io.envcli.offheap;

/**
 * Layout of a {@link Slab}.
 *
 * <pre>
 *  0      4       8            16           20          24         28         32        40         48         56
 *  | kind | flags | transaction | text offset | text length | row count | reserved | version | location | sequence | reserved
 *  64             + headroom         + text capacity     + 64           (8-aligned)
 *  | headroom …   | text …           | padding           | variable table …
 * </pre>
 *
 * All integers are in native order: a slab never leaves its process. Offsets are relative to the slab. Text is written at
 * {@link #TEXT_OFFSET headroom's end}; the tail that the parser could not finish in the slab before is copied in front of
 * it, into the headroom. The padding lets kernels read past the end of the text.
 */
final class SlabDescriptor {
    static final int KIND = 0;
    static final int FLAGS = KIND + Integer.BYTES;
    static final int TRANSACTION = FLAGS + Integer.BYTES;
    static final int TEXT_OFFSET = TRANSACTION + Long.BYTES;
    static final int TEXT_LENGTH = TEXT_OFFSET + Integer.BYTES;
    static final int ROW_COUNT = TEXT_LENGTH + Integer.BYTES;
    static final int RESERVED = ROW_COUNT + Integer.BYTES;
    static final int VERSION = RESERVED + Integer.BYTES;
    static final int LOCATION = VERSION + Long.BYTES;
    static final int SEQUENCE = LOCATION + Long.BYTES;
    static final int HEADER_LENGTH = 64;

    /** Bytes after the text that belong to the slab and mean nothing: kernels may read them. */
    static final int PADDING = 64;

    private SlabDescriptor() {}
}
