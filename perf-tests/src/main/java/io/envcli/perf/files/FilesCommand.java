package io.envcli.perf.files;

import io.envcli.perf.Folders;
import io.envcli.perf.Machine;
import io.envcli.perf.Options;
import io.envcli.perf.Results;
import io.envcli.perf.Run;
import io.envcli.perf.Samples;
import io.envcli.perf.workload.FolderWorkload;
import io.envcli.perf.workload.Truth;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code perf-tests/run files}: imports of many small files. */
public final class FilesCommand implements Run.Command {
    /** So that the names of all files fit one command line. */
    private static final int MAX_FILES = 20_000;

    @Override
    public String help() {
        return "imports many small files, warm and as a whole process, beside cat: [--json FILE] [--files 1_000]"
                + " [--variables 20 in each] [--seed 1] [--rounds 5] [--dir FOLDER]";
    }

    @Override
    public void run(final Run.Context context, final Options options) throws IOException {
        final @Nullable Path json = options.path("json");
        final @Nullable Path dir = options.path("dir");
        final int files = Math.toIntExact(options.number("files", 1_000));
        final int variables = Math.toIntExact(options.number("variables", 20));
        final long seed = options.number("seed", 1);
        final int rounds = Math.toIntExact(options.number("rounds", 5));
        options.requireAllKnown();
        if (rounds < 1 || files > MAX_FILES) {
            throw new IllegalArgumentException("--rounds=" + rounds + " must be at least 1, --files=" + files
                    + " at most " + MAX_FILES);
        }
        final Path folder = (dir == null ? context.workFolder() : dir).toAbsolutePath().resolve("files");
        final Path source = folder.resolve("source");
        Folders.delete(source);
        final FolderWorkload workload = new FolderWorkload(seed, files, variables);
        final Truth truth = workload.generate(source);
        context.out().printf("seed %d; %,d files of %,d variables in %s%n%s%n", seed, files, variables, source, truth);
        final Samples samples = new FilesBenchmark(context, source, new FilesProof(workload, truth),
                folder.resolve("run")).run(rounds);
        Folders.delete(folder);
        final Map<String, Object> result = figures(samples, workload, truth);
        result.forEach((name, value) -> context.out().printf("%-32s %,14.2f%n", name, ((Number) value).doubleValue()));
        context.out().println("proven: counts of each import, and two variables of each file read back equal");
        if (json != null) {
            result.put("samples", samples.toJson());
            result.put("environment", Machine.describe(context.root()));
            Results.write(json, result);
        }
    }

    private static Map<String, Object> figures(final Samples samples, final FolderWorkload workload,
            final Truth truth) {
        final Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("files", workload.files());
        figures.put("variables", truth.variables());
        figures.put("bytes", truth.bytes());
        figures.put("warm_files_per_second", workload.files() / samples.median(FilesBenchmark.WARM));
        figures.put("power_files_per_second", workload.files() / samples.median(FilesBenchmark.POWER));
        figures.put("warm_cat_ratio", samples.ratio(FilesBenchmark.WARM, FilesBenchmark.CAT));
        figures.put("power_cat_ratio", samples.ratio(FilesBenchmark.POWER, FilesBenchmark.CAT));
        figures.put("whole_process_seconds", samples.median(FilesBenchmark.WHOLE));
        figures.put("whole_process_cat_ratio", samples.ratio(FilesBenchmark.WHOLE, FilesBenchmark.CAT));
        return figures;
    }
}
