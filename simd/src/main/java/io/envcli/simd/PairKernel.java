package io.envcli.simd;

/**
 * Finds pairs of bytes in a text: a search for several literals looks for a rare pair of each, and compares where one stands.
 * Two compared bytes are rarer than any one, and both are compared at all places at once (after the search by first and
 * last byte in W. Muła, "SIMD-friendly algorithms for substring searching").
 *
 * <p>Threading: stateless, any thread.
 */
public interface PairKernel {
    /** So many bytes may be read past the end of a text, whatever they are. */
    int OVER_READ = 128;

    /**
     * Finds the first place at or after one where a pair stands.
     *
     * @param pairs   to look for.
     * @param address of the text, absolute, borrowed; {@value #OVER_READ} bytes after it must be readable.
     * @param length  of the text in bytes, at least 0.
     * @param from    where to begin, at least 0.
     * @return the offset of the pair's first byte. A pair whose second byte lies past the end may be found or not; where no
     *         pair is left, the answer is the length.
     */
    int find(BytePairs pairs, long address, int length, int from);
}
