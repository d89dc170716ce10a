package io.envcli.perf.pipeline;

import io.envcli.perf.Samples;
import io.envcli.perf.workload.Truth;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What was measured of imports, and the figures formed from it. Threading: one thread.
 */
final class ImportSamples {
    /** Of the whole process, JVM start included. */
    static final String COLD_SECONDS = "cold_seconds";
    /** The highest resident set of that process, mapped files included. */
    static final String PEAK_RSS_BYTES = "peak_rss_bytes";
    /** Of the first import in a process; part of no figure. */
    static final String FIRST_SECONDS = "first_seconds";
    /** Of imports in class {@code process}. */
    static final String WARM_SECONDS = "warm_seconds";
    /** Of {@code cp}, the whole process. */
    static final String CP_SECONDS = "cp_seconds";
    /** Of imports in class {@code power}. */
    static final String POWER_SECONDS = "power_seconds";
    /** Of {@code dd conv=fdatasync}, the whole process. */
    static final String DD_SECONDS = "dd_seconds";
    /** Written by one import. */
    static final String JOURNAL_BYTES = "journal_bytes";
    /** Of the view after one import. */
    static final String VIEW_BYTES = "view_bytes";

    private final Truth truth;
    private final Samples samples = new Samples();

    ImportSamples(final Truth truth) {
        this.truth = truth;
    }

    void add(final String name, final double sample) {
        samples.add(name, sample);
    }

    void add(final String name, final long bytes) {
        add(name, (double) bytes);
    }

    void print(final PrintStream out) {
        figures().forEach((name, value) -> out.printf("%-30s %,18.2f%n", name, value.doubleValue()));
        out.printf("proven: %,d variables in each import, none rejected, and a sample of values read back equal%n",
                truth.variables());
    }

    /** {@return the figures, then what they were formed from} */
    Map<String, Object> toJson() {
        final Map<String, Object> json = new LinkedHashMap<>(figures());
        json.put("workload", truth);
        json.put("samples", samples.toJson());
        return json;
    }

    private Map<String, Number> figures() {
        final Map<String, Number> figures = new LinkedHashMap<>();
        figures.put("variables", truth.variables());
        figures.put("bytes", truth.bytes());
        figures.put("warm_variables_per_second", truth.variables() / samples.median(WARM_SECONDS));
        figures.put("warm_cp_ratio", samples.ratio(WARM_SECONDS, CP_SECONDS));
        figures.put("power_variables_per_second", truth.variables() / samples.median(POWER_SECONDS));
        figures.put("power_dd_ratio", samples.ratio(POWER_SECONDS, DD_SECONDS));
        figures.put("cold_seconds", samples.median(COLD_SECONDS));
        figures.put("peak_rss_bytes", (long) samples.median(PEAK_RSS_BYTES));
        figures.put("journal_bytes_per_source_byte", samples.median(JOURNAL_BYTES) / truth.bytes());
        figures.put("view_bytes_per_variable", samples.median(VIEW_BYTES) / truth.variables());
        return figures;
    }
}
