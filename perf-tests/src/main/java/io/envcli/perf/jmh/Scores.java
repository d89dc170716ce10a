package io.envcli.perf.jmh;

import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Scores of a JMH run by short names: {@code TextBenchmark.bitmaps kernel=vector}. */
final class Scores {
    private static final String ALLOCATION = "gc.alloc.rate.norm";

    private final Map<String, RunResult> results = new LinkedHashMap<>();

    Scores(final Collection<RunResult> runs) {
        for (final RunResult run : runs) {
            results.put(name(run.getParams()), run);
        }
    }

    private static String name(final BenchmarkParams params) {
        final String full = params.getBenchmark();
        final int method = full.lastIndexOf('.');
        final StringBuilder name = new StringBuilder(full.substring(full.lastIndexOf('.', method - 1) + 1));
        for (final String key : new TreeSet<>(params.getParamsKeys())) {
            name.append(' ').append(key).append('=').append(params.getParam(key));
        }
        return name.toString();
    }

    /** {@return whether a benchmark was run} */
    boolean has(final String name) {
        return results.containsKey(name);
    }

    /** {@return the time for one operation in nanoseconds} */
    double nanos(final String name) {
        return result(name).getPrimaryResult().getScore();
    }

    /** {@return bytes of garbage for one operation; NaN if they were not counted} */
    double allocatedBytes(final String name) {
        final Result<?> allocated = result(name).getSecondaryResults().get(ALLOCATION);
        return allocated == null ? Double.NaN : allocated.getScore();
    }

    private RunResult result(final String name) {
        final RunResult result = results.get(name);
        if (result == null) {
            throw new IllegalArgumentException("no benchmark " + name + " was run; there are " + results.keySet());
        }
        return result;
    }

    /** {@return everything measured, with the samples of each benchmark} */
    Map<String, Object> toJson() {
        final Map<String, Object> json = new LinkedHashMap<>();
        results.forEach((name, run) -> {
            final Map<String, Object> one = new LinkedHashMap<>();
            one.put("nanos", nanos(name));
            one.put("error", run.getPrimaryResult().getScoreError());
            one.put("allocated_bytes", allocatedBytes(name));
            one.put("samples", samples(run));
            json.put(name, one);
        });
        return json;
    }

    private static List<Double> samples(final RunResult run) {
        return run.getAggregatedResult().getIterationResults().stream()
                .map(iteration -> iteration.getPrimaryResult().getScore()).toList();
    }
}
