package io.envcli.perf.put;

import io.envcli.engine.StoreReader;
import io.envcli.engine.Variable;
import io.envcli.perf.workload.Profile;
import io.envcli.perf.workload.Variables;
import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/**
 * What is put: a bulk workload's names over and over, each time with a value that the store has not seen. A value is the
 * number of its put, then a value of the workload.
 *
 * <p>Threading: one thread at a time.
 */
final class Inputs {
    /** The environment that is put into. */
    static final String ENVIRONMENT = "perf";

    private static final int COUNT = 1 << 16;
    private static final int DIGITS = 12;
    private static final int SAMPLES = 1_000;

    private final String[] names = new String[COUNT];
    private final byte[][] values = new byte[COUNT][];

    /**
     * Generates them.
     *
     * @param seed of the workload.
     */
    Inputs(final long seed) {
        final Variables variables = new Variables(Profile.BULK, seed);
        for (int i = 0; i < COUNT; i++) {
            names[i] = variables.name(i);
            final byte[] value = variables.lastValue(i, COUNT);
            values[i] = new byte[DIGITS + value.length];
            System.arraycopy(value, 0, values[i], DIGITS, value.length);
        }
    }

    /** {@return the name of a put} */
    String name(final long number) {
        return names[index(number)];
    }

    /** {@return the value of a put; valid until the next call for the same name} */
    byte[] value(final long number) {
        final byte[] value = values[index(number)];
        long rest = number;
        for (int digit = DIGITS - 1; digit >= 0; digit--) {
            value[digit] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        return value;
    }

    private static int index(final long number) {
        return (int) (number % COUNT);
    }

    /**
     * Proves that the store holds what was put.
     *
     * @param reader at its newest version.
     * @param puts   acknowledged, all there were.
     * @throws IllegalStateException if it does not.
     */
    void requireStored(final StoreReader reader, final long puts) {
        final long variables = Math.min(puts, COUNT);
        final long stored = reader.status().variables();
        if (stored != variables) {
            throw new IllegalStateException("the store has " + stored + " variables, but " + variables + " were put");
        }
        final long samples = Math.min(SAMPLES, variables);
        for (long sample = 0; sample < samples; sample++) {
            final long number = puts - 1 - (samples == 1 ? 0 : (variables - 1) * sample / (samples - 1));
            final @Nullable Variable variable = reader.get(ENVIRONMENT, name(number));
            if (variable == null || !Arrays.equals(variable.valueBytes(), value(number))) {
                throw new IllegalStateException("put " + number + " of " + puts + " is not in the store");
            }
        }
    }
}
