package io.envcli.perf.pipeline;

import io.envcli.perf.Results;
import io.envcli.perf.workload.Truth;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What was measured, one element a round. Ratios are formed within a round, where both sides met the same noise; the
 * result is the median of the rounds.
 *
 * @param truth            about the workload.
 * @param coldSeconds      of the whole process, JVM start included.
 * @param coldPeakRssBytes the highest resident set of that process, mapped files included.
 * @param firstSeconds     of the first import in a process; not part of any median.
 * @param warmSeconds      of imports in class {@code process}.
 * @param cpSeconds        of {@code cp}, the whole process.
 * @param powerSeconds     of imports in class {@code power}.
 * @param ddSeconds        of {@code dd conv=fdatasync}, the whole process.
 * @param journalBytes     written by one import.
 * @param viewBytes        of the view after it.
 */
record ImportSamples(Truth truth, double[] coldSeconds, double[] coldPeakRssBytes, double firstSeconds,
        double[] warmSeconds, double[] cpSeconds, double[] powerSeconds, double[] ddSeconds, double journalBytes,
        double viewBytes) {

    void print(final PrintStream out) {
        figures().forEach((name, value) -> out.printf("%-30s %,18.2f%n", name, value.doubleValue()));
        out.printf("proven: %,d variables in each import, none rejected, and a sample of values read back equal%n",
                truth.variables());
    }

    /** {@return the figures, then what they were formed from} */
    Map<String, Object> toJson() {
        final Map<String, Object> json = new LinkedHashMap<>(figures());
        final Map<String, Object> samples = new LinkedHashMap<>();
        samples.put("cold_seconds", coldSeconds);
        samples.put("cold_peak_rss_bytes", coldPeakRssBytes);
        samples.put("first_seconds", firstSeconds);
        samples.put("warm_seconds", warmSeconds);
        samples.put("cp_seconds", cpSeconds);
        samples.put("power_seconds", powerSeconds);
        samples.put("dd_seconds", ddSeconds);
        json.put("workload", truth);
        json.put("samples", samples);
        return json;
    }

    private Map<String, Number> figures() {
        final Map<String, Number> figures = new LinkedHashMap<>();
        figures.put("variables", truth.variables());
        figures.put("bytes", truth.bytes());
        figures.put("warm_variables_per_second", truth.variables() / Results.median(warmSeconds));
        figures.put("warm_cp_ratio", Results.median(ratios(warmSeconds, cpSeconds)));
        figures.put("power_variables_per_second", truth.variables() / Results.median(powerSeconds));
        figures.put("power_dd_ratio", Results.median(ratios(powerSeconds, ddSeconds)));
        figures.put("cold_seconds", Results.median(coldSeconds));
        figures.put("peak_rss_bytes", Results.median(coldPeakRssBytes));
        figures.put("journal_bytes_per_source_byte", journalBytes / truth.bytes());
        figures.put("view_bytes_per_variable", viewBytes / truth.variables());
        return figures;
    }

    private static double[] ratios(final double[] seconds, final double[] baseline) {
        final double[] ratios = new double[seconds.length];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = seconds[i] / baseline[i];
        }
        return ratios;
    }
}
