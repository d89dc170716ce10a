package io.envcli.engine.dialect;

import io.envcli.engine.dialect.Reading.Variable;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import static io.envcli.engine.dialect.Pattern.all;
import static io.envcli.engine.dialect.Pattern.either;
import static io.envcli.engine.dialect.Pattern.literal;
import static io.envcli.engine.dialect.Pattern.one;

/**
 * Dialect {@code dotenv} once more, with no thought for speed: the scalar twin that the parser is compared with. It really
 * backtracks, over the whole text, decoded, without any limit on how far it looks.
 */
final class PlainDotenv {
    private static final int MAX_TOGETHER = 131_071;
    private static final String SPACES = "\t\n\u000b\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007"
            + "\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff";

    private final PlainText source;
    private final int[] text;
    private final int[] export = {-1, -1};
    private final int[] name = {-1, -1};
    private final int[] separator = {-1, -1};
    private final int[] value = {-1, -1};
    private final Pattern statement;
    private final List<Variable> variables = new ArrayList<>();
    private final List<Diagnostic> diagnostics = new ArrayList<>();

    private PlainDotenv(final byte[] bytes) {
        source = new PlainText(bytes);
        text = source.normal();
        final Pattern space = one(PlainDotenv::isSpace);
        final Pattern prefix = all(literal("export"), space.oneOrMany()).into(export);
        final Pattern comment = all(literal("#"), one(c -> !endsLine(c)).many());
        final Pattern quoted = either(quoted('\''), quoted('"'), quoted('`'));
        final Pattern plain = one(c -> c != '#' && c != '\n').oneOrMany();
        statement = all(space.many(), prefix.maybe(), one(PlainDotenv::isName).oneOrMany().into(name),
                either(all(space.many(), literal("=").into(separator), space.few()),
                        all(literal(":").into(separator), all(space, space.few()))),
                either(quoted, plain).into(value).maybe(), space.many(), comment.maybe(),
                (all, offset, rest) -> offset == all.length || endsLine(all[offset]) ? rest.from(offset) : -1);
    }

    private static Pattern quoted(final char quote) {
        final String mark = Character.toString(quote);
        return all(one(PlainDotenv::isSpace).many(), literal(mark),
                either(literal("\\" + mark), one(c -> c != quote)).many(), literal(mark));
    }

    static Reading read(final byte[] bytes) {
        return new PlainDotenv(bytes).read();
    }

    private Reading read() {
        int from = 0;
        int reported = -1;
        while (from <= text.length) {
            final int end = startsLine(from) ? match(from) : -1;
            if (end >= 0) {
                take();
                from = end;
                continue;
            }
            if (startsLine(from)) {
                final int first = skipSpaces(from);
                if (first < text.length && text[first] != '#' && first > reported) {
                    explain(first);
                    reported = first;
                }
            }
            from++;
        }
        diagnostics.sort(Diagnostic.BY_PLACE);
        return new Reading(variables, diagnostics);
    }

    private int match(final int from) {
        value[0] = -1;
        value[1] = -1;
        export[0] = -1;
        return statement.match(text, from, end -> end);
    }

    private boolean startsLine(final int index) {
        return index == 0 || endsLine(text[index - 1]);
    }

    private int skipSpaces(final int from) {
        int i = from;
        while (i < text.length && isSpace(text[i])) {
            i++;
        }
        return i;
    }

    private void explain(final int first) {
        int start = first;
        if (startsWith("export", first)) {
            final int after = skipSpaces(first + 6);
            start = after > first + 6 && after < text.length && isName(text[after]) ? after : first;
        }
        int end = start;
        while (end < text.length && isName(text[end])) {
            end++;
        }
        if (text[first] == '=') {
            report(Reason.EMPTY_NAME, first, 0);
        } else if (end > start && end < text.length && text[end] == ':') {
            report(Reason.COLON_WITHOUT_SPACE, end, 0);
        } else {
            explain(first, end);
        }
    }

    private void explain(final int first, final int end) {
        int stop = end;
        while (stop < text.length && text[stop] != '=' && !endsLine(text[stop])) {
            stop++;
        }
        for (int i = first; i < stop; i++) {
            if (text[i] >= PlainText.INVALID) {
                report(Reason.NAME_NOT_UTF8, i, text[i] - PlainText.INVALID);
                return;
            }
        }
        if (stop < text.length && text[stop] == '=') {
            report(Reason.BAD_NAME, end, source.firstByte(end));
        } else {
            report(Reason.NO_EQUALS, first, 0);
        }
    }

    private boolean startsWith(final String prefix, final int from) {
        for (int i = 0; i < prefix.length(); i++) {
            if (from + i >= text.length || text[from + i] != prefix.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private void take() {
        int from = Math.max(value[0], 0);
        int to = Math.max(value[1], 0);
        while (from < to && isSpace(text[from])) {
            from++;
        }
        while (to > from && isSpace(text[to - 1])) {
            to--;
        }
        final boolean quote = from < to && isQuote(text[from]);
        // A quoted match ends with its quote whatever follows; a plain one only ends so if it ends its line, or at #.
        final boolean quoted = quote && to - from > 1 && text[to - 1] == text[from] && isQuotedMatch(from, to);
        if (!isSound(quoted ? from + 1 : from, quoted ? to - 1 : to)) {
            return;
        }
        warn(from, to, quoted);
        String string = string(from, to);
        final boolean escapes = string.startsWith("\"");
        string = stripLines(string);
        if (escapes) {
            string = string.replace("\\n", "\n").replace("\\r", "\r");
        }
        final Variable variable = new Variable(string(name[0], name[1]), latin(string), source.line(name[0]));
        if (variables.stream().anyMatch(other -> other.name().equals(variable.name()))) {
            diagnostics.add(new Diagnostic(variable.line(), 1, Reason.DUPLICATE, 0));
        }
        variables.add(variable);
    }

    /** Whether the pattern's quoted way matches just this. */
    private boolean isQuotedMatch(final int from, final int to) {
        final int[] cut = Arrays.copyOfRange(text, from, to);
        final boolean fits = quoted((char) text[from]).match(cut, 0, end -> end == cut.length ? end : -1) >= 0;
        int after = to;
        while (after < text.length && isSpace(text[after]) && !endsLine(text[after])) {
            after++;
        }
        return fits && (after == text.length || text[after] == '#' || endsLine(text[after]));
    }

    private boolean isSound(final int from, final int to) {
        for (int i = from; i < to; i++) {
            if (text[i] >= PlainText.INVALID) {
                report(Reason.VALUE_NOT_UTF8, i, text[i] - PlainText.INVALID);
                return false;
            }
        }
        for (int i = from; i < to; i++) {
            if (text[i] == 0) {
                report(Reason.NUL_IN_VALUE, i, 0);
                return false;
            }
        }
        if (name[1] - name[0] + 1 + source.rawLength(from, to) > MAX_TOGETHER) {
            report(Reason.TOO_LONG, name[0], 0);
            return false;
        }
        return true;
    }

    private void warn(final int from, final int to, final boolean quoted) {
        final int start = export[0] < 0 ? name[0] : export[0];
        final int stop = from < to ? from : separator[0];
        if (source.line(start) != source.line(separator[0]) || source.line(start) != source.line(stop)) {
            report(Reason.SPREAD_OVER_LINES, name[0], 0);
        }
        if (quoted || from == to) {
            return;
        }
        final int quote = text[from];
        if (isQuote(quote) && (to - from == 1 || text[to - 1] != quote)) {
            int second = from + 1;
            while (second < to && text[second] != quote) {
                second++;
            }
            final boolean closed = second < to;
            report(closed ? Reason.TEXT_AFTER_QUOTE : Reason.UNCLOSED_QUOTE, closed ? second + 1 : from, quote);
        }
        if (to < text.length && text[to] == '#') {
            report(Reason.CUT_AT_HASH, to, 0);
        }
    }

    /** Takes quotes off, wherever one opens a line and the last of its kind that ends a line comes after it. */
    private static String stripLines(final String string) {
        final StringBuilder result = new StringBuilder();
        int i = 0;
        while (i < string.length()) {
            final char c = string.charAt(i);
            final boolean lineStart = i == 0 || endsLine(string.charAt(i - 1));
            int closing = -1;
            for (int j = string.length() - 1; lineStart && isQuote(c) && j > i && closing < 0; j--) {
                final boolean lineEnd = j + 1 == string.length() || endsLine(string.charAt(j + 1));
                closing = string.charAt(j) == c && lineEnd ? j : -1;
            }
            result.append(closing < 0 ? String.valueOf(c) : string.substring(i + 1, closing));
            i = closing < 0 ? i + 1 : closing + 1;
        }
        return result.toString();
    }

    private void report(final Reason reason, final int at, final int detail) {
        diagnostics.add(new Diagnostic(source.line(at), source.column(at), reason, detail));
    }

    private String string(final int from, final int to) {
        return new String(text, from, to - from);
    }

    private static String latin(final String string) {
        return new String(string.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    private static boolean isSpace(final int c) {
        return SPACES.indexOf(c) >= 0;
    }

    private static boolean endsLine(final int c) {
        return c == '\n' || c == '\r' || c == 0x2028 || c == 0x2029;
    }

    private static boolean isQuote(final int c) {
        return c == '\'' || c == '"' || c == '`';
    }

    private static boolean isName(final int c) {
        return c < 128 && (Character.isLetterOrDigit(c) || c == '_' || c == '.' || c == '-');
    }
}
