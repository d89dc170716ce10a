package io.envcli.engine.dialect;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * A named reading of dotenv text.
 *
 * <p>Labels and codes are kept for ever: users write the one, the journal stores the other.
 */
public enum Dialect {
    /** As npm dotenv 18's classic parser reads it. */
    DOTENV("dotenv", 1) {
        @Override
        public DialectParser newParser() {
            return new DotenvParser(DotenvLimits.PRODUCT);
        }
    },
    /** Entries {@code NAME=value} ended by NUL, as {@code env -0} writes them. */
    ENVIRON("environ", 2) {
        @Override
        public DialectParser newParser() {
            return new EnvironParser();
        }
    };

    private static final Dialect[] ALL = values();

    private final String label;
    private final byte code;

    Dialect(final String label, final int code) {
        this.label = label;
        this.code = (byte) code;
    }

    /**
     * Makes a parser. The caller closes it.
     *
     * @return a parser that has not begun.
     */
    public abstract DialectParser newParser();

    /** {@return what users call it} */
    public String label() {
        return label;
    }

    /** {@return what the journal calls it, from 1} */
    public byte code() {
        return code;
    }

    /** {@return the labels of all dialects, for people: {@code dotenv, environ}} */
    public static String labels() {
        return Arrays.stream(ALL).map(Dialect::label).collect(Collectors.joining(", "));
    }

    /**
     * Finds a dialect by what users call it.
     *
     * @param label as {@link #label()} gives it.
     * @return the dialect.
     * @throws IllegalArgumentException if there is none, naming those that there are.
     */
    public static Dialect fromLabel(final String label) {
        for (final Dialect dialect : ALL) {
            if (dialect.label.equals(label)) {
                return dialect;
            }
        }
        throw new IllegalArgumentException("dialect=" + label + " is unknown; use one of: " + labels());
    }

    /**
     * Finds a dialect by what the journal calls it.
     *
     * @param code as {@link #code()} gives it.
     * @return the dialect.
     * @throws IllegalArgumentException if there is none.
     */
    public static Dialect fromCode(final byte code) {
        for (final Dialect dialect : ALL) {
            if (dialect.code == code) {
                return dialect;
            }
        }
        throw new IllegalArgumentException(
                "dialect code=" + code + " is unknown; the journal was written by a newer env-cli: use that one");
    }
}
