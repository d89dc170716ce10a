package io.envcli.engine.dialect;

import java.util.function.IntPredicate;

/**
 * A backtracking matcher in its simplest form, for an oracle that cannot be wrong in the way a fast one can: each piece is
 * given what comes after it, and tries its ways in order until one lets the rest match. Recursive, so for short texts.
 */
interface Pattern {
    /** What comes after a piece: where the whole match ends if it fits from an offset, else -1. */
    @FunctionalInterface
    interface Rest {
        int from(int offset);
    }

    /** Where the whole match ends if this fits at an offset, followed by the rest; else -1. */
    int match(int[] text, int offset, Rest rest);

    static Pattern one(final IntPredicate characters) {
        return (text, offset, rest) -> offset < text.length && characters.test(text[offset])
                ? rest.from(offset + 1)
                : -1;
    }

    static Pattern literal(final String literal) {
        Pattern pattern = (text, offset, rest) -> rest.from(offset);
        for (int i = literal.length() - 1; i >= 0; i--) {
            final int wanted = literal.charAt(i);
            pattern = all(one(c -> c == wanted), pattern);
        }
        return pattern;
    }

    static Pattern all(final Pattern... pieces) {
        return (text, offset, rest) -> all(pieces, 0, text, offset, rest);
    }

    private static int all(final Pattern[] pieces, final int first, final int[] text, final int offset,
            final Rest rest) {
        return first == pieces.length
                ? rest.from(offset)
                : pieces[first].match(text, offset, next -> all(pieces, first + 1, text, next, rest));
    }

    static Pattern either(final Pattern... ways) {
        return (text, offset, rest) -> {
            for (final Pattern way : ways) {
                final int end = way.match(text, offset, rest);
                if (end >= 0) {
                    return end;
                }
            }
            return -1;
        };
    }

    default Pattern maybe() {
        return either(this, literal(""));
    }

    /** As often as possible, then less often. */
    default Pattern many() {
        return (text, offset, rest) -> {
            final int end = match(text, offset, next -> many().match(text, next, rest));
            return end >= 0 ? end : rest.from(offset);
        };
    }

    default Pattern oneOrMany() {
        return all(this, many());
    }

    /** As seldom as possible, then more often. */
    default Pattern few() {
        return (text, offset, rest) -> {
            final int end = rest.from(offset);
            return end >= 0 ? end : match(text, offset, next -> few().match(text, next, rest));
        };
    }

    /** Remembers where this begins and ends, as long as the rest matches: span[0] and span[1]. */
    default Pattern into(final int[] span) {
        return (text, offset, rest) -> match(text, offset, next -> {
            final int oldStart = span[0];
            final int oldEnd = span[1];
            span[0] = offset;
            span[1] = next;
            final int end = rest.from(next);
            if (end < 0) {
                span[0] = oldStart;
                span[1] = oldEnd;
            }
            return end;
        });
    }
}
