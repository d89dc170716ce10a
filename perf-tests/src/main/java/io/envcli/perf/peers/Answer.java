package io.envcli.perf.peers;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a parser says of its work.
 *
 * @param variables that it found.
 * @param nanos     that a parse of the text took, without reading it.
 */
record Answer(long variables, long nanos) {
    private static final Pattern LINE = Pattern.compile("variables=(\\d+) nanos=(\\d+)");

    /**
     * Reads what a peer prints.
     *
     * @param output of the peer: one line.
     * @return the answer.
     * @throws IllegalStateException if it is something else.
     */
    static Answer parse(final String output) {
        final Matcher line = LINE.matcher(output.strip());
        if (!line.matches()) {
            throw new IllegalStateException("the peer did not print variables and nanos, but: " + output.strip());
        }
        return new Answer(Long.parseLong(line.group(1)), Long.parseLong(line.group(2)));
    }

    /** {@return variables a second} */
    double rate() {
        return variables * 1e9 / nanos;
    }
}
