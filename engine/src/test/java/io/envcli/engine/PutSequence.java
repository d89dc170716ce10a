package io.envcli.engine;

import java.util.HashMap;
import java.util.Map;

import static org.junit.jupiter.api.Assertions.assertEquals;

/**
 * Puts that count: the n-th sets the variable n modulo 16 to n, but for every fifth, which unsets it. One at a time, so that at
 * any version what is set says how many there were, and then what every variable is.
 */
final class PutSequence {
    private static final String ENVIRONMENT = "sequence";
    private static final int NAMES = 16;

    private PutSequence() {}

    /** Does the n-th, from 1. */
    static void put(final Store store, final long n) {
        if (unsets(n)) {
            store.unset(ENVIRONMENT, name(n));
        } else {
            store.put(ENVIRONMENT, name(n), String.valueOf(n));
        }
    }

    private static boolean unsets(final long n) {
        return n % 5 == 0;
    }

    private static String name(final long n) {
        return "N_" + n % NAMES;
    }

    /** {@return the highest number that is set; 0 if none is} */
    static long check(final StoreReader reader) {
        final Map<String, String> found = new HashMap<>();
        reader.forEach(ENVIRONMENT, variable -> found.put(variable.name(), variable.value()));
        final long highest = found.values().stream().mapToLong(Long::parseLong).max().orElse(0);
        final Map<String, String> expected = expected(highest);
        if (!expected.equals(found)) {
            // What comes after the highest one may be an unset.
            assertEquals(expected(highest + 1), found, () -> "at version " + reader.version());
        }
        return highest;
    }

    private static Map<String, String> expected(final long n) {
        final Map<String, String> expected = new HashMap<>();
        for (long i = Math.max(1, n - NAMES + 1); i <= n; i++) {
            if (!unsets(i)) {
                expected.put(name(i), String.valueOf(i));
            }
        }
        return expected;
    }
}
