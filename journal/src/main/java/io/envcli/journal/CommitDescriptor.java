package io.envcli.journal;

/**
 * Layout of the clear fields of a COMMIT or WHOLE frame.
 *
 * <pre>
 *  0         8             16             24               32     40           48                 80           112
 *  | version | frame count | change count | variable count | time | synced end | transaction hash | chain hash |
 *  little-endian; time in milliseconds since 1970
 * </pre>
 *
 * Synced end: up to this byte of its segment, and with everything in the segments before, the journal had been synced when
 * the commit was appended. So a hole before it is damage, and not what a power cut may leave.
 *
 * <p>The transaction hash starts as zeros and takes in each CHANGES frame of the transaction in order: SHA-256(hash ‖ frame
 * header ‖ tag of each block). The chain hash is SHA-256(chain hash of the commit before ‖ this frame's header up to its
 * CRCs ‖ these fields up to the chain hash). The one sealed block holds the words: each as a 2-byte length and UTF-8 bytes,
 * source, user, host.
 *
 * <p>In a WHOLE frame the frame count is 1 and the transaction hash stays zeros: the frame proves itself, since these fields
 * are associated data of its blocks. The words stand at the end of its last block, in a record of their own
 * ({@link BlockDescriptor}).
 */
final class CommitDescriptor {
    static final int VERSION = 0;
    static final int FRAME_COUNT = VERSION + Long.BYTES;
    static final int CHANGE_COUNT = FRAME_COUNT + Long.BYTES;
    static final int VARIABLE_COUNT = CHANGE_COUNT + Long.BYTES;
    static final int TIME = VARIABLE_COUNT + Long.BYTES;
    static final int SYNCED_END = TIME + Long.BYTES;
    static final int TRANSACTION_HASH = SYNCED_END + Long.BYTES;
    static final int CHAIN_HASH = TRANSACTION_HASH + Hash.LENGTH;
    static final int LENGTH = CHAIN_HASH + Hash.LENGTH;

    private CommitDescriptor() {}
}
