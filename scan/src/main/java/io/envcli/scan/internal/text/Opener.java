package io.envcli.scan.internal.text;

import org.jspecify.annotations.Nullable;

/**
 * Something that begins with certain bytes and is not plain code.
 *
 * @param kind    what it is.
 * @param open    the bytes that it begins with.
 * @param close   the bytes that it ends with; empty where the kind decides.
 * @param inner   in a string, what begins code that ends with a brace; null if nothing does.
 * @param options how it differs from the plain kind.
 */
record Opener(Kind kind, String open, String close, @Nullable String inner, java.util.Set<Option> options) {
    /** Kinds. */
    enum Kind {
        /** To the end of the line. */
        LINE_COMMENT,
        /** To its closing bytes. */
        BLOCK_COMMENT,
        /** To its closing bytes, or to the end of the line unless it may hold line feeds. */
        STRING,
        /** One character between quotes; what is longer, such as a lifetime, is code. */
        CHARACTER,
        /** A regular expression between slashes, where a value may begin. */
        REGEX,
        /** {@code r"…"}, {@code r#"…"#}. */
        RUST_RAW,
        /** {@code R"x(…)x"}. */
        CPP_RAW,
        /** {@code %q(…)}, {@code %w[…]}. */
        PERCENT,
        /** {@code <<EOF}: the lines after this one, to one that is EOF alone. */
        HEREDOC,
        /** A backslash outside strings: the next byte means nothing. */
        ESCAPE,
        /** The end of an island of code in other text. */
        ISLAND_END
    }

    /** Options. */
    enum Option {
        /** A backslash takes the next byte. */
        ESCAPE,
        /** May hold line feeds. */
        LINES,
        /** Comments nest. */
        NESTED,
        /** Only where a word may begin. */
        WORD,
        /** Only at the beginning of a line. */
        LINE,
        /** What is inside is code. */
        ACTIVE,
        /** Twice the closing bytes stand for themselves. */
        DOUBLED
    }

    boolean is(final Option option) {
        return options.contains(option);
    }
}
