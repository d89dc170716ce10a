package io.envcli.perf.workload;

/**
 * What is true of a workload, so that whoever reads it can prove to have read it right.
 *
 * @param profile     of the workload.
 * @param seed        of the workload.
 * @param variables   distinct names, after last-wins.
 * @param assignments duplicates included.
 * @param lines       of text, those inside values included.
 * @param bytes       of text.
 * @param crc32c      of the text.
 * @param checksum    over names and last values, see {@link Checksum}.
 */
public record Truth(Profile profile, long seed, long variables, long assignments, long lines, long bytes, long crc32c,
        long checksum) {

    /** {@return one line for people and for the file beside a cached workload} */
    @Override
    public String toString() {
        return "profile=%s seed=%d variables=%d assignments=%d lines=%d bytes=%d crc32c=%08x checksum=%016x".formatted(
                profile.label(), seed, variables, assignments, lines, bytes, crc32c, checksum);
    }

    /**
     * Reads what {@link #toString()} wrote.
     *
     * @param line the text.
     * @return the truth.
     * @throws IllegalArgumentException if it is not such a line.
     */
    public static Truth parse(final String line) {
        final String[] fields = line.strip().split("[ =]", -1);
        if (fields.length != 16) {
            throw new IllegalArgumentException("not a line of truth: " + line);
        }
        return new Truth(Profile.fromLabel(fields[1]), Long.parseLong(fields[3]), Long.parseLong(fields[5]),
                Long.parseLong(fields[7]), Long.parseLong(fields[9]), Long.parseLong(fields[11]),
                Long.parseLong(fields[13], 16), Long.parseUnsignedLong(fields[15], 16));
    }
}
