package io.envcli.journal;

/**
 * Layout of a frame: what one Chronicle document holds.
 *
 * <pre>
 *  0       4         6      7          8          24        28             32            40             48
 *  | magic | version | kind | reserved | store id | segment | frame length | transaction | first change | change count …
 *  52            56            64     96             100         104          108
 *  | block count | first nonce | salt | clear length | frame CRC | header CRC | clear fields … | blocks …
 *  little-endian; the frame starts 4-aligned in the file and its length is a multiple of 4
 * </pre>
 *
 * <ul>
 * <li>version: 2 of a frame of kind {@link #WHOLE}, 1 of all others, as it was before there was that kind;
 * <li>kind: {@link #SEGMENT}, {@link #CHANGES}, {@link #COMMIT} or {@link #WHOLE}; the clear fields are those of
 * {@link SegmentDescriptor}, none, and twice {@link CommitDescriptor};
 * <li>first change: number in the whole store of the frame's first change, from 0; in a frame without changes, of the
 * next one to come;
 * <li>salt: 32 random bytes of the writer's opening, from which its block key is derived; the nonce of block <i>i</i> is
 * four zero bytes and first nonce + <i>i</i> as 8 bytes;
 * <li>header CRC: CRC-32C of everything before it; frame CRC: CRC-32C of everything after the header.
 * </ul>
 *
 * The associated data of a block are the header up to its CRCs, the clear fields, and the block's prefix
 * ({@link BlockDescriptor}): so a block opens only in its own store, frame and place.
 */
final class FrameDescriptor {
    static final int MAGIC = 0;
    static final int VERSION = MAGIC + Integer.BYTES;
    static final int KIND = VERSION + Short.BYTES;
    static final int RESERVED = KIND + Byte.BYTES;
    static final int STORE_ID = RESERVED + Byte.BYTES;
    static final int STORE_ID_LENGTH = 16;
    static final int SEGMENT_NUMBER = STORE_ID + STORE_ID_LENGTH;
    static final int FRAME_LENGTH = SEGMENT_NUMBER + Integer.BYTES;
    static final int TRANSACTION = FRAME_LENGTH + Integer.BYTES;
    static final int FIRST_CHANGE = TRANSACTION + Long.BYTES;
    static final int CHANGE_COUNT = FIRST_CHANGE + Long.BYTES;
    static final int BLOCK_COUNT = CHANGE_COUNT + Integer.BYTES;
    static final int FIRST_NONCE = BLOCK_COUNT + Integer.BYTES;
    static final int SALT = FIRST_NONCE + Long.BYTES;
    static final int CLEAR_LENGTH = SALT + Hash.LENGTH;
    /** Bytes of the header that are associated data of every block. */
    static final int SEALED_LENGTH = CLEAR_LENGTH + Integer.BYTES;
    static final int FRAME_CRC = SEALED_LENGTH;
    static final int HEADER_CRC = FRAME_CRC + Integer.BYTES;
    static final int HEADER_LENGTH = HEADER_CRC + Integer.BYTES;

    /** The bytes {@code ECJF}. */
    static final int MAGIC_VALUE = 0x46_4A_43_45;
    static final int VERSION_VALUE = 1;
    /** Of frames of kind {@link #WHOLE}: an env-cli that does not know them says so, and does not call them damaged. */
    static final int WHOLE_VERSION_VALUE = 2;

    /** Kind: the first frame of a segment. */
    static final int SEGMENT = 1;
    /** Kind: sealed changes. */
    static final int CHANGES = 2;
    /** Kind: ends a transaction and makes a version. */
    static final int COMMIT = 3;
    /** Kind: a whole transaction, sealed changes and their commit, which makes a version. */
    static final int WHOLE = 4;

    /** No frame is longer: a change is at most a few hundred KiB, and frames are appended far below this. */
    static final int MAX_FRAME_LENGTH = 8 << 20;

    private FrameDescriptor() {}

    /** The format's version that frames of a kind have. */
    static int version(final int kind) {
        return kind == WHOLE ? WHOLE_VERSION_VALUE : VERSION_VALUE;
    }

    /** Whether frames of a kind end a transaction and make a version. */
    static boolean isCommit(final int kind) {
        return kind == COMMIT || kind == WHOLE;
    }
}
