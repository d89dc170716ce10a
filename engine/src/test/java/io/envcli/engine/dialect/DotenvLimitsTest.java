package io.envcli.engine.dialect;

import io.envcli.offheap.testing.LeakCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What is too long, too far away, or meant to take for ever. */
@ExtendWith(LeakCheck.class)
class DotenvLimitsTest {
    private static final int MEGABYTE = 1 << 20;
    private static final int LOOKAHEAD = DotenvLimits.PRODUCT.lookahead();

    @Test
    void aNameOf65535BytesIsTheLongest() {
        final String name = "N".repeat(65_535);
        assertEquals(Map.of(name, "v", "B", "2"), read(name + "=v\nB=2\n").object());
        assertEquals(Map.of(name, "v w"), read("  " + name + " = 'v w'").object());
    }

    @ParameterizedTest
    @ValueSource(ints = {65_536, 70_000, 131_072, 300_000, 2 * MEGABYTE})
    void aLongerNameIsRejectedWithItsLine(final int length) {
        final Reading reading = read("A=1\n  " + "N".repeat(length) + "=v\nB=2\nC D\n");
        assertEquals(Map.of("A", "1", "B", "2"), reading.object());
        assertEquals(List.of("2:3 name-too-long", "4:1 no-equals"), reading.reports());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "'", "\""})
    void nameAndValueOf131071BytesAreTheLongest(final String quote) {
        final String value = "v".repeat(131_071 - 5);
        assertEquals(Map.of("NAME", value, "B", "2"), read("NAME=" + quote + value + quote + "\nB=2").object());
        final Reading reading = read("#\nNAME=" + quote + value + "v" + quote + "\nB=2\nC D");
        assertEquals(Map.of("B", "2"), reading.object());
        assertEquals(List.of("2:1 too-long", "4:1 no-equals"), reading.reports());
    }

    @Test
    void lengthCountsOnceEscapesAreDecoded() {
        final String value = "v".repeat(131_071 - 5 - 1) + "\n";
        assertEquals(Map.of("NAME", value), read("NAME=\"" + value.replace("\n", "\\n") + "\"").object());
        assertEquals(Map.of("NAME", value), read("NAME='" + value.replace("\n", "\r\n") + "'").object());
        assertEquals(List.of("1:1 too-long"), read("NAME='" + value.replace("\n", "\\n") + "'").reports());
    }

    @ParameterizedTest
    @ValueSource(ints = {131_072, 300_000, 3 * MEGABYTE})
    void aValueThatIsFarTooLongIsPassedOverToItsEnd(final int length) {
        final Reading reading = read("A=" + "v".repeat(length) + " # \u2028X=1\nB=2\nC D");
        // The comment ends at U+2028 for the tool, and so it does for a value that is passed over.
        assertEquals(Map.of("X", "1", "B", "2"), reading.object());
        assertEquals(List.of("1:1 too-long", "3:1 no-equals"), reading.reports());
    }

    @Test
    void aLongCommentEndsWhereItEnds() {
        final Reading reading = read("#" + "é".repeat(MEGABYTE) + "\nA=1\n#" + "x".repeat(MEGABYTE) + "\r\nB C\n");
        assertEquals(Map.of("A", "1"), reading.object());
        assertEquals(List.of("4:1 no-equals"), reading.reports());
    }

    @Test
    void columnsCountOverSlabs() {
        final Reading reading = read("#" + "é".repeat(MEGABYTE) + "\u2028A B\n");
        assertEquals(List.of("1:" + (MEGABYTE + 3) + " no-equals"), reading.reports());
    }

    @Test
    void aClosingQuoteIsLookedFor131072BytesAhead() {
        final String value = "v".repeat(LOOKAHEAD - 3) + "\n";
        final Reading closed = read("A='" + value + "v'\n");
        assertEquals(List.of("1:1 too-long"), closed.reports());
        final Reading unclosed = read("A='" + value + "vv'\nB=2\n");
        assertEquals(List.of("1:1 too-long", "2:1 no-equals"), unclosed.reports());
        final Reading lines = read("A='x\n" + "B=1\n".repeat(LOOKAHEAD / 4) + "'\n");
        assertEquals(Map.of("A", "'x", "B", "1"), lines.object());
        assertEquals("1:3 unclosed-quote", lines.reports().getFirst());
    }

    @Test
    void whitespaceIsLookedThroughFor16000Bytes() {
        final String most = "\n".repeat(15_999);
        assertEquals(Map.of("A", "1"),
                read("export" + most + "A" + most + "=" + most + "'1'" + " ".repeat(15_999)).object());
        final String more = most + "\n\n";
        assertEquals(Map.of(), read("A" + more + "=1").object());
        assertEquals(Map.of("A", ""), read("A=" + more + "'1'").object());
        assertEquals(Map.of("A", "1"), read("A=" + " ".repeat(20_000) + "1" + " ".repeat(20_000)).object());
    }

    @Test
    void theLongestUndecidedStatementFitsTheTail() {
        final String blank = " ".repeat(15_990);
        final String statement = "export" + blank + "N".repeat(65_535) + blank + "=" + blank + "'"
                + "v".repeat(LOOKAHEAD - 1) + "'" + blank;
        assertTrue(statement.length() < DialectParser.MAX_TAIL);
        final byte[] text = ("A=1\n" + statement + "\nB=2\n").getBytes(StandardCharsets.UTF_8);
        for (final int capacity : new int[]{4_096, 65_536}) {
            final Reading reading = Reading.of(Dialect.DOTENV.newParser(), text, capacity);
            assertEquals(Map.of("A", "1", "B", "2"), reading.object());
            assertEquals(List.of("2:15997 too-long"), reading.reports());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"A=\"x\n", "A=\"x\nB='y\nC=`z\n", "A=\"\\\"\\\"x\n", "A=\" \" \" x\n", "A= 'x' 'y\n",
        "A=\n\n\n\n\n\n", "A\n\n\n\n\n\n", "export \n\n\n", "export\n\n\nA\n\n\n", "x\u2028", "A=\"\u2028", "A=1\u2028",
        "A='\\\n", "A=`\\`\n", ":", "A:\n", "=", "#", "'", "\\\"", "A=\"\\n\\n", "\u2028", "\r", "A B C\u2028"})
    void effortIsLinear(final String pattern) {
        for (final String start : new String[]{"", "A='", "A=\""}) {
            final String text = start + pattern.repeat(MEGABYTE / 2 / pattern.length());
            final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            final DotenvParser parser = new DotenvParser(DotenvLimits.PRODUCT);
            try (TextParser whole = new TextParser(parser, 256 * 1024)) {
                whole.parse(bytes, new Diagnostics(0), (buffer, name, nameLength, value, valueLength, line) -> {});
                // Bitmaps, places, three kinds of quote, a way back over passed ones; and tails, looked at again.
                final long limit = 8L * bytes.length + 4L * DialectParser.MAX_TAIL;
                assertTrue(parser.effort() < limit, () -> start + pattern + ": " + parser.effort() / bytes.length);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"A='x\nB=\"y\nC=`z\n", "A=\"x\n", "A='\n\n", "A=\"\\\"x\nB=`\n"})
    void twiceTheTextIsTwiceTheEffort(final String pattern) {
        final long once = effort(pattern.repeat(4 * MEGABYTE / pattern.length()));
        final long twice = effort(pattern.repeat(8 * MEGABYTE / pattern.length()));
        final long slack = 2L * DialectParser.MAX_TAIL; // where a text is cut, and how it ends
        assertTrue(Math.abs(twice - 2 * once) <= slack, () -> once + " for N, " + twice + " for 2N: " + pattern);
    }

    private static long effort(final String text) {
        final DotenvParser parser = new DotenvParser(DotenvLimits.PRODUCT);
        try (TextParser whole = new TextParser(parser, 256 * 1024)) {
            whole.parse(text.getBytes(StandardCharsets.UTF_8), new Diagnostics(0),
                    (buffer, name, nameLength, value, valueLength, line) -> {});
        }
        return parser.effort();
    }

    @Test
    void openQuotesAllOverALargeFileAreLinear() {
        final Random random = new Random(1);
        final StringBuilder text = new StringBuilder(25 * MEGABYTE);
        while (text.length() < 24 * MEGABYTE) {
            text.append("NAME=").append("\"'`".charAt(random.nextInt(3))).append("x".repeat(random.nextInt(40)))
                    .append('\n');
        }
        final byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        final DotenvParser parser = new DotenvParser(DotenvLimits.PRODUCT);
        final Diagnostics diagnostics = new Diagnostics(10);
        try (TextParser whole = new TextParser(parser, 256 * 1024)) {
            whole.parse(bytes, diagnostics, (buffer, name, nameLength, value, valueLength, line) -> {});
        }
        assertTrue(parser.effort() < 8L * bytes.length, () -> parser.effort() + " for " + bytes.length);
        assertTrue(diagnostics.count(Reason.UNCLOSED_QUOTE) > 800_000);
    }

    private static Reading read(final String text) {
        return Reading.of(Dialect.DOTENV, text);
    }
}
