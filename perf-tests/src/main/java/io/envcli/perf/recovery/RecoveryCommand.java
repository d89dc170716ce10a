package io.envcli.perf.recovery;

import io.envcli.perf.Folders;
import io.envcli.perf.Machine;
import io.envcli.perf.Options;
import io.envcli.perf.Programs;
import io.envcli.perf.Results;
import io.envcli.perf.Run;
import io.envcli.perf.Samples;
import io.envcli.perf.workload.Profile;
import io.envcli.perf.workload.WorkloadCache;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** {@code perf-tests/run recovery}: the first answer of a store whose writer was killed. */
public final class RecoveryCommand implements Run.Command {
    private static final String KILLED = "after_killed_import_seconds";
    private static final String WITHOUT_VIEW = "without_view_seconds";
    private static final String CLEAN = "clean_seconds";
    private static final long POLL_MILLIS = 5;

    @Override
    public String help() {
        return "first status of a store whose second import was killed, and of one without a view:"
                + " [--json FILE] [--variables 10_000_000] [--seed 1] [--rounds 3] [--dir FOLDER]";
    }

    @Override
    public void run(final Run.Context context, final Options options) throws IOException {
        final @Nullable Path json = options.path("json");
        final @Nullable Path dir = options.path("dir");
        final long variables = options.number("variables", 10_000_000);
        final long seed = options.number("seed", 1);
        final long rounds = options.number("rounds", 3);
        options.requireAllKnown();
        if (rounds < 1) {
            throw new IllegalArgumentException("--rounds=" + rounds + " must be at least 1");
        }
        final Path cache = (dir == null ? context.workFolder() : dir).toAbsolutePath();
        final Path source = new WorkloadCache(cache).get(Profile.BULK, seed, variables).file();
        final Path folder = cache.resolve("recovery");
        Folders.delete(folder);
        Files.createDirectories(folder);
        final Recovery recovery = new Recovery(context.root(), folder, variables);
        recovery.importAll(source);
        final Samples samples = new Samples();
        for (int round = 0; round < rounds; round++) {
            samples.add(CLEAN, recovery.status());
            recovery.killImport(source);
            samples.add(KILLED, recovery.status());
            Folders.delete(recovery.store().resolve("view"));
            samples.add(WITHOUT_VIEW, recovery.status());
        }
        Folders.delete(folder);
        final Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("variables", variables);
        for (final String name : List.of(CLEAN, KILLED, WITHOUT_VIEW)) {
            figures.put(name, samples.median(name));
            context.out().printf("%-32s %8.2f s%n", name, samples.median(name));
        }
        context.out().println("proven: each status told the version and the count of variables that were acknowledged");
        if (json != null) {
            figures.put("samples", samples.toJson());
            figures.put("environment", Machine.describe(context.root()));
            Results.write(json, figures);
        }
    }

    /** One store, and commands on it in processes of their own. */
    private record Recovery(Path root, Path folder, long variables) {
        Path store() {
            return folder.resolve("store");
        }

        private List<String> command(final String... words) {
            return Stream.concat(Stream.of(root.resolve("bin/env-cli").toString()),
                    Stream.concat(Stream.of(words), Stream.of("--store", store().toString(), "--key-file",
                            folder.resolve("key").toString())))
                    .toList();
        }

        void importAll(final Path source) throws IOException {
            Programs.output(folder, command("import", "--env", "first", source.toString(), "--durability", "process")
                    .toArray(String[]::new));
        }

        /** Kills an import of the same variables into another environment when half of them are journaled. */
        void killImport(final Path source) throws IOException {
            final long before = journalBytes();
            final Process process = new ProcessBuilder(
                    command("import", "--env", "second", source.toString(), "--durability", "process"))
                    .redirectErrorStream(true).redirectOutput(folder.resolve("killed").toFile()).start();
            try {
                while (journalBytes() < before + Files.size(source) / 2) {
                    if (process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                        throw new IOException("the import ended before it was killed: "
                                + Files.readString(folder.resolve("killed")));
                    }
                }
                process.destroyForcibly().waitFor();
            } catch (final InterruptedException e) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
        }

        private long journalBytes() throws IOException {
            try (Stream<Path> files = Files.walk(store().resolve("journal"))) {
                return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
            }
        }

        /** Seconds of a whole process, launcher and JVM included. */
        double status() throws IOException {
            final Path out = folder.resolve("out");
            final long nanos = Programs.time(command("status", "--json"), out, folder.resolve("err"));
            final Map<String, Object> status = Results.read(out);
            if (Results.number(status, "version") != 1 || Results.number(status, "variables") != variables) {
                throw new IOException("status tells " + status + " where version 1 has " + variables + " variables");
            }
            return nanos / 1e9;
        }
    }
}
