package io.envcli.scan.internal.secret;

/** How evenly the bytes of a text are spread, as Shannon has it: a placeholder has less than what was drawn at random. */
final class Entropy {
    private static final double LN_2 = Math.log(2);

    private Entropy() {}

    /**
     * The entropy of some bytes.
     *
     * @param bytes borrowed.
     * @param from  the first one.
     * @param to    after the last.
     * @return bits a byte, 0 to 8; at most the binary logarithm of their count.
     */
    static double of(final byte[] bytes, final int from, final int to) {
        final int[] counts = new int[256];
        for (int i = from; i < to; i++) {
            counts[bytes[i] & 0xFF]++;
        }
        final double length = to - from;
        double entropy = 0;
        for (final int count : counts) {
            if (count > 0) {
                entropy -= count / length * Math.log(count / length) / LN_2;
            }
        }
        return entropy;
    }
}
