package io.envcli.journal;

/**
 * Layout of the file {@code lock} of a store: who writes, and how the last writer left.
 *
 * <pre>
 *  0       4         6       7        8     16     24        40        44         48             56            64
 *  | magic | version | state | synced | pid | time | boot id | segment | pages | end position    | file length | …
 *  64            72             80                 88           120   124
 *  | next change | last version | next transaction | chain hash | CRC |
 *  little-endian; time in milliseconds since 1970
 * </pre>
 *
 * Everything from segment on is 0 while the state is {@link #OPEN}. Synced is 1 when every frame had been synced before the
 * writer left; if not, the state {@link #CLEAN} holds only for the boot that it names. Pages: the
 * checksum by {@link QueuePages} of the last segment. CRC: CRC-32C of all before it,
 * which any later format must have here too: else a flipped bit of the version would make the store one of the future.
 */
final class LockDescriptor {
    static final int MAGIC = 0;
    static final int VERSION = MAGIC + Integer.BYTES;
    static final int STATE = VERSION + Short.BYTES;
    static final int SYNCED = STATE + Byte.BYTES;
    static final int PID = SYNCED + Byte.BYTES;
    static final int TIME = PID + Long.BYTES;
    static final int BOOT_ID = TIME + Long.BYTES;
    static final int BOOT_ID_LENGTH = 16;
    static final int SEGMENT = BOOT_ID + BOOT_ID_LENGTH;
    static final int QUEUE_PAGES = SEGMENT + Integer.BYTES;
    static final int END_POSITION = QUEUE_PAGES + Integer.BYTES;
    static final int FILE_LENGTH = END_POSITION + Long.BYTES;
    static final int NEXT_CHANGE = FILE_LENGTH + Long.BYTES;
    static final int LAST_VERSION = NEXT_CHANGE + Long.BYTES;
    static final int NEXT_TRANSACTION = LAST_VERSION + Long.BYTES;
    static final int CHAIN_HASH = NEXT_TRANSACTION + Long.BYTES;
    static final int CRC = CHAIN_HASH + Hash.LENGTH;
    static final int LENGTH = CRC + Integer.BYTES;

    /** The bytes {@code ECLK}. */
    static final int MAGIC_VALUE = 0x4B_4C_43_45;
    static final int VERSION_VALUE = 1;

    /** State: a writer has the store, or ended without saying so. */
    static final int OPEN = 1;
    /** State: the last writer left everything whole. */
    static final int CLEAN = 2;

    private LockDescriptor() {}
}
