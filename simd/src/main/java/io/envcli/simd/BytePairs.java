package io.envcli.simd;

/**
 * Pairs of bytes that are looked for at once by a {@link PairKernel}: two that follow each other, or one with whatever follows.
 *
 * <p>Threading: immutable.
 */
public final class BytePairs {
    private static final long IN_EVERY_BYTE = 0x0101_0101_0101_0101L;

    private final long[] firsts;
    private final long[] seconds;
    private final boolean[] areSingle;

    /**
     * Takes pairs.
     *
     * @param pairs the first byte of each in the lower half, its second in the upper one of 16 bits; for one byte alone, that
     *              byte in the lower half and -1 above.
     */
    public BytePairs(final int... pairs) {
        firsts = new long[pairs.length];
        seconds = new long[pairs.length];
        areSingle = new boolean[pairs.length];
        for (int i = 0; i < pairs.length; i++) {
            firsts[i] = (pairs[i] & 0xFF) * IN_EVERY_BYTE;
            areSingle[i] = pairs[i] < 0;
            seconds[i] = areSingle[i] ? firsts[i] : (pairs[i] >>> Byte.SIZE & 0xFF) * IN_EVERY_BYTE;
        }
    }

    /** {@return how many there are} */
    public int count() {
        return firsts.length;
    }

    /**
     * The first byte of a pair.
     *
     * @param pair its number.
     * @return the byte, in every byte of the answer.
     */
    public long first(final int pair) {
        return firsts[pair];
    }

    /**
     * The second byte of a pair, or the one byte again.
     *
     * @param pair its number.
     * @return the byte, in every byte of the answer.
     */
    public long second(final int pair) {
        return seconds[pair];
    }

    /**
     * Whether a pair is one byte alone.
     *
     * @param pair its number.
     * @return whether it is.
     */
    public boolean isSingle(final int pair) {
        return areSingle[pair];
    }
}
