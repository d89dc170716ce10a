package io.envcli.perf;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs a benchmark in a process of its own, which nothing else has warmed up. */
public final class Child {
    private Child() {}

    /**
     * Runs one to its end. What it prints is passed on line by line.
     *
     * @param context where to print.
     * @param cpus    that it may use, as {@code taskset -c} has them; empty for all.
     * @param command name of the benchmark and its options, without {@code --json}.
     * @return what it would have written as JSON.
     * @throws IOException if it cannot be started, or fails.
     */
    public static Map<String, Object> run(final Run.Context context, final String cpus, final List<String> command)
            throws IOException {
        final Path json = Files.createTempFile("env-cli-perf", ".json");
        try {
            final List<String> line = new ArrayList<>();
            if (!cpus.isEmpty()) {
                line.addAll(List.of("taskset", "-c", cpus));
            }
            line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            line.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
            line.addAll(List.of("-cp", System.getProperty("java.class.path"), Run.class.getName()));
            line.addAll(command);
            line.addAll(List.of("--json", json.toString()));
            final Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
            process.getOutputStream().close();
            try (BufferedReader output = process.inputReader()) {
                output.lines().forEach(context.out()::println);
            }
            Programs.requireSuccess(command, Programs.await(process), "see above");
            return Results.read(json);
        } finally {
            Files.delete(json);
        }
    }
}
