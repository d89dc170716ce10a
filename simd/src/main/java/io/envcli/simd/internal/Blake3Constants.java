package io.envcli.simd.internal;

/** What the BLAKE3 paper fixes. */
public final class Blake3Constants {
    /** Bytes in a key. */
    public static final int KEY_LENGTH = 32;
    /** Bytes of output that this project keeps. */
    public static final int HASH_LENGTH = 16;
    /** Bytes in a block. */
    public static final int BLOCK_LENGTH = 64;
    /** Bytes in a chunk. */
    public static final int CHUNK_LENGTH = 1024;
    /** Blocks in a full chunk. */
    public static final int CHUNK_BLOCKS = CHUNK_LENGTH / BLOCK_LENGTH;
    /** Words in a chaining value. */
    public static final int VALUE_WORDS = 8;
    /** Bytes in a chaining value. */
    public static final int VALUE_LENGTH = VALUE_WORDS * Integer.BYTES;
    /** Words in a block. */
    public static final int BLOCK_WORDS = BLOCK_LENGTH / Integer.BYTES;
    /** Rounds of a compression. */
    public static final int ROUNDS = 7;

    /** Flag of a chunk's first block. */
    public static final int CHUNK_START = 1;
    /** Flag of a chunk's last block. */
    public static final int CHUNK_END = 2;
    /** Flag of an inner node of the tree. */
    public static final int PARENT = 4;
    /** Flag of the last block of the last node. */
    public static final int ROOT = 8;
    /** Flag of every block of a keyed hash. */
    public static final int KEYED_HASH = 16;

    /** Word of the initial state. */
    static final int IV0 = 0x6A09E667;
    /** Word of the initial state. */
    static final int IV1 = 0xBB67AE85;
    /** Word of the initial state. */
    static final int IV2 = 0x3C6EF372;
    /** Word of the initial state. */
    static final int IV3 = 0xA54FF53A;

    private Blake3Constants() {}

    /**
     * How many blocks an input or chunk has; an empty one has one.
     *
     * @param length in bytes, 0 to {@link #CHUNK_LENGTH}.
     * @return 1 to {@link #CHUNK_BLOCKS}.
     */
    public static int blocks(final int length) {
        return length == 0 ? 1 : (length + BLOCK_LENGTH - 1) >>> 6;
    }

    /**
     * How many chunks an input has; an empty one has one.
     *
     * @param length in bytes, at least 0.
     * @return at least 1.
     */
    public static int chunks(final int length) {
        return length == 0 ? 1 : ((length - 1) >>> 10) + 1;
    }

    /**
     * The order in which each round takes the words of a block.
     *
     * @return 16 numbers for each of the 7 rounds; a new array.
     */
    static int[] schedule() {
        final int[] permutation = {2, 6, 3, 10, 7, 0, 4, 13, 1, 11, 12, 5, 9, 14, 15, 8};
        final int[] schedule = new int[ROUNDS * BLOCK_WORDS];
        for (int i = 0; i < BLOCK_WORDS; i++) {
            schedule[i] = i;
        }
        for (int i = BLOCK_WORDS; i < schedule.length; i++) {
            schedule[i] = schedule[i - i % BLOCK_WORDS - BLOCK_WORDS + permutation[i % BLOCK_WORDS]];
        }
        return schedule;
    }
}
