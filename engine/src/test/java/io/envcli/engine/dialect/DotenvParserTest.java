package io.envcli.engine.dialect;

import io.envcli.offheap.testing.LeakCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** Dialect dotenv, case by case: what is read, and what is said about it where. */
@ExtendWith(LeakCheck.class)
class DotenvParserTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', ignoreLeadingAndTrailingWhitespace = false, value = {"A=1|1",
        "A=|", "A = 1|1", "A: 1|1", "export A=1|1", "A='1 # 2'|1 # 2", "A='x' # c|x", "A=a b # c|a b",
        "A=`it's \"x\"`|it's \"x\"",
        "A=\"a\\nb\"|a<LF>b", "A=\"a\\rb\"|a<CR>b", "A='a\\nb'|a\\nb", "A=a\\nb|a\\nb", "A=\"a\\tb\"|a\\tb",
        "A='it\\'s'|it\\'s", "A='C:\\dir\\'|C:\\dir\\", "A=\"x\"y|\"x\"y", "A=\"a\"b\"|a\"b", "A=\"x|\"x", "A='|'",
        "A=\"x\\ny|\"x<LF>y", "A=\u00a0x\u3000|x", "\ufeffA=1|1", "A='1<LF>2'|1<LF>2", "A='1<CR><LF>2'|1<LF>2",
        "A='1<CR>2'|1<LF>2", "A=<LF>\"1\"|1", "A<LF>=1|1", "A:<LF>1|1", "A:<CR><LF>1|1", "export<LF>A=1|1",
        "A=a\u2028'b'\u2028\"c\"|a\u2028b\u2028c", "A='a\u2028\"b\"'|a\u2028\"b\"", "# \u2028A=1|1", "A==|=",
        "A=\u0001\u007f|\u0001\u007f", "A=1<CR>|1", "A=\"<LF>\" # c|<LF>", "A='x'\u2028|x", "A=😀|😀"})
    void readsAsNpmDotenvDoes(final String text, final String value) {
        final String expected = value == null ? "" : lineEnds(value);
        assertEquals(Map.of("A", expected), Reading.of(Dialect.DOTENV, lineEnds(text)).object());
        assertEquals(Map.of("A", expected, "B", "2"), Reading.of(Dialect.DOTENV, lineEnds(text) + "\nB=2\n").object());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', ignoreLeadingAndTrailingWhitespace = false, value = {
        "A=1<LF>junk|2:1 no-equals", "A=1<CR><LF>  junk|2:3 no-equals", "A=1<CR>junk|2:1 no-equals",
        "export A|1:1 no-equals", "two words=1|1:4 bad-name", "Ä=1|1:1 bad-name", "=x|1:1 empty-name",
        "KEY:value|1:4 colon-without-space", "A:|1:2 colon-without-space", "A : 1|1:1 no-equals",
        "\ufeff=x|1:1 empty-name", "#c<LF><LF> # d|", "A='x|1:3 unclosed-quote", "A=  `x|1:5 unclosed-quote",
        "A='é'x|1:6 text-after-quote", "A='x' y # z|1:6 text-after-quote", "A=é#b|1:4 cut-at-hash", "A=a #b|",
        "A=#b|", "A=<LF>'b'|1:1 spread-over-lines", "A<LF>=b|1:1 spread-over-lines",
        "export<LF> A=b|2:2 spread-over-lines", "A:<LF>b|1:1 spread-over-lines", "A:<LF><LF>|",
        "A=1<LF>A=2|2:1 duplicate",
        "A=\"a\"b\"|", "x\u2028y|1:1 no-equals; 1:3 no-equals", "B='<LF><LF>'<LF>x|4:1 no-equals",
        "B='<CR><LF><CR>'<CR>é x=|4:1 bad-name"})
    void reportsWhatIsWrongAndWhere(final String text, final String reports) {
        final List<String> expected = reports == null ? List.of() : List.of(reports.split("; "));
        assertEquals(expected, Reading.of(Dialect.DOTENV, lineEnds(text)).reports());
    }

    @Test
    void aValueThatIsNotUtf8IsRejectedWithItsByte() {
        final Reading reading = Reading.of(Dialect.DOTENV, bytes("A=1\nB='é\n  x\u00ff'\nC=\u00c3\nD=4\n", "é"));
        assertEquals(List.of("A", "D"), List.copyOf(reading.object().keySet()));
        assertEquals(List.of("3:4 value-not-utf8", "4:3 value-not-utf8"), reading.reports());
        assertEquals("value is not valid UTF-8 (byte 0xFF); the line was rejected",
                reading.diagnostics().getFirst().message());
    }

    @Test
    void aNameThatIsNotUtf8IsRejectedWithItsByte() {
        final Reading reading = Reading.of(Dialect.DOTENV,
                bytes("A=1\nexport B\u00ff=2\n# \u00ff\nC=3 # \u00ff\n", ""));
        assertEquals(Map.of("A", "1", "C", "3"), reading.object());
        assertEquals(List.of("2:9 name-not-utf8"), reading.reports());
    }

    @Test
    void nulInAValueIsRejected() {
        final Reading reading = Reading.of(Dialect.DOTENV, "A=1\0\nB='\n12\0'\n# \0\nC=3\n\0\n");
        assertEquals(Map.of("C", "3"), reading.object());
        assertEquals(List.of("1:4 nul-in-value", "3:3 nul-in-value", "6:1 no-equals"), reading.reports());
    }

    @Test
    void rowsHaveTheLineOfTheirName() {
        final Reading reading = Reading.of(Dialect.DOTENV, "\n#\nA=1\r\n\r\nB='\n\n'\rexport\nC=3\nD\n=\n'4'\nE=5");
        assertEquals(List.of(3, 5, 9, 10, 13), reading.variables().stream().map(Reading.Variable::line).toList());
    }

    @Test
    void duplicatesAreKeptInOrder() {
        final Reading reading = Reading.of(Dialect.DOTENV, "A=1\nB=2\nA=3\n");
        assertEquals(List.of("1", "2", "3"), reading.variables().stream().map(Reading.Variable::value).toList());
    }

    @Test
    void nothingIsNothing() {
        for (final String text : List.of("", "\n", "\ufeff", "\r", "#", "  ", "\u2028")) {
            assertEquals(new Reading(List.of(), List.of()), Reading.of(Dialect.DOTENV, text));
        }
    }

    private static String lineEnds(final String text) {
        return text.replace("<LF>", "\n").replace("<CR>", "\r");
    }

    /** Characters as bytes of their number, but one that is UTF-8. */
    private static byte[] bytes(final String text, final String utf8) {
        final String latin = new String(utf8.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        return (utf8.isEmpty() ? text : text.replace(utf8, latin)).getBytes(StandardCharsets.ISO_8859_1);
    }
}
