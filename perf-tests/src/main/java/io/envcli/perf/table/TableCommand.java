package io.envcli.perf.table;

import io.envcli.perf.Child;
import io.envcli.perf.Machine;
import io.envcli.perf.Options;
import io.envcli.perf.Results;
import io.envcli.perf.Run;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code perf-tests/run table}: all benchmarks, and the README's table of their figures. */
public final class TableCommand implements Run.Command {
    private static final String FULL = "full";
    private static final String SHORT = "short";
    private static final List<String> NAMES = List.of("import", "stages", "put", "files", "peers", "start");
    /** In the order of the names; a few minutes in all rather than a quarter of an hour. */
    private static final Map<String, List<String>> SHORTER = Map.of(
            "import", List.of("--variables", "1_000_000", "--rounds", "3"),
            "stages", List.of("--variables", "1_000_000", "--rounds", "3"),
            "put", List.of("--seconds", "1"),
            "files", List.of("--rounds", "3"),
            "peers", List.of("--variables", "200_000", "--parsed", "50_000", "--rounds", "2"),
            "start", List.of("--rounds", "5"));

    @Override
    public String help() {
        return "runs import, stages, put, files, peers and start, and prints the README's table: [--json FILE]"
                + " [--size full|short] [--only NAME,NAME] [--dir FOLDER]";
    }

    @Override
    public void run(final Run.Context context, final Options options) throws IOException {
        final @Nullable Path json = options.path("json");
        final @Nullable Path dir = options.path("dir");
        final String size = options.text("size", FULL);
        final List<String> only = List.of(options.text("only", String.join(",", NAMES)).split(",", -1));
        options.requireAllKnown();
        if (!size.equals(FULL) && !size.equals(SHORT)) {
            throw new IllegalArgumentException("--size=" + size + " must be full or short");
        }
        for (final String name : only) {
            if (!NAMES.contains(name)) {
                throw new IllegalArgumentException("--only=" + name + " must be of " + String.join(", ", NAMES));
            }
        }
        final Map<String, Map<String, Object>> results = new LinkedHashMap<>();
        for (final String name : only) {
            context.out().printf("%n== %s%n", name);
            results.put(name, Child.run(context, "", command(name, size, dir)));
        }
        final Map<String, Object> machine = Machine.describe(context.root());
        context.out().printf("%n%s%n%s", describe(machine), new ReadmeTable(results).text());
        if (json != null) {
            final Map<String, Object> all = new LinkedHashMap<>(results);
            all.put("environment", machine);
            Results.write(json, all);
        }
    }

    private static List<String> command(final String name, final String size, final @Nullable Path dir) {
        final List<String> command = new ArrayList<>(List.of(name));
        if (size.equals(SHORT)) {
            command.addAll(SHORTER.getOrDefault(name, List.of()));
        }
        if (dir != null) {
            command.addAll(List.of("--dir", dir.toAbsolutePath().toString()));
        }
        return command;
    }

    /**
     * The line above the table.
     *
     * @param machine as {@link Machine#describe} has it.
     * @return text in Markdown.
     */
    static String describe(final Map<String, Object> machine) {
        return "Measured by `perf-tests/run table` on %s, %s cores, %s of memory, %s, %s; %s, commit %s.%n"
                .formatted(machine.get("cpu"), machine.get("cores"), machine.get("memory"), machine.get("kernel"),
                        machine.get("jdk"), machine.get("date"), machine.get("commit"));
    }
}
