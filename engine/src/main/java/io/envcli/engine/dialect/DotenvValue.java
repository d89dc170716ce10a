package io.envcli.engine.dialect;

/**
 * Turns a value as written into the value meant, in place. It never grows.
 *
 * <p>npm dotenv trims what it matched, takes off quotes, and expands {@code \n} and {@code \r} if the first character was a
 * double quote. A text that was matched as quoted is simply what is between the quotes. Otherwise the quotes are taken off
 * by a second pattern that works line by line: where a line begins with a quote and that quote also ends a later line or
 * the same one, both go. Since an unquoted value has no LF, its lines are those that U+2028 and U+2029 end.
 */
final class DotenvValue {
    private static final int WIDE_NEWLINE = 3;

    private final Text text;
    /** Last offset where each kind of quote ends a line, or -1. */
    private final int[] closings = new int[3];
    private int start;
    private int end;

    DotenvValue(final Text text) {
        this.text = text;
    }

    int start() {
        return start;
    }

    int end() {
        return end;
    }

    /** A value between quotes. */
    void quoted(final int from, final int to) {
        start = from;
        end = to;
    }

    /** A value without, or with quotes that do not close: whitespace around it goes. */
    void trimmed(final int from, final int to) {
        start = text.skipWhitespace(from, to - from);
        end = Math.max(start, to);
        int length = end == start ? 0 : whitespaceBefore(end);
        while (length > 0) {
            end -= length;
            length = end == start ? 0 : whitespaceBefore(end);
        }
    }

    /** Bytes of the whitespace character that ends at an offset, or 0. */
    private int whitespaceBefore(final int offset) {
        if (text.peek(offset - 1) < 0x80) {
            return text.whitespace(offset - 1);
        }
        if (offset - 2 >= start && text.whitespace(offset - 2) == 2) {
            return 2;
        }
        return offset - 3 >= start && text.whitespace(offset - 3) == 3 ? 3 : 0;
    }

    /** What {@link #decodeQuoted} will leave. */
    int decodedQuotedLength(final int quote) {
        return decodedLength(quote == '"');
    }

    /** What {@link #decodeTrimmed} will leave, quotes at its inner lines aside. */
    int decodedTrimmedLength() {
        return start == end ? 0 : decodedLength(text.peek(start) == '"') - (strips() ? 2 : 0);
    }

    private int decodedLength(final boolean escapes) {
        int length = end - start;
        for (int i = start; i + 1 < end; i++) {
            if (isPair(text.peek(i), text.peek(i + 1), escapes)) {
                length--;
                i++;
            }
        }
        return length;
    }

    /** Whether two bytes become one. */
    private static boolean isPair(final int value, final int following, final boolean escapes) {
        return value == '\r' ? following == '\n' : escapes && value == '\\' && (following == 'n' || following == 'r');
    }

    /** Decodes a value between quotes of a kind. */
    void decodeQuoted(final int quote) {
        end = decode(start, end, quote == '"');
    }

    /** Takes quotes off a trimmed value, line by line, and decodes it. */
    void decodeTrimmed() {
        if (start == end) {
            return;
        }
        final boolean escapes = text.peek(start) == '"';
        if (strips()) {
            start++;
            end--;
        } else if (hasWideNewline()) {
            stripLines();
        }
        if (escapes) {
            end = decode(start, end, true);
        }
    }

    /** Whether quotes go from around the whole value. */
    boolean strips() {
        final int first = text.peek(start);
        return end - start >= 2 && Text.isQuote(first) && text.peek(end - 1) == first;
    }

    private boolean hasWideNewline() {
        for (int i = start; i < end; i++) {
            if (isWideNewline(i)) {
                return true;
            }
        }
        return false;
    }

    private boolean isWideNewline(final int offset) {
        return offset <= end - WIDE_NEWLINE && text.peek(offset) == 0xE2 && text.isWideNewline(offset);
    }

    /** The inner part is greedy, so a quote that opens a line is closed by the last one that ends a line. */
    private void stripLines() {
        findClosings();
        int to = start;
        int dropAt = -1;
        boolean lineStart = true;
        for (int i = start; i < end; i++) {
            final int value = text.peek(i);
            final boolean opens = lineStart && dropAt < i && Text.isQuote(value) && closings[kind(value)] > i;
            final boolean drops = opens || i == dropAt;
            if (opens) {
                dropAt = closings[kind(value)];
            }
            if (!drops) {
                text.put(to++, value);
            }
            // What was written last is looked at, since what was read may be overwritten by now.
            lineStart = !drops && to - start >= WIDE_NEWLINE && text.isWideNewline(to - WIDE_NEWLINE);
        }
        end = to;
    }

    private void findClosings() {
        for (int i = 0; i < closings.length; i++) {
            closings[i] = -1;
        }
        for (int i = start; i < end; i++) {
            final int value = text.peek(i);
            if (Text.isQuote(value) && (i + 1 == end || isWideNewline(i + 1))) {
                closings[kind(value)] = i;
            }
        }
    }

    private static int kind(final int quote) {
        return quote == '"' ? 0 : quote == '\'' ? 1 : 2;
    }

    /** CRLF and CR become LF; backslash and n or r become what they mean, if wanted. */
    private int decode(final int from, final int to, final boolean escapes) {
        int read = from;
        while (read < to && !isSpecial(text.peek(read))) {
            read++;
        }
        int write = read;
        while (read < to) {
            final int value = text.peek(read++);
            final int following = read < to ? text.peek(read) : Text.END;
            if (isPair(value, following, escapes)) {
                read++;
                text.put(write++, following == 'r' ? '\r' : '\n');
            } else if (value == '\r') {
                text.put(write++, '\n');
            } else {
                text.put(write++, value);
            }
        }
        return write;
    }

    private static boolean isSpecial(final int value) {
        return value == '\r' || value == '\\';
    }
}
