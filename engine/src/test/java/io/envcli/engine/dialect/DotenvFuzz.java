package io.envcli.engine.dialect;

import java.util.Arrays;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** Dialect dotenv reads any bytes as its scalar twin does, wherever the text is cut. */
public final class DotenvFuzz {
    /** The twin recurses, a few frames a byte. */
    private static final int MOST = 400;

    private DotenvFuzz() {}

    /**
     * Tries one.
     *
     * @param input a text; what is too long is left off.
     */
    public static void fuzzerTestOneInput(final byte[] input) {
        final byte[] text = Arrays.copyOf(input, Math.min(input.length, MOST));
        final Reading reading = Reading.of(Dialect.DOTENV, text);
        assertEquals(PlainDotenv.read(text), reading);
        checkCuts(Dialect.DOTENV, text, reading);
    }

    static void checkCuts(final Dialect dialect, final byte[] text, final Reading reading) {
        try (CutParser cut = new CutParser(dialect.newParser(), new Random(Arrays.hashCode(text)))) {
            assertEquals(reading, cut.read(text));
        }
    }
}
