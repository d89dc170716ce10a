package io.envcli.perf.jmh;

import io.envcli.perf.Machine;
import io.envcli.perf.Options;
import io.envcli.perf.Results;
import io.envcli.perf.Run;
import io.envcli.simd.Kernels;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code perf-tests/run kernels}: every kernel and stage beside its twin, in a few minutes. */
public final class KernelsCommand implements Run.Command {
    private static final List<Comparison> COMPARISONS = List.of(
            new Comparison("text bitmaps, 64 KiB: vector / scalar", "TextBenchmark.bitmaps kernel=vector",
                    "TextBenchmark.bitmaps kernel=scalar"),
            new Comparison("text bitmaps, 64 KiB: scalar / naive", "TextBenchmark.bitmaps kernel=scalar",
                    "TextBenchmark.bitmaps kernel=naive"),
            new Comparison("UTF-8, 64 KiB: vector / scalar", "Utf8Benchmark.firstInvalid kernel=vector",
                    "Utf8Benchmark.firstInvalid kernel=scalar"),
            new Comparison("UTF-8, 64 KiB: scalar / JDK decoder", "Utf8Benchmark.firstInvalid kernel=scalar",
                    "Utf8Benchmark.firstInvalid kernel=jdk"),
            new Comparison("BLAKE3, value: lanes / scalar", "HashBenchmark.lanes inputs=mix",
                    "HashBenchmark.scalar inputs=mix"),
            new Comparison("BLAKE3, 64 bytes: lanes / scalar", "HashBenchmark.lanes inputs=64",
                    "HashBenchmark.scalar inputs=64"),
            new Comparison("name hash: SipHash / JDK HMAC", "NameHashBenchmark.sipHash",
                    "NameHashBenchmark.jdkHmac"),
            new Comparison("parse, a variable: vector / scalar", "ParserBenchmark.vectorKernels",
                    "ParserBenchmark.scalarKernels"),
            new Comparison("parse, a variable: scalar / naive", "ParserBenchmark.scalarKernels",
                    "ParserBenchmark.naive"),
            new Comparison("parse, 2^16 names: text parser / heap set", "TextParserBenchmark.textParser names=65536",
                    "TextParserBenchmark.heapSet names=65536"),
            new Comparison("parse, 2^20 names: text parser / heap set", "TextParserBenchmark.textParser names=1048576",
                    "TextParserBenchmark.heapSet names=1048576"),
            new Comparison("parse, 2^20 names: text parser / rows", "TextParserBenchmark.textParser names=1048576",
                    "TextParserBenchmark.rows names=1048576"),
            new Comparison("index, put: slabs / one at a time", "IndexBenchmark.applyRows",
                    "IndexBenchmark.upsert"),
            new Comparison("index, put: slabs / heap map", "IndexBenchmark.applyRows",
                    "IndexBenchmark.heapMapPut"),
            new Comparison("index, find: index / heap map", "IndexBenchmark.find", "IndexBenchmark.heapMapGet"),
            new Comparison("journal, a variable: sealed / plain write", "AppendBenchmark.append",
                    "AppendBenchmark.plainWrite"),
            new Comparison("hand-off, a slab: ring / blocking queue", "HandOffBenchmark.slabRing",
                    "HandOffBenchmark.blockingQueue"));

    @Override
    public String help() {
        return "runs the JMH benchmarks quickly, each kernel beside its scalar twin: [--json FILE] [--include REGEX]"
                + " [--iterations 5] [--millis 300 each] [--warmup-millis 1_000 each] [--forks 1]";
    }

    @Override
    public void run(final Run.Context context, final Options options) throws IOException {
        final @Nullable Path json = options.path("json");
        final String include = options.text("include", ".*");
        final int iterations = Math.toIntExact(options.number("iterations", 5));
        final long millis = options.number("millis", 300);
        final long warmUpMillis = options.number("warmup-millis", 1_000);
        final int forks = Math.toIntExact(options.number("forks", 1));
        options.requireAllKnown();
        context.out().println("running the JMH benchmarks; this takes a few minutes");
        final Scores scores = run(include, iterations, TimeValue.milliseconds(warmUpMillis),
                TimeValue.milliseconds(millis),
                forks);
        final Map<String, Object> compared = new LinkedHashMap<>();
        for (final Comparison comparison : COMPARISONS) {
            if (scores.has(comparison.subject()) && scores.has(comparison.baseline())) {
                compared.put(comparison.name(), compare(context, comparison, scores));
            }
        }
        if (json != null) {
            final Map<String, Object> result = new LinkedHashMap<>();
            result.put("kernels", compared);
            result.put("benchmarks", scores.toJson());
            result.put("environment", Machine.describe(context.root()));
            Results.write(json, result);
        }
    }

    private static Scores run(final String include, final int iterations, final TimeValue warmUp,
            final TimeValue time, final int forks) throws IOException {
        final ChainedOptionsBuilder builder = new OptionsBuilder().include("io\\.envcli\\.perf\\..*(" + include + ")")
                .forks(forks).warmupIterations(iterations).warmupTime(warmUp).measurementIterations(iterations)
                .measurementTime(time).shouldFailOnError(true).addProfiler(GCProfiler.class)
                .verbosity(VerboseMode.SILENT);
        if (Kernels.vector().isEmpty()) {
            builder.param("kernel", "naive", "jdk", "scalar");
        }
        try {
            return new Scores(new Runner(builder.build()).run());
        } catch (final RunnerException e) {
            throw new IOException(e);
        }
    }

    private static Map<String, Object> compare(final Run.Context context, final Comparison comparison,
            final Scores scores) {
        final double subject = scores.nanos(comparison.subject());
        final double baseline = scores.nanos(comparison.baseline());
        final double allocated = scores.allocatedBytes(comparison.subject());
        context.out().printf("%-40s %10.1f ns  %10.1f ns  %6.2f times as fast  %8.1f B allocated%n", comparison.name(),
                subject, baseline, baseline / subject, allocated);
        final Map<String, Object> result = new LinkedHashMap<>();
        result.put("nanos", subject);
        result.put("baseline_nanos", baseline);
        result.put("ratio", baseline / subject);
        result.put("allocated_bytes", allocated);
        return result;
    }
}
