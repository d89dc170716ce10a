package io.envcli.perf.workload;

/**
 * A distribution of lengths, given by some of its quantiles; straight lines in between.
 *
 * <p>Threading: immutable.
 */
final class Lengths {
    private static final int STEPS = 1 << 13;

    private final short[] byStep = new short[STEPS];

    /**
     * A distribution.
     *
     * @param quantiles pairs of probability and length, both ascending; the first probability is 0, the last 1.
     */
    Lengths(final double... quantiles) {
        int pair = 0;
        for (int step = 0; step < STEPS; step++) {
            final double p = (step + 0.5) / STEPS;
            while (p > quantiles[pair + 2]) {
                pair += 2;
            }
            final double share = (p - quantiles[pair]) / (quantiles[pair + 2] - quantiles[pair]);
            byStep[step] = (short) Math
                    .round(quantiles[pair + 1] + share * (quantiles[pair + 3] - quantiles[pair + 1]));
        }
    }

    /**
     * Picks a length.
     *
     * @param bits random ones.
     * @return a length in bytes.
     */
    int pick(final long bits) {
        return byStep[Draws.scale(bits, STEPS)];
    }
}
