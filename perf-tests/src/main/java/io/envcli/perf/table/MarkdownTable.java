package io.envcli.perf.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A table of measures, and of what they are compared with, in Markdown. Threading: one thread. */
final class MarkdownTable {
    private static final double THOUSAND = 1e3;
    private static final double MILLION = 1e6;

    private final List<String> lines = new ArrayList<>(
            List.of("| measure | env-cli | compared |", "|---|--:|---|"));

    /**
     * Adds a row.
     *
     * @param measure  what it is.
     * @param figure   ours, with its unit.
     * @param compared in words, with the ratio; empty if with nothing.
     */
    void row(final String measure, final String figure, final String compared) {
        lines.add("| " + cell(measure) + " | " + cell(figure) + " | " + cell(compared) + " |");
    }

    /** {@return the table} */
    String text() {
        return String.join("\n", lines) + "\n";
    }

    private static String cell(final String text) {
        return text.replace("|", "\\|");
    }

    /**
     * A number with as many digits as people read.
     *
     * @param number any.
     * @return it with three significant digits; in thousands (k) or millions (M) if it is large.
     */
    static String number(final double number) {
        if (number >= MILLION) {
            return digits(number / MILLION) + " M";
        }
        return number >= 10 * THOUSAND ? digits(number / THOUSAND) + " k" : digits(number);
    }

    /**
     * A time with as many digits as people read.
     *
     * @param nanos nanoseconds.
     * @return it in micro- or milliseconds, or seconds.
     */
    static String time(final double nanos) {
        if (nanos < MILLION) {
            return digits(nanos / THOUSAND) + " µs";
        }
        return nanos < THOUSAND * MILLION ? digits(nanos / MILLION) + " ms" : digits(nanos / MILLION / THOUSAND) + " s";
    }

    private static String digits(final double number) {
        if (number >= 100) {
            return String.format(Locale.ROOT, "%,.0f", number);
        }
        return String.format(Locale.ROOT, number >= 10 ? "%.1f" : "%.2f", number);
    }
}
