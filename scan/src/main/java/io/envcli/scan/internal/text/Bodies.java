package io.envcli.scan.internal.text;

import io.envcli.scan.internal.text.Opener.Option;
import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/** Heredocs: what is announced in one line begins with the next, and ends with a line that is its delimiter alone. */
final class Bodies {
    private static final int LONGEST_DELIMITER = 64;

    private final Deque<Body> pending = new ArrayDeque<>();

    /** Announced, not yet read. */
    private record Body(String delimiter, boolean isQuoted, boolean isActive, @Nullable String inner) {}

    void clear() {
        pending.clear();
    }

    boolean arePending() {
        return !pending.isEmpty();
    }

    /** Takes note of a heredoc; false if this is none, such as a shift or a here-string. */
    boolean begin(final Text text, final int at, final Opener opener) {
        int i = at + opener.open().length();
        if (text.at(i) == '<' || (at > 0 && text.at(at - 1) == '<')) {
            return false;
        }
        final boolean marked = text.at(i) == '-' || text.at(i) == '~';
        i += marked ? 1 : 0;
        if (opener.is(Option.WORD) && !marked && !Character.isUpperCase(text.at(i)) && text.at(i) != '"'
                && text.at(i) != '\'') {
            return false; // in Ruby and PHP this is a shift
        }
        while (text.at(i) == ' ' && !opener.is(Option.WORD)) {
            i++;
        }
        final byte quote = text.at(i) == '"' || text.at(i) == '\'' || text.at(i) == '\\' ? text.at(i) : 0;
        i += quote == 0 ? 0 : 1;
        final int start = i;
        while (Text.isNamePart(text.at(i)) && i - start < LONGEST_DELIMITER) {
            i++;
        }
        if (i == start || (text.at(start) >= '0' && text.at(start) <= '9')
                || (quote > 0 && quote != '\\' && text.at(i) != quote)) {
            return false;
        }
        final boolean isQuoted = quote == '\'' || (quote != 0 && opener.is(Option.ACTIVE));
        pending.add(new Body(text.string(start, i), isQuoted, opener.is(Option.ACTIVE), opener.inner()));
        return true;
    }

    /** Marks all bodies that begin here; the place after them. */
    int read(final Text text, final byte[] mask, final int from) {
        int at = from;
        while (!pending.isEmpty() && at < text.length()) {
            final Body body = pending.remove();
            final int end = end(text, at, body.delimiter());
            Arrays.fill(mask, at, end, body.isActive() && !body.isQuoted() ? Mask.ACTIVE : Mask.STRING);
            if (body.inner() != null && !body.isQuoted() && !body.isActive()) {
                inner(text, mask, at, end, body.inner());
            }
            final int lineEnd = Math.min(text.length(), text.lineEnd(end) + 1);
            Arrays.fill(mask, end, lineEnd, Mask.STRING);
            at = lineEnd;
        }
        return at;
    }

    private static int end(final Text text, final int from, final String delimiter) {
        int line = from;
        while (line < text.length()) {
            int i = line;
            while (text.at(i) == ' ' || text.at(i) == '\t') {
                i++;
            }
            if (text.startsWith(delimiter, i) && !Text.isNamePart(text.at(i + delimiter.length()))) {
                return line;
            }
            line = text.lineEnd(line) + 1;
        }
        return text.length();
    }

    /** Code between the braces of a body. */
    private static void inner(final Text text, final byte[] mask, final int from, final int to, final String open) {
        for (int i = text.indexOf(open, from, to); i >= 0; i = text.indexOf(open, i + 1, to)) {
            int depth = 0;
            int end = i;
            do {
                depth += text.at(end) == '{' ? 1 : text.at(end) == '}' ? -1 : 0;
                end++;
            } while (end < to && (depth > 0 || end <= i + 1));
            Arrays.fill(mask, i, end, Mask.CODE);
            quoted(text, mask, i, end);
            i = end - 1;
        }
    }

    /** The plain string literals of such code. */
    private static void quoted(final Text text, final byte[] mask, final int from, final int to) {
        for (int i = from; i < to; i++) {
            final byte quote = text.at(i);
            final int close = quote == '"' || quote == '\'' ? text.indexOf(quote == '"' ? "\"" : "'", i + 1, to) : -1;
            if (close > 0) {
                mask[i] = Mask.OPEN;
                Arrays.fill(mask, i + 1, close, Mask.STRING);
                mask[close] = Mask.CLOSE;
                i = close;
            }
        }
    }
}
