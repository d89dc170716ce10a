package io.envcli.perf.peers;

import io.envcli.engine.Durability;
import io.envcli.perf.Folders;
import io.envcli.perf.Programs;
import io.envcli.perf.Run;
import io.envcli.perf.Samples;
import io.envcli.perf.pipeline.Proof;
import io.envcli.perf.pipeline.WarmImport;
import io.envcli.perf.workload.Truth;
import io.envcli.perf.workload.Variables;
import io.envcli.perf.workload.WorkloadCache;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The same variables into our store and into Redis with an append-only file, one after the other in each round, each into an
 * empty one. What Redis has answered is in its file, but for up to two seconds while it syncs in the background
 * ({@code everysec}, beside class {@code process}, which allows less), or synced ({@code always}, beside class {@code power}).
 *
 * <p>Ours is an import in this warm process from the call to its acknowledgement; it parses, hashes and encrypts besides.
 * Redis is timed as the whole {@code redis-cli --pipe}, which sends commands that were prepared before.
 *
 * @param context  where to print.
 * @param workload to store.
 * @param folder   for stores; emptied again.
 */
record StoringBenchmark(Run.Context context, WorkloadCache.Entry workload, Path folder) {
    private static final double NANOS = 1e9;
    private static final int READ_BACK = 10;
    private static final int WARM_UPS = 2;

    /**
     * Measures.
     *
     * @param rounds of each.
     * @return figures by class; none if Redis is absent.
     * @throws IOException if something cannot be read or written.
     */
    Map<String, Object> run(final int rounds) throws IOException {
        Folders.delete(folder);
        Files.createDirectories(folder);
        final Map<String, Object> result = new LinkedHashMap<>();
        try {
            Programs.output(folder, "redis-server", "--version");
            Programs.output(folder, "redis-cli", "--version");
        } catch (final IOException e) {
            context.out().println("Redis: skipped: " + e.getMessage());
            return result;
        }
        final Path commands = folder.resolve("commands");
        RespFile.write(workload.truth(), Proof.ENVIRONMENT, commands);
        for (int i = 0; i < WARM_UPS; i++) {
            own(Durability.PROCESS);
        }
        context.out().printf("storing %,d variables; ours from the file in a warm process, Redis by redis-cli --pipe%n",
                workload.truth().variables());
        result.put("process", compare(rounds, commands, Durability.PROCESS, "everysec"));
        result.put("power", compare(rounds, commands, Durability.POWER, "always"));
        Folders.delete(folder);
        return result;
    }

    private Map<String, Object> compare(final int rounds, final Path commands, final Durability durability,
            final String fsync) throws IOException {
        final Samples seconds = new Samples();
        for (int i = 0; i < rounds; i++) {
            seconds.add("ours", own(durability));
            seconds.add("redis", redis(commands, fsync));
        }
        final double variables = workload.truth().variables();
        final Map<String, Object> row = new LinkedHashMap<>();
        row.put("variables_per_second", variables / seconds.median("ours"));
        row.put("redis_variables_per_second", variables / seconds.median("redis"));
        row.put("redis_times_ours", seconds.ratio("redis", "ours"));
        row.put("samples", seconds.toJson());
        context.out().printf(
                "  class %-8s env-cli %,12.0f/s   Redis appendfsync %-8s %,12.0f/s   %5.1f times as long%n",
                durability.label(), variables / seconds.median("ours"), fsync, variables / seconds.median("redis"),
                seconds.ratio("redis", "ours"));
        return row;
    }

    private double own(final Durability durability) throws IOException {
        final Path store = folder.resolve("own");
        Folders.delete(store);
        return new WarmImport(workload.file(), new Proof(workload.truth())).run(store, durability).nanos() / NANOS;
    }

    private double redis(final Path commands, final String fsync) throws IOException {
        final Path data = folder.resolve("redis");
        Folders.delete(data);
        try (RedisServer server = new RedisServer(data, fsync)) {
            final long nanos = server.pipe(commands);
            prove(server);
            return nanos / NANOS;
        }
    }

    private void prove(final RedisServer server) throws IOException {
        final Truth truth = workload.truth();
        final String count = server.ask("HLEN", Proof.ENVIRONMENT);
        if (!count.equals(Long.toString(truth.variables()))) {
            throw new IllegalStateException("Redis has " + count + " variables of " + truth.variables());
        }
        final Variables variables = new Variables(truth.profile(), truth.seed());
        for (int i = 0; i < READ_BACK; i++) {
            final long position = (truth.assignments() - 1) * i / (READ_BACK - 1);
            final String value = new String(variables.lastValue(position, truth.assignments()), StandardCharsets.UTF_8);
            if (!server.ask("HGET", Proof.ENVIRONMENT, variables.name(position)).equals(value)) {
                throw new IllegalStateException("Redis has another value of " + variables.name(position));
            }
        }
    }
}
