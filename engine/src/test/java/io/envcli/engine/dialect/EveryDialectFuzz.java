package io.envcli.engine.dialect;

/**
 * Every dialect reads any bytes, the same wherever the text is cut: none fails, and what it gives can be stored. A dialect that is
 * added is tried with the rest.
 */
public final class EveryDialectFuzz {
    private EveryDialectFuzz() {}

    /**
     * Tries one.
     *
     * @param text any bytes.
     */
    public static void fuzzerTestOneInput(final byte[] text) {
        for (final Dialect dialect : Dialect.values()) {
            final Reading reading = Reading.of(dialect, text);
            for (final Reading.Variable variable : reading.variables()) {
                final String name = variable.name();
                if (name.isEmpty() || name.indexOf('=') >= 0 || name.indexOf('\0') >= 0 || name.indexOf('\n') >= 0
                        || variable.value().indexOf('\0') >= 0) {
                    throw new AssertionError(dialect + " gives a variable that cannot be: " + variable);
                }
            }
            DotenvFuzz.checkCuts(dialect, text, reading);
        }
    }
}
