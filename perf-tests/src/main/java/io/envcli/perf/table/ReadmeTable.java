package io.envcli.perf.table;

import io.envcli.perf.Results;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static io.envcli.perf.table.MarkdownTable.number;

/**
 * The README's rows from the JSON of each benchmark. One that was not run leaves its rows out.
 *
 * @param results of the benchmarks, by name.
 */
record ReadmeTable(Map<String, Map<String, Object>> results) {
    private static final double MEGA = 1e6;
    private static final String OWN = "env-cli";
    private static final String JAVA = "empty Java main";

    /** {@return the table, in Markdown} */
    String text() {
        final MarkdownTable table = new MarkdownTable();
        final Map<String, Object> none = Map.of();
        importRows(table, results.getOrDefault("import", none));
        stageRows(table, results.getOrDefault("stages", none));
        putRows(table, results.getOrDefault("put", none));
        fileRows(table, results.getOrDefault("files", none));
        peerRows(table, results.getOrDefault("peers", none));
        startRows(table, results.getOrDefault("start", none));
        return table.text();
    }

    private static void importRows(final MarkdownTable table, final Map<String, Object> from) {
        if (from.isEmpty()) {
            return;
        }
        table.row("import, warm, class process", rate(from, "warm_variables_per_second"),
                asLongAs("`cp` of the file", from, "warm_cp_ratio"));
        table.row("import, warm, class power", rate(from, "power_variables_per_second"),
                asLongAs("`dd conv=fdatasync`", from, "power_dd_ratio"));
        table.row("import of " + figure(from, "variables") + " variables, whole process",
                figure(from, "cold_seconds") + " s", "");
        table.row("peak resident set of that", number(Results.number(from, "peak_rss_bytes") / MEGA) + " MB", "");
        table.row("journal bytes a source byte", figure(from, "journal_bytes_per_source_byte"), "");
        table.row("view bytes a variable", figure(from, "view_bytes_per_variable"), "");
    }

    private static void stageRows(final MarkdownTable table, final Map<String, Object> from) {
        if (from.isEmpty()) {
            return;
        }
        table.row("parse and validate, one thread", rate(from, "parse_variables_per_second"),
                asLongAs("`cp` of the file", from, "parse_cp_ratio"));
        table.row("keyed BLAKE3 of values, one thread", rate(from, "blake3_inputs_per_second"),
                figure(from, "blake3_scalar_ratio") + " × as fast as its scalar twin");
        if (from.containsKey("cpu_speed_up")) {
            table.row("import, warm, one CPU", rate(object(from, "one_cpu_import"), "variables_per_second"),
                    figure(from, "cpu_speed_up") + " × as fast on all");
        }
    }

    private static void putRows(final MarkdownTable table, final Map<String, Object> from) {
        if (!(from.get("rows") instanceof final List<?> rows)) {
            return;
        }
        for (final Object each : rows) {
            final Map<String, Object> row = asObject(each);
            table.row("put, class %s, %s, %s/s offered".formatted(row.get("durability"), row.get("path"),
                    figure(row, "offered_per_second")),
                    "p50 %s, p99 %s, p99.9 %s".formatted(time(row, "p50_nanos"),
                            time(row, "p99_nanos"), time(row, "p999_nanos")),
                    "%s achieved".formatted(rate(row, "achieved_per_second")));
        }
    }

    private static void fileRows(final MarkdownTable table, final Map<String, Object> from) {
        if (from.isEmpty()) {
            return;
        }
        final String files = number(Results.number(from, "files")) + " small files, ";
        table.row(files + "warm, class process", rate(from, "warm_files_per_second"),
                asLongAs("`cat` of them", from, "warm_cat_ratio"));
        table.row(files + "warm, class power", rate(from, "power_files_per_second"),
                asLongAs("`cat` of them", from, "power_cat_ratio"));
        table.row(files + "whole process", figure(from, "whole_process_seconds") + " s",
                asLongAs("`cat` of them", from, "whole_process_cat_ratio"));
    }

    private static void peerRows(final MarkdownTable table, final Map<String, Object> from) {
        final Map<String, Object> parsing = object(from, "parsing");
        parsing.forEach((name, value) -> {
            if (!name.equals("samples") && !name.startsWith(OWN)) {
                table.row("parse, in memory", rate(object(parsing, OWN), "variables_per_second"),
                        "%s: %s, %s × as long".formatted(name, rate(asObject(value), "variables_per_second"),
                                figure(asObject(value), "times_ours")));
            }
        });
        object(from, "storing").forEach((durability, value) -> table.row("store, warm, class " + durability,
                rate(asObject(value), "variables_per_second"),
                "Redis with an append-only file: %s, %s × as long".formatted(
                        rate(asObject(value), "redis_variables_per_second"),
                        figure(asObject(value), "redis_times_ours"))));
    }

    private static void startRows(final MarkdownTable table, final Map<String, Object> from) {
        final Map<String, Object> millis = object(from, "millis");
        final double java = millis.keySet().stream().filter(name -> name.startsWith(JAVA))
                .mapToDouble(name -> Results.number(millis, name)).findFirst().orElse(Double.NaN);
        final List<String> others = new ArrayList<>();
        for (final String name : millis.keySet()) {
            if (name.startsWith(OWN)) {
                table.row("`" + name + "`, whole process", figure(millis, name) + " ms",
                        number(Results.number(millis, name) / java) + " × as long as an empty Java main");
            } else {
                others.add(name + " " + figure(millis, name) + " ms");
            }
        }
        if (!others.isEmpty()) {
            table.row("other whole processes", "", String.join(", ", others));
        }
    }

    private static String rate(final Map<String, Object> from, final String name) {
        return figure(from, name) + "/s";
    }

    private static String asLongAs(final String other, final Map<String, Object> from, final String ratio) {
        return figure(from, ratio) + " × as long as " + other;
    }

    private static String figure(final Map<String, Object> from, final String name) {
        return number(Results.number(from, name));
    }

    private static String time(final Map<String, Object> row, final String name) {
        return MarkdownTable.time(Results.number(row, name));
    }

    private static Map<String, Object> object(final Map<String, Object> from, final String name) {
        return asObject(from.getOrDefault(name, Map.of()));
    }

    @SuppressWarnings("unchecked") // An object of JSON has texts as names.
    private static Map<String, Object> asObject(final Object value) {
        return (Map<String, Object>) value;
    }
}
