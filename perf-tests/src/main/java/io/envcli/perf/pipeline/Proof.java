package io.envcli.perf.pipeline;

import io.envcli.engine.StoreReader;
import io.envcli.engine.Variable;
import io.envcli.perf.workload.Truth;
import io.envcli.perf.workload.Variables;
import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/**
 * Proves that an import did its work.
 *
 * @param truth about what was imported.
 */
public record Proof(Truth truth) {
    private static final int SAMPLES = 1_000;

    /** The environment that benchmarks import into. */
    public static final String ENVIRONMENT = "perf";

    /**
     * Checks an import's own account.
     *
     * @param variables counted by it.
     * @param rejected  counted by it.
     */
    public void requireCounts(final long variables, final long rejected) {
        require(variables == truth.variables(), "variables", truth.variables(), variables);
        require(rejected == 0, "rejected", 0, rejected);
    }

    /**
     * Reads variables all over the workload back, first and last included.
     *
     * @param reader at the version to check.
     */
    public void requireValues(final StoreReader reader) {
        final Variables variables = new Variables(truth.profile(), truth.seed());
        final long samples = Math.min(SAMPLES, truth.assignments());
        for (long sample = 0; sample < samples; sample++) {
            final long position = samples == 1 ? 0 : (truth.assignments() - 1) * sample / (samples - 1);
            final String name = variables.name(position);
            final @Nullable Variable variable = reader.get(ENVIRONMENT, name);
            if (variable == null) {
                throw new IllegalStateException("the store lacks " + name + ", assigned at position " + position);
            }
            if (!Arrays.equals(variable.valueBytes(), variables.lastValue(position, truth.assignments()))) {
                throw new IllegalStateException("the store has another value for " + name + " than was generated");
            }
        }
    }

    private static void require(final boolean holds, final String what, final long expected, final long actual) {
        if (!holds) {
            throw new IllegalStateException(what + " is " + actual + " after the import, but must be " + expected);
        }
    }
}
