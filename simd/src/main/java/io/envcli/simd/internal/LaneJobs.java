package io.envcli.simd.internal;

/**
 * A bucket of nodes that wait to be hashed together, in columns so that a vector takes one field of all lanes.
 *
 * <pre>
 * 0        128       256        320       384            448           512
 * | inputs | outputs | counters | lengths | first flags  | last flags  |   16 of each
 *   8 B      8 B       4 B        4 B       4 B            4 B
 * </pre>
 *
 * Lengths are of the last block. Flags are of the first and the last block, beside the one of a keyed hash. A root's
 * output is 16 bytes, any other node's 32. Byte order is native: the memory never leaves the process.
 */
public final class LaneJobs {
    /** Nodes in a bucket, whatever the count of lanes. */
    public static final int CAPACITY = 16;
    /** Column of input addresses. */
    public static final int INPUTS = 0;
    /** Column of output addresses. */
    public static final int OUTPUTS = INPUTS + CAPACITY * Long.BYTES;
    /** Column of chunk numbers. */
    public static final int COUNTERS = OUTPUTS + CAPACITY * Long.BYTES;
    /** Column of the last block's length in bytes. */
    public static final int LENGTHS = COUNTERS + CAPACITY * Integer.BYTES;
    /** Column of the first block's flags. */
    public static final int FIRST_FLAGS = LENGTHS + CAPACITY * Integer.BYTES;
    /** Column of the last block's flags. */
    public static final int LAST_FLAGS = FIRST_FLAGS + CAPACITY * Integer.BYTES;
    /** Bytes of a bucket. */
    public static final int SIZE = LAST_FLAGS + CAPACITY * Integer.BYTES;

    private LaneJobs() {}

    /**
     * Writes a node.
     *
     * @param jobs       the bucket.
     * @param lane       0 to 15.
     * @param input      address of the node's bytes.
     * @param output     address of its result.
     * @param counter    the chunk's number, 0 for a parent.
     * @param length     of the last block in bytes.
     * @param firstFlags of the first block.
     * @param lastFlags  of the last block.
     */
    public static void set(final long jobs, final int lane, final long input, final long output, final int counter,
            final int length, final int firstFlags, final int lastFlags) {
        final long wide = jobs + (long) lane * Long.BYTES;
        final long narrow = jobs + (long) lane * Integer.BYTES;
        Memory.putLong(wide + INPUTS, input);
        Memory.putLong(wide + OUTPUTS, output);
        Memory.putInt(narrow + COUNTERS, counter);
        Memory.putInt(narrow + LENGTHS, length);
        Memory.putInt(narrow + FIRST_FLAGS, firstFlags);
        Memory.putInt(narrow + LAST_FLAGS, lastFlags);
    }

    /**
     * A node's input.
     *
     * @param jobs the bucket.
     * @param lane 0 to 15.
     * @return its address.
     */
    public static long input(final long jobs, final int lane) {
        return Memory.getLong(jobs + INPUTS + (long) lane * Long.BYTES);
    }

    /**
     * A node's output.
     *
     * @param jobs the bucket.
     * @param lane 0 to 15.
     * @return its address.
     */
    public static long output(final long jobs, final int lane) {
        return Memory.getLong(jobs + OUTPUTS + (long) lane * Long.BYTES);
    }

    /**
     * A chunk's number.
     *
     * @param jobs the bucket.
     * @param lane 0 to 15.
     * @return the number.
     */
    public static int counter(final long jobs, final int lane) {
        return Memory.getInt(jobs + COUNTERS + (long) lane * Integer.BYTES);
    }

    /**
     * Length of a node's last block.
     *
     * @param jobs the bucket.
     * @param lane 0 to 15.
     * @return bytes, 0 to 64.
     */
    public static int length(final long jobs, final int lane) {
        return Memory.getInt(jobs + LENGTHS + (long) lane * Integer.BYTES);
    }

    /**
     * Flags of a node's first block.
     *
     * @param jobs the bucket.
     * @param lane 0 to 15.
     * @return the flags.
     */
    public static int firstFlags(final long jobs, final int lane) {
        return Memory.getInt(jobs + FIRST_FLAGS + (long) lane * Integer.BYTES);
    }

    /**
     * Flags of a node's last block.
     *
     * @param jobs the bucket.
     * @param lane 0 to 15.
     * @return the flags.
     */
    public static int lastFlags(final long jobs, final int lane) {
        return Memory.getInt(jobs + LAST_FLAGS + (long) lane * Integer.BYTES);
    }

    /**
     * How many words of a node's result are wanted.
     *
     * @param lastFlags of the node.
     * @return 4 of a root, 8 of any other.
     */
    public static int resultWords(final int lastFlags) {
        return (lastFlags & Blake3Constants.ROOT) == 0
                ? Blake3Constants.VALUE_WORDS
                : Blake3Constants.HASH_LENGTH / Integer.BYTES;
    }
}
