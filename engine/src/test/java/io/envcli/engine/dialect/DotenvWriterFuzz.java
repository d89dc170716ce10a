package io.envcli.engine.dialect;

import org.agrona.concurrent.UnsafeBuffer;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * What is written in dialect dotenv is read back as it was, twice in a row as in an export, without a reject or a warning; by the
 * parser and by its scalar twin.
 */
public final class DotenvWriterFuzz {
    private static final byte[] NAME = {'A'};
    /** The twin recurses. */
    private static final int MOST = 200;

    private DotenvWriterFuzz() {}

    /**
     * Tries one.
     *
     * @param input a value, as far as it is UTF-8 without NUL.
     */
    public static void fuzzerTestOneInput(final byte[] input) {
        final String value = new String(input, 0, Math.min(input.length, MOST), StandardCharsets.UTF_8).replace("\0",
                "");
        final byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        final byte[] line = line(utf8);
        if (line.length == 0) {
            return;
        }
        final byte[] text = Arrays.copyOf(line, 2 * line.length);
        System.arraycopy(line, 0, text, line.length, line.length);
        text[line.length] = 'B';
        final Reading reading = Reading.of(Dialect.DOTENV, text);
        assertEquals(Map.of("A", value, "B", value), reading.object());
        assertEquals(List.of(), reading.diagnostics());
        assertEquals(PlainDotenv.read(text), reading);
    }

    /** The variable as it is written; nothing if it has no form in this dialect. */
    private static byte[] line(final byte[] value) {
        final UnsafeBuffer from = new UnsafeBuffer(new byte[1 + value.length]);
        from.putBytes(0, NAME);
        from.putBytes(1, value);
        final int most = DotenvWriter.maxLength(1, value.length);
        final byte[] to = new byte[most];
        final int length = DotenvWriter.write(from, 0, 1, 1, value.length, new UnsafeBuffer(to), 0);
        assertTrue(length <= most && (length > 0 || length == DotenvWriter.NO_FORM), () -> "length " + length);
        return Arrays.copyOf(to, Math.max(0, length));
    }
}
