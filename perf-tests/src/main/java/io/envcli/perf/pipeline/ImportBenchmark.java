package io.envcli.perf.pipeline;

import io.envcli.engine.Durability;
import io.envcli.perf.Folders;
import io.envcli.perf.Programs;
import io.envcli.perf.Run;
import io.envcli.perf.workload.WorkloadCache;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Measures imports of one file in rounds, always beside what they are compared with. */
final class ImportBenchmark {
    private static final double NANOS = 1e9;

    private final Run.Context context;
    private final WorkloadCache.Entry workload;
    private final Path folder;
    private final ColdImport cold;
    private final WarmImport warm;

    /**
     * A benchmark.
     *
     * @param context  where the checkout is, and where to print.
     * @param workload to import.
     * @param folder   for stores and copies; made, and emptied again.
     */
    ImportBenchmark(final Run.Context context, final WorkloadCache.Entry workload, final Path folder) {
        this.context = context;
        this.workload = workload;
        this.folder = folder;
        final Proof proof = new Proof(workload.truth());
        this.cold = new ColdImport(context.root(), workload.file(), proof);
        this.warm = new WarmImport(workload.file(), proof);
    }

    /**
     * Measures.
     *
     * @param rounds of every kind.
     * @return the samples.
     * @throws IOException if something cannot be read, written or started.
     */
    ImportSamples run(final int rounds) throws IOException {
        final ImportSamples samples = new ImportSamples(workload.truth());
        cold.prepare(prepared());
        for (int i = 0; i < rounds; i++) {
            told("cp", copy("cp", workload.file().toString(), copyOf()));
            final ColdImport.Sample sample = cold.run(prepared());
            samples.add(ImportSamples.COLD_SECONDS, told("cold, process", sample.nanos() / NANOS));
            samples.add(ImportSamples.PEAK_RSS_BYTES, sample.peakRssBytes());
        }
        final WarmImport.Sample first = warm.run(prepared(), Durability.PROCESS);
        samples.add(ImportSamples.FIRST_SECONDS, told("first in this process, process", first.nanos() / NANOS));
        for (int i = 0; i < rounds; i++) {
            samples.add(ImportSamples.CP_SECONDS, told("cp", copy("cp", workload.file().toString(), copyOf())));
            final WarmImport.Sample sample = warm.run(prepared(), Durability.PROCESS);
            samples.add(ImportSamples.WARM_SECONDS, told("warm, process", sample.nanos() / NANOS));
            samples.add(ImportSamples.JOURNAL_BYTES, sample.journalBytes());
            samples.add(ImportSamples.VIEW_BYTES, sample.viewBytes());
        }
        for (int i = 0; i < rounds; i++) {
            samples.add(ImportSamples.DD_SECONDS, told("dd conv=fdatasync",
                    copy("dd", "if=" + workload.file(), "of=" + copyOf(), "bs=1M", "conv=fdatasync")));
            samples.add(ImportSamples.POWER_SECONDS,
                    told("warm, power", warm.run(prepared(), Durability.POWER).nanos() / NANOS));
        }
        Folders.delete(folder);
        return samples;
    }

    private double copy(final String... command) throws IOException {
        return Programs.time(prepared(), command) / NANOS;
    }

    private String copyOf() {
        return folder.resolve("copy").toString();
    }

    /** An empty folder, and no dirty pages from before for the system to write while something is timed. */
    private Path prepared() throws IOException {
        Folders.delete(folder);
        Files.createDirectories(folder);
        Programs.time(folder, "sync");
        return folder;
    }

    private double told(final String what, final double seconds) {
        context.out().printf("  %-32s %8.3f s  %,14.0f variables/s%n", what, seconds,
                workload.truth().variables() / seconds);
        return seconds;
    }
}
