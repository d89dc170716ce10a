package io.envcli.scan.internal.walk;

/** One bracket expression of a glob, such as {@code [a-z]}, {@code [!0-9]} or {@code [[:alpha:]_]}. */
final class Brackets {
    private static final int NEVER = -1;

    private Brackets() {}

    /**
     * Where an expression ends.
     *
     * @param pattern that has it.
     * @param open    where the bracket is.
     * @return the place after the closing bracket; {@code open} if there is none.
     */
    static int end(final String pattern, final int open) {
        int i = first(pattern, open);
        boolean any = false;
        while (i < pattern.length() && (!any || pattern.charAt(i) != ']')) {
            any = true;
            final int classEnd = classEnd(pattern, i);
            i = classEnd > 0 ? classEnd : i + (pattern.charAt(i) == '\\' ? 2 : 1);
        }
        return i < pattern.length() ? i + 1 : open;
    }

    private static int first(final String pattern, final int open) {
        final int i = open + 1;
        return i < pattern.length() && (pattern.charAt(i) == '!' || pattern.charAt(i) == '^') ? i + 1 : i;
    }

    /** After {@code [:name:]}, or 0 if none is here. */
    private static int classEnd(final String pattern, final int at) {
        if (!pattern.startsWith("[:", at)) {
            return 0;
        }
        final int close = pattern.indexOf(']', at + 2);
        return close > at + 2 && pattern.charAt(close - 1) == ':' ? close + 1 : 0;
    }

    /**
     * Matches one character.
     *
     * @param pattern that has the expression.
     * @param open    where the bracket is.
     * @param c       the character.
     * @return the place after the expression; negative if it does not match, or is not closed.
     */
    static int match(final String pattern, final int open, final char c) {
        final int end = end(pattern, open);
        if (end == open) {
            return NEVER;
        }
        final int first = first(pattern, open);
        final boolean negated = first > open + 1;
        boolean found = false;
        int i = first;
        while (i < end - 1) {
            final int classEnd = classEnd(pattern, i);
            if (classEnd > 0) {
                final String name = pattern.substring(i + 2, classEnd - 2);
                if (!isClass(name)) {
                    return NEVER;
                }
                found |= isOf(name, c);
                i = classEnd;
                continue;
            }
            i += pattern.charAt(i) == '\\' ? 1 : 0;
            final char low = pattern.charAt(i++);
            char high = low;
            if (i + 1 < end - 1 && pattern.charAt(i) == '-') {
                i++;
                i += pattern.charAt(i) == '\\' ? 1 : 0;
                high = pattern.charAt(i++);
            }
            found |= c >= low && c <= high;
        }
        return found != negated ? end : NEVER;
    }

    private static boolean isClass(final String name) {
        return " alnum alpha blank cntrl digit graph lower print punct space upper xdigit ".contains(" " + name + " ");
    }

    private static boolean isOf(final String name, final char c) {
        final boolean letter = (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
        final boolean digit = c >= '0' && c <= '9';
        final boolean graph = c > ' ' && c < 0x7F;
        return switch (name) {
            case "alnum" -> letter || digit;
            case "alpha" -> letter;
            case "blank" -> c == ' ' || c == '\t';
            case "cntrl" -> c < ' ' || c == 0x7F;
            case "digit" -> digit;
            case "graph" -> graph;
            case "lower" -> c >= 'a' && c <= 'z';
            case "print" -> graph || c == ' ';
            case "punct" -> graph && !letter && !digit;
            case "space" -> c == ' ' || (c >= '\t' && c <= '\r');
            case "upper" -> c >= 'A' && c <= 'Z';
            default -> digit || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f');
        };
    }
}
