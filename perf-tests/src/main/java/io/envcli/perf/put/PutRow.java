package io.envcli.perf.put;

import io.envcli.engine.Durability;
import org.HdrHistogram.Histogram;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One line of the result.
 *
 * @param path       that the puts took.
 * @param durability they were acknowledged at.
 * @param outcome    measured.
 */
record PutRow(String path, Durability durability, OfferedLoad.Outcome outcome) {
    /** Below this share of the offered rate the store did not keep up, and latencies grow with the length of the run. */
    private static final double KEPT_UP = 0.98;
    private static final double MICROS = 1e3;

    static String heading() {
        return "%-9s %-8s %11s %11s  %10s %10s %10s %10s %10s   microseconds from the intended start".formatted("path",
                "class",
                "offered/s", "achieved/s", "p50", "p99", "p99.9", "max", "own pause");
    }

    String line() {
        final Histogram latencies = outcome.latencies();
        return "%-9s %-8s %,11d %,11.0f  %,10.1f %,10.1f %,10.1f %,10.1f %,10.1f%s".formatted(path, durability.label(),
                outcome.rate(), outcome.achievedRate(), micros(latencies.getValueAtPercentile(50)),
                micros(latencies.getValueAtPercentile(99)), micros(latencies.getValueAtPercentile(99.9)),
                micros(latencies.getMaxValue()), micros(outcome.pauseNs()), keptUp() ? "" : "   did not keep up");
    }

    /** Whether all were acknowledged at about the rate offered: the last one may end a little after the time. */
    boolean keptUp() {
        return outcome.acknowledged() == outcome.offered() && outcome.achievedRate() >= KEPT_UP * outcome.rate();
    }

    Map<String, Object> toJson() {
        final Histogram latencies = outcome.latencies();
        final Map<String, Object> json = new LinkedHashMap<>();
        json.put("path", path);
        json.put("durability", durability.label());
        json.put("offered_per_second", outcome.rate());
        json.put("achieved_per_second", outcome.achievedRate());
        json.put("offered", outcome.offered());
        json.put("acknowledged", outcome.acknowledged());
        json.put("kept_up", Boolean.toString(keptUp()));
        json.put("p50_nanos", latencies.getValueAtPercentile(50));
        json.put("p99_nanos", latencies.getValueAtPercentile(99));
        json.put("p999_nanos", latencies.getValueAtPercentile(99.9));
        json.put("max_nanos", latencies.getMaxValue());
        json.put("own_pause_nanos", outcome.pauseNs());
        return json;
    }

    private static double micros(final long nanos) {
        return nanos / MICROS;
    }
}
