package io.envcli.perf.peers;

import io.envcli.perf.Machine;
import io.envcli.perf.Options;
import io.envcli.perf.Results;
import io.envcli.perf.Run;
import io.envcli.perf.workload.Profile;
import io.envcli.perf.workload.WorkloadCache;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code perf-tests/run peers}: others beside us. */
public final class PeersCommand implements Run.Command {
    @Override
    public String help() {
        return "parsers and Redis beside ours (perf-tests/install-peers installs them): [--json FILE]"
                + " [--variables 1_000_000 to store] [--parsed 100_000] [--seed 1] [--rounds 3] [--dir FOLDER]";
    }

    @Override
    public void run(final Run.Context context, final Options options) throws IOException {
        final @Nullable Path json = options.path("json");
        final @Nullable Path dir = options.path("dir");
        final long variables = options.number("variables", 1_000_000);
        final long parsed = options.number("parsed", 100_000);
        final long seed = options.number("seed", 1);
        final int rounds = Math.toIntExact(options.number("rounds", 3));
        options.requireAllKnown();
        if (rounds < 1) {
            throw new IllegalArgumentException("--rounds=" + rounds + " must be at least 1");
        }
        final Path folder = (dir == null ? context.workFolder() : dir).toAbsolutePath();
        final WorkloadCache cache = new WorkloadCache(folder);
        final WorkloadCache.Entry own = cache.get(Profile.BULK, seed, variables);
        context.out().printf("seed %d; the workload is kept in %s%n%s%n", seed, folder, own.truth());
        final Map<String, Object> result = new LinkedHashMap<>();
        result.put("parsing",
                new ParsingBenchmark(context, cache.get(Profile.BULK, seed, parsed)).run(rounds));
        result.put("storing", new StoringBenchmark(context, own, folder.resolve("peers")).run(rounds));
        context.out().println("proven: counts of each, our values by checksum, and some values of Redis read back");
        if (json != null) {
            result.put("environment", Machine.describe(context.root()));
            Results.write(json, result);
        }
    }
}
