package io.envcli.engine.dialect;

import io.envcli.engine.dialect.Reading.Variable;
import io.envcli.offheap.testing.LeakCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** Dialect environ: entries ended by NUL. */
@ExtendWith(LeakCheck.class)
class EnvironParserTest {
    private static final int CASES = 4_000;
    private static final String[] PIECES = {"A", "B", "=", "=", "\0", "\0", "\n", "é", " ", "'", "\u00ff", "\u00c3",
        "x=1\0"};

    @Test
    void readsWhatEnvWrites() {
        final Reading reading = Reading.of(Dialect.ENVIRON, "A=1\0B=x\n'y'\r\0C=\0D=a=b\0E F=ü\0");
        assertEquals(Map.of("A", "1", "B", "x\n'y'\r", "C", "", "D", "a=b", "E F", "ü"), reading.object());
        assertEquals(List.of(1, 2, 3, 4, 5), reading.variables().stream().map(Variable::line).toList());
        assertEquals(List.of(), reading.diagnostics());
    }

    @Test
    void theLastEntryMayLackItsNul() {
        assertEquals(Map.of("A", "1", "B", "2"), Reading.of(Dialect.ENVIRON, "A=1\0B=2").object());
        assertEquals(Map.of(), Reading.of(Dialect.ENVIRON, "").object());
    }

    @Test
    void rejectsWhatIsNoVariable() {
        final Reading reading = Reading.of(Dialect.ENVIRON, "A=1\0junk\0=x\0\0éB\nC=2\0D=4\0");
        assertEquals(Map.of("A", "1", "D", "4"), reading.object());
        assertEquals(List.of("2:1 no-equals", "3:1 empty-name", "4:1 no-equals", "5:3 bad-name"), reading.reports());
    }

    @Test
    void rejectsWhatIsNotUtf8() {
        final byte[] text = "A=1\0B\u00ff=2\0C=x\n\u00ff\0".getBytes(StandardCharsets.ISO_8859_1);
        final Reading reading = Reading.of(Dialect.ENVIRON, text);
        assertEquals(Map.of("A", "1"), reading.object());
        assertEquals(List.of("2:2 name-not-utf8", "3:5 value-not-utf8"), reading.reports());
    }

    @Test
    void rejectsWhatIsTooLong() {
        final String name = "N".repeat(65_535);
        final String value = "v".repeat(131_069);
        assertEquals(Map.of(name, "1", "A", value), Reading.of(Dialect.ENVIRON, name + "=1\0A=" + value).object());
        for (final int length : new int[]{131_070, 300_000, 2_000_000}) {
            final Reading reading = Reading.of(Dialect.ENVIRON, "A=" + "v".repeat(length) + "\0B=2\0" + name
                    + "N=1\0" + "N".repeat(length) + "\0C=3\0junk");
            assertEquals(Map.of("B", "2", "C", "3"), reading.object());
            assertEquals(List.of("1:1 too-long", "3:1 name-too-long", "4:1 name-too-long", "6:1 no-equals"),
                    reading.reports());
        }
    }

    @Test
    void readsAsItsTwinDoesWhereverTheTextIsCut() {
        final long seed = new Random().nextLong();
        final Random random = new Random(seed);
        try (TextParser whole = new TextParser(Dialect.ENVIRON);
                CutParser cut = new CutParser(Dialect.ENVIRON.newParser(), random)) {
            for (int i = 0; i < CASES; i++) {
                final StringBuilder pieces = new StringBuilder();
                for (int count = random.nextInt(30); count > 0; count--) {
                    pieces.append(PIECES[random.nextInt(PIECES.length)]);
                }
                final byte[] text = pieces.toString().getBytes(StandardCharsets.ISO_8859_1);
                final Reading reading = Reading.of(whole, text);
                assertEquals(reading, cut.read(text), () -> "seed " + seed + ", text: " + pieces);
                assertEquals(plain(text), reading.variables(), () -> "seed " + seed + ", text: " + pieces);
            }
        }
    }

    /** The twin: splits strings. */
    private static List<Variable> plain(final byte[] text) {
        final List<Variable> variables = new ArrayList<>();
        final String[] entries = new String(text, StandardCharsets.ISO_8859_1).split("\0", -1);
        for (int i = 0; i < entries.length; i++) {
            final int equals = entries[i].indexOf('=');
            final boolean sound = new String(entries[i].getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8)
                    .indexOf('\ufffd') < 0;
            if (equals > 0 && sound && entries[i].lastIndexOf('\n', equals) < 0) {
                variables.add(new Variable(entries[i].substring(0, equals), entries[i].substring(equals + 1), i + 1));
            }
        }
        return variables;
    }
}
