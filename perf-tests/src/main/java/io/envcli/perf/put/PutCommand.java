package io.envcli.perf.put;

import io.envcli.engine.Durability;
import io.envcli.perf.Machine;
import io.envcli.perf.Options;
import io.envcli.perf.Results;
import io.envcli.perf.Run;
import io.envcli.ringbuffers.Layout;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.LongStream;

/** {@code perf-tests/run put}: latencies of single puts, at low and high rates, in each class. */
public final class PutCommand implements Run.Command {
    private static final String ALL = "all";
    private static final long RATE = 1_000_000;
    /** So seldom that everything sleeps in between. */
    private static final long IDLE_RATE = 100;
    private static final long MAX_SECONDS = 600;
    private static final long MILLIS = 1_000;

    @Override
    public String help() {
        return "latency of single puts from their intended start, at a fixed rate: [--json FILE] [--rate 1_000_000]"
                + " [--seconds 3 for each rate] [--path all|api|stream] [--durability all|memory|process|power] [--layout auto|fused|two|three|staged] [--slots 32]"
                + " [--expect 0 puts for which the view has room when the store is opened] [--seed 1]"
                + " [--dir FOLDER on the disk to measure]";
    }

    @Override
    public void run(final Run.Context context, final Options options) throws IOException {
        final @Nullable Path json = options.path("json");
        final @Nullable Path dir = options.path("dir");
        final long rate = options.number("rate", RATE);
        final long seconds = options.number("seconds", 3);
        final Layout layout = layout(options.text("layout", "auto"));
        final int slots = Math.toIntExact(options.number("slots", 32));
        final long expected = options.number("expect", 0);
        final long seed = options.number("seed", 1);
        final String path = options.text("path", ALL);
        final String durability = options.text("durability", ALL);
        options.requireAllKnown();
        final List<Case> cases = cases(rate).stream().filter(each -> each.isWanted(path, durability)).toList();
        if (cases.isEmpty()) {
            throw new IllegalArgumentException("--path=" + path + " with --durability=" + durability
                    + " is none of: "
                    + cases(rate).stream().map(each -> each.path + " " + each.durability.label()).toList());
        }
        require(rate >= 1, "rate", rate, "at least 1");
        require(seconds >= 1 && seconds <= MAX_SECONDS, "seconds", seconds, "from 1 to " + MAX_SECONDS);
        final Path folder = (dir == null ? context.workFolder() : dir).toAbsolutePath().resolve("put");
        final PutBenchmark benchmark = new PutBenchmark(context.out(), folder, new Inputs(seed), layout, slots,
                expected, seconds * MILLIS);
        context.out().printf("seed %d; stores in %s; one thread puts%n%s%n", seed, folder, PutRow.heading());
        final List<PutRow> rows = new ArrayList<>();
        for (final Case each : cases) {
            rows.addAll(benchmark.run(each.path, each.durability, each.rates));
        }
        if (json != null) {
            final Map<String, Object> result = new LinkedHashMap<>();
            result.put("rows", rows.stream().map(PutRow::toJson).toList());
            result.put("seed", seed);
            result.put("seconds", seconds);
            result.put("layout", layout.toString());
            result.put("slots", slots);
            result.put("expected", expected);
            result.put("environment", Machine.describe(context.root()));
            Results.write(json, result);
        }
    }

    /** One path at one class, and the rates to offer it. */
    private record Case(String path, Durability durability, List<Long> rates) {
        boolean isWanted(final String wantedPath, final String wantedDurability) {
            return (wantedPath.equals(ALL) || wantedPath.equals(path))
                    && (wantedDurability.equals(ALL) || wantedDurability.equals(durability.label()));
        }
    }

    /** A put of class memory is acknowledged when it is in the ring, so that its stream would be the same. */
    private static List<Case> cases(final long rate) {
        return List.of(new Case(PutBenchmark.API, Durability.PROCESS, rates(rate, IDLE_RATE, 10_000, 100_000)),
                new Case(PutBenchmark.STREAM, Durability.PROCESS, rates(rate, IDLE_RATE, 10_000, 100_000)),
                new Case(PutBenchmark.API, Durability.MEMORY, rates(rate, IDLE_RATE, 10_000, 100_000)),
                new Case(PutBenchmark.API, Durability.POWER, rates(Math.min(rate, 1_000), 10, 100)),
                new Case(PutBenchmark.STREAM, Durability.POWER, rates(Math.min(rate, 100_000), 100, 1_000, 10_000)));
    }

    /** The highest, and of the others those that are lower. */
    private static List<Long> rates(final long highest, final long... others) {
        return LongStream.concat(LongStream.of(others).filter(other -> other < highest), LongStream.of(highest))
                .boxed().toList();
    }

    private static Layout layout(final String label) {
        try {
            return Layout.valueOf(label.toUpperCase(Locale.ROOT));
        } catch (final IllegalArgumentException e) {
            throw new IllegalArgumentException("--layout=" + label + " must be auto, fused, two, three or staged", e);
        }
    }

    private static void require(final boolean holds, final String name, final long value, final String must) {
        if (!holds) {
            throw new IllegalArgumentException("--" + name + "=" + value + " must be " + must);
        }
    }
}
