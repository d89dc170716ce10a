package io.envcli.journal;

/**
 * Layout of an encoded {@link Checkpoint}.
 *
 * <pre>
 *  0         4         8          16            24             32                 40           72     104
 *  | version | segment | position | next change | last version | next transaction | chain hash | salt | open count |
 *  108, then for each open transaction
 *  | number (8) | frames (8) | changes (8) | hash (32) |      and at the end   | CRC (4) |
 *  little-endian; CRC: CRC-32C of all before it
 * </pre>
 */
final class CheckpointDescriptor {
    static final int VERSION = 0;
    static final int SEGMENT = VERSION + Integer.BYTES;
    static final int POSITION = SEGMENT + Integer.BYTES;
    static final int NEXT_CHANGE = POSITION + Long.BYTES;
    static final int LAST_VERSION = NEXT_CHANGE + Long.BYTES;
    static final int NEXT_TRANSACTION = LAST_VERSION + Long.BYTES;
    static final int CHAIN_HASH = NEXT_TRANSACTION + Long.BYTES;
    static final int SALT = CHAIN_HASH + Hash.LENGTH;
    static final int OPEN_COUNT = SALT + Hash.LENGTH;
    static final int OPEN = OPEN_COUNT + Integer.BYTES;

    static final int OPEN_NUMBER = 0;
    static final int OPEN_FRAMES = OPEN_NUMBER + Long.BYTES;
    static final int OPEN_CHANGES = OPEN_FRAMES + Long.BYTES;
    static final int OPEN_HASH = OPEN_CHANGES + Long.BYTES;
    static final int OPEN_LENGTH = OPEN_HASH + Hash.LENGTH;

    static final int CRC_LENGTH = Integer.BYTES;
    static final int VERSION_VALUE = 1;

    private CheckpointDescriptor() {}
}
