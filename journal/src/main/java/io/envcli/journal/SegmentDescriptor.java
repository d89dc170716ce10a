package io.envcli.journal;

/**
 * Layout of the clear fields of a SEGMENT frame, the first of each segment: what came before.
 *
 * <pre>
 *  0              8            40                 48              56     64                 68             72
 *  | last version | chain hash | next transaction | previous end  | time | previous segment | previous pages |
 *  little-endian; time in milliseconds since 1970
 * </pre>
 *
 * The number of the next change is the header's first change. The previous end is the byte position behind the last valid
 * frame of the previous segment: whatever lies behind it is no part of the journal. The frame has one sealed block without
 * content, so that a wrong key is told from damage. The previous pages are the checksum by {@link QueuePages} of the previous
 * segment; 0 in the first.
 */
final class SegmentDescriptor {
    static final int LAST_VERSION = 0;
    static final int CHAIN_HASH = LAST_VERSION + Long.BYTES;
    static final int NEXT_TRANSACTION = CHAIN_HASH + Hash.LENGTH;
    static final int PREVIOUS_END = NEXT_TRANSACTION + Long.BYTES;
    static final int TIME = PREVIOUS_END + Long.BYTES;
    static final int PREVIOUS_SEGMENT = TIME + Long.BYTES;
    static final int PREVIOUS_PAGES = PREVIOUS_SEGMENT + Integer.BYTES;
    static final int LENGTH = PREVIOUS_PAGES + Integer.BYTES;

    private SegmentDescriptor() {}
}
