package io.envcli.cli;

import io.envcli.scan.Comparison;
import io.envcli.scan.ScanReport;
import io.envcli.scan.Secret;
import io.envcli.scan.Use;

import java.util.ArrayList;
import java.util.List;

/** What a scan found, as columns: padded on a terminal, separated by tabs elsewhere. */
final class ScanTable {
    /** A longer cell does not push the columns of all others aside. */
    private static final int WIDEST = 48;

    private ScanTable() {}

    /**
     * Writes a line for each use: place, name, what becomes of it if it is not set, pattern.
     *
     * @param out  the way out.
     * @param uses in order.
     */
    static void print(final Output out, final List<Use> uses) {
        rows(out, uses.stream().map(use -> List.of(place(use), use.name(), need(use), use.pattern())).toList());
    }

    /**
     * Writes a line for each difference: what it is, name, places.
     *
     * @param out        the way out.
     * @param comparison to write.
     */
    static void print(final Output out, final Comparison comparison) {
        final List<List<String>> rows = new ArrayList<>();
        for (final Comparison.Entry entry : comparison.missing()) {
            rows.add(List.of("missing", entry.name(), places(entry.uses())));
        }
        for (final Comparison.Entry entry : comparison.defaults()) {
            for (final Use use : entry.uses()) {
                rows.add(List.of("default", entry.name(), place(use), need(use)));
            }
        }
        for (final String name : comparison.unused()) {
            rows.add(List.of("unused", name));
        }
        rows(out, rows);
    }

    /**
     * Writes a line for each secret: place, what, what it is, rule.
     *
     * @param out     the way out.
     * @param secrets in order.
     */
    static void printSecrets(final Output out, final List<Secret> secrets) {
        rows(out, secrets.stream().map(secret -> List.of(
                secret.file() + ":" + secret.line() + ":" + secret.column(), "secret", secret.about(), secret.rule()))
                .toList());
    }

    private static String places(final List<Use> uses) {
        return place(uses.getFirst()) + (uses.size() == 1 ? "" : " and " + (uses.size() - 1) + " more");
    }

    /**
     * A place as a person, an editor or a terminal takes it.
     *
     * @param use at the place.
     * @return such as {@code src/app.js:3:17}.
     */
    static String place(final Use use) {
        return use.file() + ":" + use.line() + ":" + use.column();
    }

    private static String need(final Use use) {
        return switch (use.kind()) {
            case UNKNOWN -> "unknown";
            case DEFINITION -> "defined";
            case READ -> switch (use.need()) {
                case REQUIRED -> "required";
                case OPTIONAL -> "optional";
                case DEFAULT -> "default " + use.defaultValue();
            };
        };
    }

    /**
     * One line about a scan as a whole.
     *
     * @param report of the scan.
     * @return for a person.
     */
    static String summary(final ScanReport report) {
        final int variables = Comparison.reads(report.uses()).size();
        final long unknown = report.uses().stream().filter(use -> use.kind() == Use.Kind.UNKNOWN).count();
        return Amounts.count(variables, "variable is", "variables are") + " read"
                + (unknown == 0 ? "" : ", and in " + Amounts.count(unknown, "place", "places") + " one of unknown name")
                + (report.secrets().isEmpty() ? ""
                        : "; " + Amounts.count(report.secrets().size(), "secret stands", "secrets stand")
                                + " in the tree")
                + "; looked into " + Amounts.count(report.files(), "file", "files") + ", "
                + Amounts.bytes(report.bytes());
    }

    private static void rows(final Output out, final List<List<String>> rows) {
        final int[] widths = new int[4];
        for (final List<String> row : rows) {
            for (int column = 0; column < row.size(); column++) {
                widths[column] = Math.max(widths[column],
                        Math.min(WIDEST, DisplayWidth.of(Printable.line(row.get(column)))));
            }
        }
        for (final List<String> row : rows) {
            for (int column = 0; column < row.size(); column++) {
                // A default may hold line feeds: away from a terminal, too, a row stays a row.
                final String cell = Printable.line(row.get(column));
                final boolean isLast = column == row.size() - 1;
                out.print(cell).print(isLast ? "\n"
                        : out.isTerminal()
                                ? " ".repeat(Math.max(0, widths[column] - DisplayWidth.of(cell)) + 2)
                                : "\t");
            }
            if (out.readerGone()) {
                return;
            }
        }
    }
}
