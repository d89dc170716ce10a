package io.envcli.perf.stages;

import io.envcli.affinity.AllowedCpus;
import io.envcli.perf.Child;
import io.envcli.perf.Machine;
import io.envcli.perf.Options;
import io.envcli.perf.Results;
import io.envcli.perf.Run;
import io.envcli.perf.workload.Profile;
import io.envcli.perf.workload.WorkloadCache;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code perf-tests/run stages}: where the time of an import goes. */
public final class StagesCommand implements Run.Command {
    private static final String ALL = "all";
    private static final String IMPORT = "import";
    private static final String COSTS = "costs";
    private static final String RATE = "variables_per_second";

    @Override
    public String help() {
        return "what each thread and each stage of an import costs, on one CPU and on all: [--json FILE]"
                + " [--variables 2_000_000] [--seed 1] [--rounds 3] [--part all|import|costs] [--dir FOLDER]";
    }

    @Override
    public void run(final Run.Context context, final Options options) throws IOException {
        final @Nullable Path json = options.path("json");
        final @Nullable Path dir = options.path("dir");
        final long variables = options.number("variables", 2_000_000);
        final long seed = options.number("seed", 1);
        final int rounds = Math.toIntExact(options.number("rounds", 3));
        final String part = options.text("part", ALL);
        options.requireAllKnown();
        if (rounds < 1) {
            throw new IllegalArgumentException("--rounds=" + rounds + " must be at least 1");
        }
        final Path folder = (dir == null ? context.workFolder() : dir).toAbsolutePath();
        final WorkloadCache.Entry workload = new WorkloadCache(folder).get(Profile.BULK, seed, variables);
        final Map<String, Object> result = new LinkedHashMap<>();
        result.put("variables", workload.truth().variables());
        result.put("bytes", workload.truth().bytes());
        switch (part) {
            case IMPORT -> result.putAll(new WarmThreads(context, workload, folder.resolve("stages"), rounds).run());
            case COSTS -> result.putAll(new StageCosts(context, workload, folder.resolve("stages"), rounds).run());
            case ALL -> {
                context.out().printf("seed %d; the workload is kept in %s%n%s%n", seed, folder, workload.truth());
                result.putAll(children(context, "--variables", Long.toString(variables), "--seed",
                        Long.toString(seed), "--rounds", Integer.toString(rounds), "--dir", folder.toString()));
                result.putAll(new StageCosts(context, workload, folder.resolve("stages"), rounds).run());
            }
            default -> throw new IllegalArgumentException("--part=" + part + " must be all, import or costs");
        }
        if (json != null) {
            result.put("environment", Machine.describe(context.root()));
            Results.write(json, result);
        }
    }

    private static Map<String, Object> children(final Run.Context context, final String... options)
            throws IOException {
        final List<String> command = new ArrayList<>(List.of("stages", "--part", IMPORT));
        command.addAll(List.of(options));
        final Map<String, Object> all = Child.run(context, "", command);
        final Map<String, Object> result = new LinkedHashMap<>();
        result.put("import", all);
        if (!Files.isExecutable(Path.of("/usr/bin/taskset"))) {
            context.out().println("one CPU: skipped: there is no /usr/bin/taskset");
            return result;
        }
        final Map<String, Object> one = Child.run(context, AllowedCpus.current().cpus().getFirst().toString(), command);
        final double speedUp = Results.number(all, RATE) / Results.number(one, RATE);
        result.put("one_cpu_import", one);
        result.put("cpu_speed_up", speedUp);
        context.out().printf("from one CPU to %d: %.2f times as fast%n", Runtime.getRuntime().availableProcessors(),
                speedUp);
        return result;
    }
}
