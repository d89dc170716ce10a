package io.envcli.scan.internal.text;

import io.envcli.scan.internal.text.Opener.Option;
import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * Writes for every byte of a text what it belongs to. It knows no grammar: only what begins and ends a comment or a string,
 * and code inside strings, to any depth. What is never closed ends with its line or with the text.
 *
 * <p>One pass, in linear time but for heredocs, whose ends are looked for once each. Threading: one thread at a time.
 */
public final class Lexer {
    /** Before these words' ends no value ends, so that a slash begins a regular expression. */
    private static final String BEFORE_REGEX = " return typeof case in of delete void throw new instanceof do else await"
            + " yield if unless and or not when while puts ";

    private final Bodies bodies = new Bodies();
    private Text text = new Text(new byte[0], 0);
    private byte[] mask = new byte[0];
    private Syntax syntax = new Syntax();
    /** Strings whose inner code is being read, each with the braces still open there. */
    private final Deque<Inside> inside = new ArrayDeque<>();
    /** The string that is being read; null in code. */
    private @Nullable Opener string;
    /** The last byte of code that is not blank; -1 at the beginning. */
    private int lastCode;

    /** A string left for the code in it. */
    private static final class Inside {
        private final Opener string;
        private int braces;

        Inside(final Opener string) {
            this.string = string;
        }
    }

    /**
     * Reads a text.
     *
     * @param bytes  the text, borrowed.
     * @param length of it.
     * @param by     the language's syntax.
     * @param marks  receives what {@link Mask} has for each byte; at least as long.
     */
    public void mask(final byte[] bytes, final int length, final Syntax by, final byte[] marks) {
        text = new Text(bytes, length);
        mask = marks;
        syntax = by;
        inside.clear();
        bodies.clear();
        string = null;
        lastCode = -1;
        int at = syntax.islandOpens().isEmpty() ? 0 : outside(0);
        while (at < length) {
            at = string == null ? code(at) : inString(at, string);
        }
    }

    private int fill(final int from, final int to, final byte with) {
        final int end = Math.min(to, text.length());
        Arrays.fill(mask, from, Math.max(from, end), with);
        return end;
    }

    /** Other text than code, up to and with what begins code. */
    private int outside(final int from) {
        int nearest = text.length();
        for (final String open : syntax.islandOpens()) {
            final int found = text.indexOf(open, from);
            nearest = found < 0 ? nearest : Math.min(nearest, found + open.length());
        }
        return fill(from, nearest, Mask.COMMENT);
    }

    /** Most bytes of code are plain: runs of them are marked at once. */
    private int plain(final int at) {
        int end = at;
        while (end < text.length() && syntax.isPlain(text.bytes()[end])) {
            end++;
        }
        for (int last = end - 1; last >= at; last--) {
            if (text.at(last) > ' ' || text.at(last) < 0) {
                lastCode = last;
                break;
            }
        }
        return fill(at, end, Mask.CODE);
    }

    private int code(final int at) {
        final byte c = text.at(at);
        if (syntax.isPlain(c)) {
            return plain(at);
        }
        final List<Opener> openers = syntax.openers(c);
        if (openers != null) {
            for (final Opener opener : openers) {
                final int end = text.startsWith(opener.open(), at) && mayBegin(opener, at) ? open(opener, at) : at;
                if (end > at) {
                    return end;
                }
            }
        }
        mask[at] = Mask.CODE;
        if (c == '\n' && bodies.arePending()) {
            return bodies.read(text, mask, at + 1);
        }
        if (!inside.isEmpty() && (c == '{' || c == '}')) {
            brace(c);
        }
        lastCode = c == ' ' || c == '\t' || c == '\n' || c == '\r' ? lastCode : at;
        return at + 1;
    }

    private void brace(final byte c) {
        final Inside innermost = inside.element();
        if (c == '{') {
            innermost.braces++;
        } else if (innermost.braces-- == 0) {
            string = inside.pop().string;
        }
    }

    private boolean mayBegin(final Opener opener, final int at) {
        final byte before = at == 0 ? (byte) '\n' : text.at(at - 1);
        if (opener.is(Option.WORD) && opener.kind() == Opener.Kind.LINE_COMMENT) {
            return before <= ' ' || before == ';' || before == '(' || before == ')';
        }
        return (!opener.is(Option.WORD) || !Text.isNamePart(before)) && (!opener.is(Option.LINE) || before == '\n');
    }

    /** The end of what was opened, or of its opening bytes; {@code at} if it is something else after all. */
    private int open(final Opener opener, final int at) {
        return switch (opener.kind()) {
            case LINE_COMMENT -> fill(at, lineCommentEnd(at), Mask.COMMENT);
            case BLOCK_COMMENT -> fill(at, blockEnd(opener, at), Mask.COMMENT);
            case STRING -> {
                string = opener;
                lastCode = at;
                yield fill(at, at + opener.open().length(), opener.is(Option.ACTIVE) ? Mask.CODE : Mask.OPEN);
            }
            case CHARACTER -> literal(at, at + 1, Literals.characterEnd(text, at), 1);
            case REGEX -> mayBeRegex() ? literal(at, at + 1, Literals.regexEnd(text, at), 1) : at;
            case RUST_RAW -> raw(at, Literals.rustOpen(text, at), '"');
            case CPP_RAW -> raw(at, Literals.cppOpen(text, at), ')');
            case PERCENT -> literal(at, Literals.percentOpen(text, at), Literals.percentEnd(text, at), 1);
            case HEREDOC -> bodies.begin(text, at, opener) ? fill(at, at + opener.open().length(), Mask.CODE) : at;
            case ESCAPE -> fill(at, at + 2, Mask.CODE);
            case ISLAND_END -> outside(at);
        };
    }

    /** Marks a literal whose end is known. */
    private int literal(final int at, final int content, final int end, final int closing) {
        if (end <= at || content <= at) {
            return at;
        }
        fill(at, content, Mask.OPEN);
        fill(content, end - closing, Mask.STRING);
        fill(Math.max(content, end - closing), end, Mask.CLOSE);
        lastCode = end - 1;
        return end;
    }

    private int raw(final int at, final int content, final char last) {
        if (content <= at) {
            return at;
        }
        final String close = Literals.rawClose(text, at, content, last);
        final int found = text.indexOf(close, content);
        return found < 0 ? literal(at, content, text.length(), 0)
                : literal(at, content, found + close.length(), close.length());
    }

    /** In an island a comment ends with the island. */
    private int lineCommentEnd(final int at) {
        final int end = text.lineEnd(at);
        if (!syntax.islandOpens().isEmpty()) {
            final int close = text.indexOf("?>", at, end);
            return close >= 0 ? close : end;
        }
        return end;
    }

    private int blockEnd(final Opener opener, final int at) {
        if (!opener.is(Option.NESTED)) {
            final int found = text.indexOf(opener.is(Option.LINE) ? "\n" + opener.close() : opener.close(),
                    at + opener.open().length() - (opener.is(Option.LINE) ? 1 : 0));
            return found < 0 ? text.length() : found + opener.close().length() + (opener.is(Option.LINE) ? 1 : 0);
        }
        int depth = 0;
        for (int i = at; i < text.length(); i++) {
            if (text.startsWith(opener.open(), i)) {
                depth++;
                i += opener.open().length() - 1;
            } else if (text.startsWith(opener.close(), i)) {
                i += opener.close().length() - 1;
                if (--depth == 0) {
                    return i + 1;
                }
            }
        }
        return text.length();
    }

    /** After a value a slash divides; after anything else a regular expression begins. */
    private boolean mayBeRegex() {
        if (lastCode < 0) {
            return true;
        }
        final byte last = text.at(lastCode);
        if (!Text.isNamePart(last)) {
            return last != ')' && last != ']' && mask[lastCode] != Mask.CLOSE;
        }
        int start = lastCode;
        while (start > 0 && Text.isNamePart(text.at(start - 1)) && lastCode - start < 12) {
            start--;
        }
        return BEFORE_REGEX.contains(" " + text.string(start, lastCode + 1) + " ");
    }

    /** Most bytes of a string mean nothing: runs of them are marked at once. */
    private int runEnd(final int from, final char close, final char inner) {
        final byte[] bytes = text.bytes();
        int end = from;
        while (end < text.length() && bytes[end] != close && bytes[end] != inner && bytes[end] != '\\'
                && bytes[end] != '\n') {
            end++;
        }
        return end;
    }

    private int inString(final int at, final Opener by) {
        final byte c = text.at(at);
        final byte within = by.is(Option.ACTIVE) ? Mask.ACTIVE : Mask.STRING;
        final String inner = by.inner();
        final int end = runEnd(at, by.close().charAt(0), inner == null ? '\n' : inner.charAt(0));
        if (end > at) {
            return fill(at, end, within);
        }
        if (c == '\\' && by.is(Option.ESCAPE)) {
            return fill(at, at + 2, within);
        }
        if (c == by.close().charAt(0) && text.startsWith(by.close(), at)) {
            if (by.is(Option.DOUBLED) && text.startsWith(by.close(), at + by.close().length())) {
                return fill(at, at + 2 * by.close().length(), within);
            }
            string = null;
            lastCode = at + by.close().length() - 1;
            return fill(at, at + by.close().length(), by.is(Option.ACTIVE) ? Mask.CODE : Mask.CLOSE);
        }
        if (c == '\n' && !by.is(Option.LINES)) {
            string = null;
            mask[at] = Mask.CODE;
            return at + 1;
        }
        if (inner != null && c == inner.charAt(0) && text.startsWith(inner, at)) {
            if (inner.equals("{") && text.at(at + 1) == '{') {
                return fill(at, at + 2, within);
            }
            inside.push(new Inside(by));
            string = null;
            lastCode = at;
            // Of PHP's {$name the dollar is code already.
            return fill(at, at + inner.length() - (inner.equals("{$") ? 1 : 0), Mask.CODE);
        }
        mask[at] = within;
        return at + 1;
    }
}
