package io.envcli.scan.internal.rule;

import java.util.regex.Pattern;

/** Expressions as a report shows them. */
final class Values {
    private static final int LONGEST = 80;
    /** What only makes an owned string of a literal, in Rust. */
    private static final Pattern OWNED = Pattern.compile(
            "(?:\\|[^|]*\\|\\s*)?(?:String::from\\()?\"([^\"\\\\]*)\"(?:\\.(?:to_string|into|to_owned)\\(\\)|\\))");

    private Values() {}

    /** The content of an expression that is a plain string literal, else the expression on one line. */
    static String of(final Source source, final int from, final int to) {
        if (source.stringEnd(from) == to) {
            return source.text().string(source.contentStart(from), source.contentEnd(from));
        }
        final String text = source.text().string(from, to);
        final char quote = text.isEmpty() ? 0 : text.charAt(0);
        if ((quote == '"' || quote == '\'') && text.length() > 1 && text.indexOf(quote, 1) == text.length() - 1) {
            return text.substring(1, text.length() - 1);
        }
        final var owned = OWNED.matcher(text);
        return owned.matches() ? owned.group(1) : line(text);
    }

    /** A text on one line, cut where it is long. */
    static String line(final String text) {
        final String line = text.strip().replaceAll("\\s+", " ");
        return line.length() <= LONGEST ? line
                : line.substring(0, Character.isHighSurrogate(line.charAt(LONGEST - 2)) ? LONGEST - 2 : LONGEST - 1)
                        + "…";
    }
}
