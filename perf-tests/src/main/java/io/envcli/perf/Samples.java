package io.envcli.perf;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was measured, by name and round. A figure is the median of the rounds; a ratio is formed within a round first, where
 * both sides met the same noise.
 *
 * <p>Threading: one thread.
 */
public final class Samples {
    private final Map<String, List<Double>> samples = new LinkedHashMap<>();

    /**
     * Adds a sample of the round after the last.
     *
     * @param name   of what was measured.
     * @param sample measured.
     * @return the sample.
     */
    public double add(final String name, final double sample) {
        samples.computeIfAbsent(name, absent -> new ArrayList<>()).add(sample);
        return sample;
    }

    /**
     * Whether there is any.
     *
     * @param name of what was measured.
     * @return true if there is.
     */
    public boolean has(final String name) {
        return samples.containsKey(name);
    }

    /**
     * The median of the rounds.
     *
     * @param name of what was measured.
     * @return the median.
     * @throws IllegalArgumentException if there is no sample.
     */
    public double median(final String name) {
        return Results.median(of(name));
    }

    /**
     * The median of the rounds' ratios.
     *
     * @param name     of what was measured.
     * @param baseline of what it is divided by; measured in as many rounds.
     * @return the median.
     */
    public double ratio(final String name, final String baseline) {
        final double[] ratios = of(name);
        final double[] baselines = of(baseline);
        if (ratios.length != baselines.length) {
            throw new IllegalArgumentException(name + " has " + ratios.length + " rounds, " + baseline + " has "
                    + baselines.length);
        }
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] /= baselines[i];
        }
        return Results.median(ratios);
    }

    /** {@return all samples by name, for JSON} */
    public Map<String, List<Double>> toJson() {
        return samples;
    }

    private double[] of(final String name) {
        return samples.getOrDefault(name, List.of()).stream().mapToDouble(Double::doubleValue).toArray();
    }
}
