package io.envcli.scan;

import java.util.List;
import java.util.TreeSet;

/**
 * Secrets that are known and put up with. As text, a line each: mark, rule and file, separated by tabs; what begins with
 * {@code #} is a comment. A place counts by file, rule and secret: it may move within its file.
 */
public final class Baseline {
    private static final String HEAD = "# Secrets that env-cli scan leaves out: mark, rule, file.\n";
    private static final int FIELDS = 3;

    private final TreeSet<String> lines = new TreeSet<>();

    /**
     * Reads a baseline.
     *
     * @param text as {@link #of} has made it, possibly edited.
     * @throws IllegalArgumentException if a line is none of a baseline; the message names it by its number.
     */
    public Baseline(final String text) {
        int number = 0;
        for (final String line : text.split("\r?\n", -1)) {
            number++;
            if (!line.isBlank() && !line.startsWith("#")) {
                if (line.split("\t", -1).length != FIELDS) {
                    throw new IllegalArgumentException("line " + number
                            + " is not a mark, a rule and a file with tabs between them; write the baseline anew");
                }
                lines.add(line);
            }
        }
    }

    /**
     * Writes a baseline.
     *
     * @param secrets to put up with.
     * @return the text, the same for the same secrets in any order.
     */
    public static String of(final List<Secret> secrets) {
        final TreeSet<String> lines = new TreeSet<>();
        secrets.forEach(secret -> lines.add(line(secret)));
        return HEAD + String.join("", lines.stream().map(line -> line + "\n").toList());
    }

    /**
     * Leaves out what is known.
     *
     * @param secrets that were found.
     * @return those that are new, in the same order.
     */
    public List<Secret> without(final List<Secret> secrets) {
        return secrets.stream().filter(secret -> !lines.contains(line(secret))).toList();
    }

    /** A tab or a line feed in a file's name must not make another line of it. */
    private static String line(final Secret secret) {
        return String.join("\t", secret.mark(), secret.rule(), secret.file().replaceAll("[\\t\\r\\n]", "?"));
    }
}
