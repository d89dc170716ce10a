package io.envcli.perf.workload;

/** How an assignment's value is written. */
enum Form {
    /** {@code A=token}. */
    PLAIN,
    /** {@code A=}. */
    EMPTY,
    /** {@code A="some words # too"}. */
    DOUBLE_QUOTED,
    /** {@code A='some words # too'}. */
    SINGLE_QUOTED,
    /** {@code A=`it's "both"`}. */
    BACKTICK_QUOTED,
    /** {@code A=token # note}. */
    INLINE_COMMENT,
    /** {@code A=${B}/token}, not expanded. */
    REFERENCE,
    /** {@code A=é日😀token}. */
    NON_ASCII,
    /** {@code A=token} and a line end of carriage return and line feed. */
    CRLF,
    /** A plain secret of 200 to 4,000 bytes. */
    LONG_SECRET,
    /** A certificate in double quotes over many lines. */
    CERTIFICATE,
    /** A certificate in double quotes on one line, its line feeds written {@code \n}. */
    ESCAPED_CERTIFICATE,
    /** A JSON object in single quotes over many lines. */
    JSON;

    /** {@return whether the value stands in quotes} */
    boolean isQuoted() {
        return quote() != 0;
    }

    /** {@return the quote around the value, 0 if none} */
    byte quote() {
        return switch (this) {
            case DOUBLE_QUOTED, CERTIFICATE, ESCAPED_CERTIFICATE -> '"';
            case SINGLE_QUOTED, JSON -> '\'';
            case BACKTICK_QUOTED -> '`';
            default -> 0;
        };
    }
}
