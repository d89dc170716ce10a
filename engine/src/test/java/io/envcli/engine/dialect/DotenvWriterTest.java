package io.envcli.engine.dialect;

import io.envcli.offheap.testing.LeakCheck;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** What is written is read back as it was, by our parser and by the real tool, whatever stands around it. */
@ExtendWith(LeakCheck.class)
class DotenvWriterTest {
    private static final int CASES = Integer.getInteger("envcli.cases", 8_000);
    private static final String[] PARTS = {"a", "n", "r", "b c", " ", "'", "\"", "`", "\\", "\\'", "\\\"", "\\n", "#",
        " #",
        "\n", "\r", "é", "\u2028", "\u00a0", "=", "A=", "$", "\ufeff", "'.", "x\\"};

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', value = {"plain|A=plain", "a b|A='a b'", "^^|A=''",
        "it's|A=\"it's\"",
        "a#b|A='a#b'", "it's \"x\"|A=`it's \"x\"`", "'\"`|A=''\"`'", "C:\\ #\\|A='C:\\ #\\' #'.", "C:\\|A=C:\\",
        "it's\\nx|A=`it's\\nx`", "ü|A='ü'"})
    void choosesTheSimplestForm(final String value, final String expected) {
        assertEquals(expected + "\n", write("A", value).orElseThrow());
    }

    @Test
    void choosesDoubleQuotesForLineEnds() {
        assertEquals("A='1\n2'\n", write("A", "1\n2").orElseThrow());
        assertEquals("A=\"1\\r\n2\"\n", write("A", "1\r\n2").orElseThrow());
        assertEquals("A=\"'`\"\\n\"\n", write("A", "'`\"\n").orElseThrow());
    }

    @Test
    void saysWhatItCannotWrite() {
        assertEquals(DotenvWriter.NO_FORM, code("A", "'\"`#"));
        assertEquals(DotenvWriter.NO_FORM, code("A", "\r\\n"));
        assertEquals(DotenvWriter.NO_FORM, code("A", "'`\n\\n"));
        assertEquals(DotenvWriter.NO_FORM, code("A", "\r".repeat(70_000)));
        assertEquals(DotenvWriter.BAD_NAME, code("A B", "x"));
        assertEquals(DotenvWriter.BAD_NAME, code("", "x"));
        assertEquals(DotenvWriter.BAD_NAME, code("Ä", "x"));
    }

    @Test
    void writesTheLongestVariableThatThereIs() {
        final String value = "x".repeat(131_069);
        assertEquals(Map.of("A", value), Reading.of(Dialect.DOTENV, write("A", value).orElseThrow()).object());
        final String spaced = " ".repeat(131_069);
        assertEquals(Map.of("A", spaced), Reading.of(Dialect.DOTENV, write("A", spaced).orElseThrow()).object());
    }

    @Test
    void ourParserReadsBackWhatIsWritten() {
        int written = 0;
        try (TextParser parser = new TextParser(Dialect.DOTENV)) {
            for (int i = 0; i < CASES; i++) {
                final Map<String, String> variables = new LinkedHashMap<>();
                final String text = file(variables);
                written += variables.size();
                final Reading reading = Reading.of(parser, text.getBytes(StandardCharsets.UTF_8));
                assertEquals(variables, reading.object(), () -> describe(text));
                assertEquals(List.of(), reading.diagnostics(), () -> describe(text));
            }
        }
        assertTrue(written > CASES, "too few values have a form: " + written);
    }

    @Test
    void theToolReadsBackWhatIsWritten() throws IOException, InterruptedException {
        final Optional<String> unavailable = NpmDotenv.unavailable();
        assumeTrue(unavailable.isEmpty(), unavailable::orElseThrow);
        final List<Map<String, String>> expected = new ArrayList<>();
        final List<byte[]> texts = new ArrayList<>();
        for (int i = 0; i < CASES; i++) {
            final Map<String, String> variables = new LinkedHashMap<>();
            texts.add(file(variables).getBytes(StandardCharsets.UTF_8));
            expected.add(variables);
        }
        final List<Map<String, String>> answers = NpmDotenv.parse(texts);
        for (int i = 0; i < CASES; i++) {
            final byte[] text = texts.get(i);
            assertEquals(expected.get(i), answers.get(i), () -> describe(new String(text, StandardCharsets.UTF_8)));
        }
    }

    /** Several variables, as an export writes them. */
    private String file(final Map<String, String> variables) {
        final StringBuilder text = new StringBuilder();
        for (int i = 0; i < 4; i++) {
            final StringBuilder value = new StringBuilder();
            for (int parts = random.nextInt(7); parts > 0; parts--) {
                value.append(PARTS[random.nextInt(PARTS.length)]);
            }
            final String name = "A" + i;
            write(name, value.toString()).ifPresent(written -> {
                variables.put(name, value.toString());
                text.append(written);
            });
        }
        return text.toString();
    }

    private String describe(final String text) {
        return "seed " + seed + ", text: " + text;
    }

    private static Optional<String> write(final String name, final String value) {
        final byte[] nameBytes = name.getBytes(StandardCharsets.UTF_8);
        final byte[] valueBytes = value.getBytes(StandardCharsets.UTF_8);
        final UnsafeBuffer from = new UnsafeBuffer(new byte[nameBytes.length + valueBytes.length]);
        from.putBytes(0, nameBytes);
        from.putBytes(nameBytes.length, valueBytes);
        final int most = DotenvWriter.maxLength(nameBytes.length, valueBytes.length);
        final UnsafeBuffer to = new UnsafeBuffer(new byte[most + 3]);
        final int length = DotenvWriter.write(from, 0, nameBytes.length, nameBytes.length, valueBytes.length, to, 3);
        assertTrue(length <= most, () -> length + " bytes");
        if (length == DotenvWriter.NO_FORM) {
            return Optional.empty();
        }
        assertTrue(length > 0, () -> "code " + length);
        return Optional.of(to.getStringWithoutLengthUtf8(3, length));
    }

    private static int code(final String name, final String value) {
        final byte[] bytes = (name + value).getBytes(StandardCharsets.UTF_8);
        final int nameLength = name.getBytes(StandardCharsets.UTF_8).length;
        final UnsafeBuffer to = new UnsafeBuffer(new byte[DotenvWriter.maxLength(nameLength, bytes.length)]);
        return DotenvWriter.write(new UnsafeBuffer(bytes), 0, nameLength, nameLength, bytes.length - nameLength, to, 0);
    }
}
