package io.envcli.perf.workload;

/**
 * Seeded numbers by position: the same seed, position and purpose give the same number, in any order of asking.
 *
 * <p>Threading: immutable.
 *
 * @param seed of all numbers.
 */
record Draws(long seed) {
    private static final long POSITION_STEP = 0x9E3779B97F4A7C15L;
    private static final long PURPOSE_STEP = 0xD1B54A32D192ED03L;

    /**
     * Sixty-four random bits.
     *
     * @param position any number.
     * @param purpose  separates the numbers drawn for one position.
     * @return evenly distributed bits.
     */
    long bits(final long position, final int purpose) {
        return mix(seed + position * POSITION_STEP + purpose * PURPOSE_STEP);
    }

    /**
     * A random number below a bound.
     *
     * @param position any number.
     * @param purpose  separates the numbers drawn for one position.
     * @param bound    at least 1.
     * @return 0 to bound - 1.
     */
    int below(final long position, final int purpose, final int bound) {
        return scale(bits(position, purpose), bound);
    }

    /**
     * Scales random bits to a bound.
     *
     * @param bits  of which the upper half is used.
     * @param bound at least 1.
     * @return 0 to bound - 1.
     */
    static int scale(final long bits, final int bound) {
        return (int) (((bits >>> 32) * bound) >>> 32);
    }

    /**
     * The finalizer of SplitMix64.
     *
     * @param input any bits.
     * @return well-mixed bits; a bijection of the input.
     */
    static long mix(final long input) {
        long z = input;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
