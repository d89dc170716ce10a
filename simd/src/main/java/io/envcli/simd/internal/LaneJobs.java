package io.envcli.simd.internal;

/**
 * A bucket of nodes that wait to be hashed together, in columns so that a vector takes one field of all lanes. On the heap,
 * since vectors read arrays by much less code than memory outside it, and C1 gives up on too much.
 *
 * <p>Threading: one thread at a time.
 */
public final class LaneJobs {
    /** Nodes in a bucket, whatever the count of lanes. */
    static final int CAPACITY = 16;

    /** Addresses of the nodes' bytes. */
    final long[] inputs = new long[CAPACITY];
    /** Addresses of the results: 16 bytes of a root's, 32 of any other node's. */
    final long[] outputs = new long[CAPACITY];
    /** Numbers of the chunks, 0 of a parent. */
    final int[] counters = new int[CAPACITY];
    /** Lengths of the last blocks, in bytes. */
    final int[] lengths = new int[CAPACITY];
    /** Flags of the first blocks, beside the one of a keyed hash. */
    final int[] firstFlags = new int[CAPACITY];
    /** Flags of the last blocks, beside the one of a keyed hash. */
    final int[] lastFlags = new int[CAPACITY];
    /** How many nodes wait; written by the bucket's owner alone. */
    int count;

    LaneJobs() {}

    /** Adds a node; there must be room. */
    void add(final long input, final long output, final int counter, final int length, final int first,
            final int last) {
        final int lane = count;
        inputs[lane] = input;
        outputs[lane] = output;
        counters[lane] = counter;
        lengths[lane] = length;
        firstFlags[lane] = first;
        lastFlags[lane] = last;
        count = lane + 1;
    }

    /** How many words of a node's result are wanted. */
    int resultWords(final int lane) {
        return (lastFlags[lane] & Blake3Constants.ROOT) == 0
                ? Blake3Constants.VALUE_WORDS
                : Blake3Constants.HASH_LENGTH / Integer.BYTES;
    }
}
