package io.envcli.scan.internal.rule;

import io.envcli.scan.internal.text.Mask;
import io.envcli.scan.internal.text.Text;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * A file that is being matched: its text, what each byte belongs to, and how to move over it. Nothing is looked for further
 * away than {@link #REACH}, so that no file takes quadratic time.
 *
 * <p>Threading: one thread at a time. Ownership: borrows both arrays.
 */
final class Source {
    /** The furthest that anything is looked for, in bytes. */
    static final int REACH = 4_096;
    private static final int LONGEST_EXPRESSION = 1_024;
    private static final int MOST_LINES_UP = 400;
    private static final int MOST_FLAGS = 4;
    private static final int LONGEST_WORD = 256;
    private static final String BEFORE_COMMAND = " then do else elif if while until time export local readonly declare"
            + " typeset env exec command ";

    private final Text text;
    private final byte[] mask;
    private final Map<String, Integer> known = new HashMap<>();

    Source(final Text text, final byte[] mask) {
        this.text = text;
        this.mask = mask;
    }

    Text text() {
        return text;
    }

    byte at(final int at) {
        return text.at(at);
    }

    byte mask(final int at) {
        return at >= 0 && at < text.length() ? mask[at] : Mask.CODE;
    }

    boolean isCode(final int at) {
        return mask(at) == Mask.CODE || mask(at) == Mask.ACTIVE;
    }

    /** Whether a command of a shell may begin here: after another, after certain words, or after an assignment. */
    boolean isCommandStart(final int at) {
        if (mask(at) != Mask.CODE) {
            return false;
        }
        int end = wordEndBefore(at);
        String word = lastWord(end);
        for (int flags = 0; flags < MOST_FLAGS && word.startsWith("-"); flags++) { // declare -r -x
            end = wordEndBefore(end - word.length());
            word = lastWord(end);
        }
        return word.isEmpty() || ";&|({`!".indexOf(word.charAt(word.length() - 1)) >= 0
                || BEFORE_COMMAND.contains(" " + word + " ") || (word.indexOf('=') > 0 && word.charAt(0) != '-');
    }

    /** Before the blanks of the same line. */
    private int wordEndBefore(final int at) {
        int end = at;
        while (at(end - 1) == ' ' || at(end - 1) == '\t') {
            end--;
        }
        return end;
    }

    /** What stands before a place, back to a blank. */
    private String lastWord(final int end) {
        int start = end;
        while (start > 0 && !isBlank(at(start - 1)) && end - start < LONGEST_WORD) {
            start--;
        }
        return new String(text.bytes(), start, end - start, StandardCharsets.ISO_8859_1);
    }

    /** Where a text first stands, or -1; looked for once. */
    int first(final String what) {
        return known.computeIfAbsent(what, w -> text.indexOf(w, 0));
    }

    /** The next place that is neither blank nor in a comment. */
    int skip(final int from) {
        int i = from;
        while (i < text.length() && i < from + REACH && (mask[i] == Mask.COMMENT || (isBlank(at(i)) && isCode(i)))) {
            i++;
        }
        return i;
    }

    /** Back over the same: the place after the byte before. */
    int skipBack(final int from) {
        int i = from;
        while (i > 0 && i > from - REACH && (mask[i - 1] == Mask.COMMENT || (isBlank(at(i - 1)) && isCode(i - 1)))) {
            i--;
        }
        return i;
    }

    /** The word before a place, with blanks between them on one line; empty if there is none. */
    String wordBefore(final int at) {
        int end = at;
        while (at(end - 1) == ' ') {
            end--;
        }
        int start = end;
        while (end < at && start > 0 && end - start < 12 && Text.isNamePart(at(start - 1))) {
            start--;
        }
        return text.string(start, end);
    }

    static boolean isBlank(final byte c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r';
    }

    /** The end of a name that begins here; the same place if none does. */
    int nameEnd(final int from) {
        int i = from;
        final byte first = at(from);
        if (first >= '0' && first <= '9') {
            return from;
        }
        while (Text.isNamePart(at(i)) && at(i) > 0 && i - from <= 255) {
            i++;
        }
        return i;
    }

    /**
     * The end of a plain string literal: the place after its closing quote.
     *
     * @param open where it begins.
     * @return its end; {@code open} if there is none here, or code in it.
     */
    int stringEnd(final int open) {
        int i = contentStart(open);
        if (i == open) {
            return open;
        }
        while (mask(i) == Mask.STRING && i < text.length()) {
            i++;
        }
        if (mask(i) != Mask.CLOSE) {
            return open;
        }
        while (mask(i) == Mask.CLOSE) {
            i++;
        }
        return i;
    }

    int contentStart(final int open) {
        int i = open;
        while (mask(i) == Mask.OPEN) {
            i++;
        }
        return i;
    }

    int contentEnd(final int open) {
        int i = contentStart(open);
        while (mask(i) == Mask.STRING && i < text.length()) {
            i++;
        }
        return i;
    }

    /**
     * The end of an expression: before a comma, a semicolon or a closing bracket that is not its own.
     *
     * @param from      where it begins.
     * @param oneLine   whether a line feed ends it, too.
     * @return its end, blanks before it left out; {@code from} if it is empty or too long.
     */
    int expressionEnd(final int from, final boolean oneLine) {
        int depth = 0;
        int i = from;
        for (; i < text.length() && i < from + LONGEST_EXPRESSION; i++) {
            if (!isCode(i)) {
                if (mask(i) == Mask.COMMENT && depth == 0 && oneLine) {
                    break;
                }
                continue;
            }
            final byte c = at(i);
            if (c == '(' || c == '[' || c == '{') {
                depth++;
            } else if (c == ')' || c == ']' || c == '}') {
                if (--depth < 0) {
                    break;
                }
            } else if (depth == 0 && (c == ',' || c == ';' || (c == '\n' && oneLine))) {
                break;
            }
        }
        return i == from + LONGEST_EXPRESSION ? from : Math.max(from, skipBack(i));
    }

    /** The bracket that the one at {@code close} closes, or -1. */
    int openingOf(final int close) {
        int depth = 0;
        for (int i = close; i >= 0 && i > close - REACH; i--) {
            if (isCode(i)) {
                final byte c = at(i);
                depth += c == ')' || c == ']' || c == '}' ? 1 : c == '(' || c == '[' || c == '{' ? -1 : 0;
                if (depth == 0) {
                    return i;
                }
            }
        }
        return -1;
    }

    /** Whether the line, continued ones taken as one, begins with some bytes. */
    boolean isInLine(final int at, final String begin) {
        int start = text.lineStart(at);
        while (start > 1 && (at(start - 2) == '\\' || (at(start - 2) == '\r' && at(start - 3) == '\\'))) {
            start = text.lineStart(start - 1);
        }
        while (at(start) == ' ' || at(start) == '\t') {
            start++;
        }
        return text.startsWith(begin, start);
    }

    /** Whether the lines above, by their indentation, put this line under a key. */
    boolean isUnder(final int at, final String key) {
        int line = text.lineStart(at);
        int indentation = indentation(line);
        boolean item = at(line + indentation) == '-';
        for (int up = 0; up < MOST_LINES_UP && line > 0; up++) {
            line = text.lineStart(line - 1);
            final int here = indentation(line);
            final byte first = at(line + here);
            if (first == '\n' || first == '\r' || first == '#') {
                continue;
            }
            // A list may stand at the indentation of its key.
            if (here < indentation || (item && here == indentation && first != '-')) {
                final int start = first == '-' ? line + here + 2 : line + here;
                if (text.startsWith(key + ":", start)) {
                    return true;
                }
                if (!item) {
                    return false;
                }
                item = false;
                indentation = here;
                if (first != '-') {
                    return false;
                }
            }
        }
        return false;
    }

    /** Whether nothing but blanks and a comment follows on the line. */
    boolean isLineEnd(final int at) {
        int i = at;
        while (at(i) == ' ' || at(i) == '\t' || at(i) == '\r') {
            i++;
        }
        return i >= text.length() || at(i) == '\n' || mask(i) == Mask.COMMENT;
    }

    /** Whether all lines between a head and a place are indented deeper than the head's line. */
    boolean isIndentedBelow(final int start, final int headEnd, final int at) {
        final int head = indentation(text.lineStart(start));
        int line = text.lineEnd(headEnd) + 1;
        while (line <= at) {
            final byte first = at(line + indentation(line));
            if (first != '\n' && first != '\r' && indentation(line) <= head) {
                return false;
            }
            line = text.lineEnd(line) + 1;
        }
        return true;
    }

    /** How many spaces a line begins with. */
    int indentation(final int line) {
        int i = line;
        while (at(i) == ' ') {
            i++;
        }
        return i - line;
    }
}
