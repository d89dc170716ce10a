package io.envcli.journal;

/**
 * What env-cli knows of the file format of Chronicle Queue: enough to walk its documents without opening a queue.
 *
 * <pre>
 *  31          30         29 … 0
 *  | not ready | metadata | length of the content in bytes |   then the content, padded to a multiple of 4
 *  little-endian, 4-aligned; the first document, at position 0, is metadata; a header of 0 is the end
 * </pre>
 *
 * Metadata documents are the queue's own (its header and indices) and are passed over.
 */
final class QueueFileDescriptor {
    static final int HEADER_LENGTH = Integer.BYTES;
    static final int NOT_READY = 1 << 31;
    static final int METADATA = 1 << 30;
    static final int LENGTH_MASK = METADATA - 1;

    /** The one file of a segment's queue: its clock stands still at 0, so that it never rolls by time. */
    static final String FILE_NAME = "19700101F.cq4";
    /** What the queue renames to {@link #FILE_NAME} instead of making a file. */
    static final String PRECREATED_NAME = "19700101F.precreated";
    /** The queue's table of locks and counters. */
    static final String TABLE_NAME = "metadata.cq4t";

    private QueueFileDescriptor() {}
}
