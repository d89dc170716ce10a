package io.envcli.perf.pipeline;

import io.envcli.perf.Machine;
import io.envcli.perf.Options;
import io.envcli.perf.Results;
import io.envcli.perf.Run;
import io.envcli.perf.workload.Profile;
import io.envcli.perf.workload.WorkloadCache;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** {@code perf-tests/run import}: the whole pipeline, cold and warm. */
public final class ImportCommand implements Run.Command {
    private static final long MIN_ROUNDS = 3;

    @Override
    public String help() {
        return "imports a generated file, cold and warm, beside cp and dd: [--json FILE] [--variables 10_000_000]"
                + " [--seed 1] [--profile bulk|realistic] [--rounds 3] [--dir FOLDER on the disk to measure]";
    }

    @Override
    public void run(final Run.Context context, final Options options) throws IOException {
        final @Nullable Path json = options.path("json");
        final @Nullable Path dir = options.path("dir");
        final long variables = options.number("variables", 10_000_000);
        final long seed = options.number("seed", 1);
        final Profile profile = Profile.fromLabel(options.text("profile", Profile.BULK.label()));
        final long rounds = options.number("rounds", MIN_ROUNDS);
        options.requireAllKnown();
        if (rounds < 1) {
            throw new IllegalArgumentException("--rounds=" + rounds + " must be at least 1");
        }
        final Path folder = (dir == null ? context.workFolder() : dir).toAbsolutePath();
        context.out().printf("seed %d; the workload is kept in %s%n", seed, folder);
        final WorkloadCache.Entry workload = new WorkloadCache(folder).get(profile, seed, variables);
        context.out().println(workload.truth());

        final ImportSamples samples = new ImportBenchmark(context, workload, folder.resolve("import"))
                .run(Math.toIntExact(rounds));
        samples.print(context.out());
        if (json != null) {
            final Map<String, Object> result = samples.toJson();
            result.put("environment", Machine.describe(context.root()));
            Results.write(json, result);
        }
    }
}
