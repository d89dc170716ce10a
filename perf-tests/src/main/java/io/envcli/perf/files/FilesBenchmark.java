package io.envcli.perf.files;

import io.envcli.engine.Durability;
import io.envcli.engine.ImportProgress;
import io.envcli.engine.ImportReport;
import io.envcli.engine.ImportRequest;
import io.envcli.engine.Store;
import io.envcli.engine.StoreConfig;
import io.envcli.engine.StoreReader;
import io.envcli.perf.Folders;
import io.envcli.perf.Programs;
import io.envcli.perf.Results;
import io.envcli.perf.Run;
import io.envcli.perf.Samples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Measures imports of one folder in rounds.
 *
 * @param context where the checkout is, and where to print.
 * @param source  folder to import.
 * @param proof   of an import of it.
 * @param folder  for stores and output; emptied again.
 */
record FilesBenchmark(Run.Context context, Path source, FilesProof proof, Path folder) {
    /** Of {@code cat} of all files, the whole process. */
    static final String CAT = "cat_seconds";
    /** Of imports in a warm process, class {@code process}. */
    static final String WARM = "warm_seconds";
    /** The same, class {@code power}. */
    static final String POWER = "power_seconds";
    /** Of {@code bin/env-cli import}, the whole process, class {@code process}. */
    static final String WHOLE = "whole_process_seconds";

    private static final double NANOS = 1e9;
    private static final int WARM_UPS = 10;

    /**
     * Measures.
     *
     * @param rounds of every kind.
     * @return the samples.
     * @throws IOException if something cannot be read, written or started.
     */
    Samples run(final int rounds) throws IOException {
        final Samples samples = new Samples();
        Programs.time(prepared(), launcher(), "--version");
        for (int i = 0; i < WARM_UPS; i++) {
            warm(Durability.PROCESS);
        }
        for (int i = 0; i < rounds; i++) {
            tell("cat", samples.add(CAT, cat()));
            tell("warm, process", samples.add(WARM, warm(Durability.PROCESS)));
            tell("warm, power", samples.add(POWER, warm(Durability.POWER)));
            tell("whole process, process", samples.add(WHOLE, wholeProcess()));
        }
        Folders.delete(folder);
        return samples;
    }

    private double warm(final Durability durability) throws IOException {
        final StoreConfig config = config(prepared(), durability);
        try (Store store = Store.open(config)) {
            final long start = System.nanoTime();
            final ImportReport report = store.importFrom(ImportRequest.of(source), ImportProgress.NONE);
            final long nanos = System.nanoTime() - start;
            proof.requireCounts(report.variables(), report.files(), report.rejected());
            try (StoreReader reader = store.reader()) {
                proof.requireValues(reader);
            }
            return nanos / NANOS;
        }
    }

    private double wholeProcess() throws IOException {
        final Path out = prepared().resolve("out");
        final Path err = folder.resolve("err");
        final StoreConfig config = config(folder, Durability.PROCESS);
        final List<String> command = List.of(launcher(), "import", "--store", config.directory().toString(),
                "--key-file", folder.resolve("key").toString(), "--durability", "process", "--json", source.toString());
        final long nanos = Programs.time(command, out, err);
        final Map<String, Object> report = Results.read(out);
        proof.requireCounts((long) Results.number(report, "variables"), (long) Results.number(report, "files"),
                (long) Results.number(report, "rejected"));
        try (StoreReader reader = StoreReader.open(config)) {
            proof.requireValues(reader);
        }
        return nanos / NANOS;
    }

    /** The files' names alone are some 40 KB, so that one process can take them. */
    private double cat() throws IOException {
        final List<String> command = new ArrayList<>(List.of("cat"));
        for (int file = 0; file < proof.workload().files(); file++) {
            command.add(source.resolve(proof.workload().path(file)).toString());
        }
        final Path out = prepared().resolve("out");
        final double seconds = Programs.time(command, out, folder.resolve("err")) / NANOS;
        if (Files.size(out) != proof.truth().bytes()) {
            throw new IllegalStateException("cat gave " + Files.size(out) + " bytes of " + proof.truth().bytes());
        }
        return seconds;
    }

    private String launcher() {
        return context.root().resolve("bin/env-cli").toString();
    }

    private static StoreConfig config(final Path folder, final Durability durability) {
        return StoreConfig.builder().directory(folder.resolve("store")).keyFile(folder.resolve("key"))
                .durability(durability).build();
    }

    private Path prepared() throws IOException {
        Folders.delete(folder);
        return Files.createDirectories(folder);
    }

    private void tell(final String what, final double seconds) {
        context.out().printf("  %-24s %8.4f s  %8.1f µs a file%n", what, seconds,
                seconds * 1e6 / proof.workload().files());
    }
}
