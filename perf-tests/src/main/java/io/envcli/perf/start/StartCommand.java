package io.envcli.perf.start;

import io.envcli.perf.Folders;
import io.envcli.perf.Machine;
import io.envcli.perf.Options;
import io.envcli.perf.Results;
import io.envcli.perf.Run;
import io.envcli.perf.Samples;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code perf-tests/run start}: how long the light commands take as whole processes. */
public final class StartCommand implements Run.Command {
    @Override
    public String help() {
        return "whole processes of light commands beside others, run in turn: [--json FILE] [--rounds 20] [--dir FOLDER]";
    }

    @Override
    public void run(final Run.Context context, final Options options) throws IOException {
        final @Nullable Path json = options.path("json");
        final @Nullable Path dir = options.path("dir");
        final int rounds = Math.toIntExact(options.number("rounds", 20));
        options.requireAllKnown();
        if (rounds < 1) {
            throw new IllegalArgumentException("--rounds=" + rounds + " must be at least 1");
        }
        final Path folder = (dir == null ? context.workFolder() : dir).toAbsolutePath().resolve("start");
        Folders.delete(folder);
        Files.createDirectories(folder);
        final OwnPrograms own = new OwnPrograms(context, folder);
        final List<Program> programs = new ArrayList<>(own.prepare());
        programs.addAll(new OtherPrograms(context, folder, own.file()).prepare());
        final Samples samples = measure(programs, folder, rounds);
        Folders.delete(folder);
        print(context, programs, samples, rounds);
        if (json != null) {
            final Map<String, Object> result = new LinkedHashMap<>();
            final Map<String, Object> medians = new LinkedHashMap<>();
            programs.forEach(program -> medians.put(program.name(), samples.median(program.name())));
            result.put("millis", medians);
            result.put("samples", samples.toJson());
            result.put("environment", Machine.describe(context.root()));
            Results.write(json, result);
        }
    }

    /** One round before those that count: the launcher prepares a faster start after its first command. */
    private static Samples measure(final List<Program> programs, final Path folder, final int rounds)
            throws IOException {
        final Samples samples = new Samples();
        for (int i = -1; i < rounds; i++) {
            for (final Program program : programs) {
                final double millis = program.millis(folder);
                if (i >= 0) {
                    samples.add(program.name(), millis);
                }
            }
        }
        return samples;
    }

    private static void print(final Run.Context context, final List<Program> programs, final Samples samples,
            final int rounds) {
        context.out().printf("%-40s %10s %18s   median of %d whole processes, run in turn%n", "", "ms",
                "times empty Java", rounds);
        for (final Program program : programs) {
            context.out().printf("%-40s %10.1f %18.2f%n", program.name(), samples.median(program.name()),
                    samples.ratio(program.name(), OtherPrograms.EMPTY_JAVA));
        }
        context.out().println("proven: each has printed what it must");
    }
}
