package io.envcli.simd.internal;

/**
 * Inputs that wait to be hashed together, in columns: word w of lane i is at {@code w * CAPACITY + i}.
 *
 * <p>Threading: one thread at a time.
 */
public final class SipJobs {
    /** Inputs that fit, whatever the count of lanes. */
    public static final int CAPACITY = 8;
    /** Words of the longest input, its length byte included. */
    static final int WORDS = 8;
    /** Bytes of the longest input: longer ones share a group with too few of their kind. */
    public static final int MAX_LENGTH = WORDS * Long.BYTES - 1;

    /** Inputs shorter than this take the short way; the last word is among the four. */
    private static final int SHORT = 4 * Long.BYTES;
    /** The smallest page there is. */
    private static final int PAGE = 4096;

    /** The inputs' words, the last of each with the length in its high byte. */
    final long[] message = new long[WORDS * CAPACITY];
    /** How many words each input has, 1 to {@link #WORDS}. */
    final long[] words = new long[CAPACITY];
    /** Both halves of the hashes, half h of lane i at {@code h * CAPACITY + i}. */
    final long[] hashes = new long[2 * CAPACITY];
    private final long[] outputs = new long[CAPACITY];
    /** How many inputs wait. */
    private int count;

    /** Makes an empty group. */
    public SipJobs() {}

    /** {@return how many inputs wait} */
    public int count() {
        return count;
    }

    /**
     * Adds an input, of which nothing is borrowed; there must be room.
     *
     * @param address of its bytes; bytes of the same 4 KiB page may be read past the end.
     * @param length  in bytes, at most {@link #MAX_LENGTH}.
     * @param output  where the 16 bytes go.
     */
    public void add(final long address, final int length, final long output) {
        final int lane = count++;
        final int whole = length >> 3;
        outputs[lane] = output;
        words[lane] = whole + 1L;
        // Of nothing, the address may be anything.
        if (length > 0 && length < SHORT && (address & (PAGE - 1)) <= PAGE - SHORT) {
            addShort(address, length, lane);
            return;
        }
        for (int i = 0; i < whole; i++) {
            message[lane + i * CAPACITY] = Memory.getLong(address + (long) i * Long.BYTES);
        }
        message[lane + whole * CAPACITY] = SipWords.tail(address, length) | (long) length << 56;
    }

    /**
     * How short a name is, no branch predictor can know: so four words are read whatever the length. What is too much is
     * within the page, where it cannot fault; in the last word it is masked out, and the words behind are not looked at.
     */
    private void addShort(final long address, final int length, final int lane) {
        message[lane] = Memory.getLong(address);
        message[lane + CAPACITY] = Memory.getLong(address + Long.BYTES);
        message[lane + 2 * CAPACITY] = Memory.getLong(address + 2L * Long.BYTES);
        message[lane + 3 * CAPACITY] = Memory.getLong(address + 3L * Long.BYTES);
        final long keep = (1L << (length << 3)) - 1; // A shift counts modulo 64: the bytes behind the last whole word.
        final int last = lane + (length >> 3) * CAPACITY;
        message[last] = (message[last] & keep) | (long) length << 56;
    }

    /** Writes the hashes to where they go, and empties the group. */
    public void store() {
        for (int i = 0; i < count; i++) {
            Memory.putLong(outputs[i], hashes[i]);
            Memory.putLong(outputs[i] + Long.BYTES, hashes[CAPACITY + i]);
        }
        count = 0;
    }

    /** {@return words of the longest input} */
    int longest() {
        long longest = 0;
        for (int i = 0; i < count; i++) {
            longest = Math.max(longest, words[i]);
        }
        return (int) longest;
    }
}
