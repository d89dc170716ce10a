package io.envcli.scan.internal.rule;

import java.util.ArrayList;
import java.util.List;

/**
 * One part of a pattern.
 *
 * @param kind what it matches.
 * @param text of a token; else empty.
 */
record Element(Kind kind, String text) {
    /** Kinds, but for {@link #TOKEN} written as their name between angle brackets. */
    enum Kind {
        /** These bytes of code: a name as a whole, or one other character. */
        TOKEN,
        /** {@code ^}: only blanks stand before it on its line. */
        LINE,
        /** {@code «text»}: a plain string literal that begins with the text. */
        QUOTED,
        /** A name in code, which is the variable's. */
        NAME,
        /** A plain string literal, whose content is the variable's name. */
        STRING,
        /** An expression, which is the default. */
        DEFAULT,
        /** An expression, which makes the variable's name. */
        EXPRESSION,
        /** An expression that does not matter. */
        ANY,
        /** Anything up to a closing brace, which is the default. */
        TEXT,
        /** What is between the braces of a destructuring or of an import. */
        BINDINGS,
        /** The fields of the class whose head ends here. */
        FIELDS,
        /** The strings of the whole file that may name a variable. */
        STRINGS,
        /** The same of the class whose head ends here. */
        BODY,
        /** The value of a key of YAML that names files of definitions. */
        FILES
    }

    static List<Element> parse(final String pattern) {
        final List<Element> elements = new ArrayList<>();
        int i = 0;
        while (i < pattern.length()) {
            final char c = pattern.charAt(i);
            final int close = c == '<' ? pattern.indexOf('>', i) : -1;
            if (c == ' ') {
                i++;
            } else if (c == '^' && elements.isEmpty()) {
                elements.add(new Element(Kind.LINE, ""));
                i++;
            } else if (c == '«') {
                final int end = pattern.indexOf('»', i);
                elements.add(new Element(Kind.QUOTED, pattern.substring(i + 1, end)));
                i = end + 1;
            } else if (close > 0 && isKind(pattern.substring(i + 1, close))) {
                elements.add(new Element(kind(pattern.substring(i + 1, close)), ""));
                i = close + 1;
            } else {
                int end = i + 1;
                while (isWord(c) && end < pattern.length() && isWord(pattern.charAt(end))) {
                    end++;
                }
                elements.add(new Element(Kind.TOKEN, pattern.substring(i, end)));
                i = end;
            }
        }
        return elements;
    }

    private static boolean isKind(final String word) {
        return !word.isEmpty() && word.chars().allMatch(c -> c >= 'a' && c <= 'z');
    }

    private static Kind kind(final String word) {
        return Kind.valueOf(word.toUpperCase(java.util.Locale.ROOT));
    }

    static boolean isWord(final char c) {
        return c == '_' || (c < 128 && Character.isLetterOrDigit(c));
    }

    boolean isToken() {
        return kind == Kind.TOKEN;
    }
}
