package io.envcli.scan.internal.text;

/** Literals whose end depends on how they begin. Where something only looks like one, the answer is its own place. */
final class Literals {
    /** The longest character literal, of a code point beyond U+FFFF in Rust. */
    private static final int LONGEST_CHARACTER = 12;
    private static final int LONGEST_DELIMITER = 16;
    /** Nothing is looked for beyond this, so that no text takes quadratic time. */
    private static final int LONGEST = 4_096;

    private Literals() {}

    /** Of {@code 'x'}: the place after it. */
    static int characterEnd(final Text text, final int at) {
        if (text.at(at + 1) == '\\') {
            for (int i = at + 3; i < at + LONGEST_CHARACTER + 3; i++) {
                if (text.at(i) == '\'') {
                    return i + 1;
                }
            }
            return at;
        }
        int i = at + 2;
        while (i < at + 5 && text.at(i) < 0 && (text.at(i) & 0xC0) == 0x80) { // the rest of one UTF-8 character
            i++;
        }
        return text.at(at + 1) != '\'' && text.at(at + 1) != '\n' && text.at(i) == '\'' ? i + 1 : at;
    }

    /** Of {@code /x[/]y/}: the place after its second slash; on one line. */
    static int regexEnd(final Text text, final int at) {
        boolean bracket = false;
        for (int i = at + 1; i < at + LONGEST && i < text.length(); i++) {
            switch (text.at(i)) {
                case '\n' -> {
                    return at;
                }
                case '\\' -> i++;
                case '[' -> bracket = true;
                case ']' -> bracket = false;
                case '/' -> {
                    if (!bracket) {
                        return i + 1;
                    }
                }
                default -> {
                }
            }
        }
        return at;
    }

    /** Of {@code r##"…"##}: where its content begins. */
    static int rustOpen(final Text text, final int at) {
        int i = text.indexOf("r", at) + 1;
        while (text.at(i) == '#') {
            i++;
        }
        return text.at(i) == '"' ? i + 1 : at;
    }

    /** Of {@code R"x(…)x"}: where its content begins. */
    static int cppOpen(final Text text, final int at) {
        final int quote = text.indexOf("\"", at);
        for (int i = quote + 1; i <= quote + LONGEST_DELIMITER + 1; i++) {
            if (text.at(i) == '(') {
                return i + 1;
            }
        }
        return at;
    }

    /** What ends a raw string: the delimiter between its first quote and its content, turned around. */
    static String rawClose(final Text text, final int at, final int content, final char last) {
        if (last == ')') {
            return ")" + text.string(text.indexOf("\"", at) + 1, content - 1) + "\"";
        }
        return "\"" + "#".repeat(Math.max(0, content - 1 - (text.indexOf("r", at) + 1)));
    }

    /** Of {@code %w[…]} or {@code %(…)}: where its content begins. */
    static int percentOpen(final Text text, final int at) {
        final int open = text.at(at + 1) == '(' ? at + 1 : at + 2;
        return closing(text.at(open)) != 0 ? open + 1 : at;
    }

    /** And the place after it. */
    static int percentEnd(final Text text, final int at) {
        final int content = percentOpen(text, at);
        if (content == at) {
            return at;
        }
        final byte open = text.at(content - 1);
        final byte close = closing(open);
        int depth = 1;
        for (int i = content; i < content + LONGEST && i < text.length(); i++) {
            final byte c = text.at(i);
            if (c == '\\') {
                i++;
            } else if (c == close && --depth == 0) {
                return i + 1;
            } else if (c == open && open != close) {
                depth++;
            }
        }
        return at;
    }

    private static byte closing(final byte open) {
        return switch (open) {
            case '(' -> ')';
            case '[' -> ']';
            case '{' -> '}';
            case '<' -> '>';
            case '|', '!', '/' -> open;
            default -> 0;
        };
    }
}
