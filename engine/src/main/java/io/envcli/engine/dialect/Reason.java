package io.envcli.engine.dialect;

/**
 * Why a line was refused, or what about it surely was not meant.
 *
 * <p>Texts never hold a value or a name. {@code %} in a text stands for the detail.
 */
public enum Reason {
    /** Detail: none. */
    NO_EQUALS(Kind.REJECT, Detail.NONE, "no-equals", "no = after the name; the line was rejected"),
    /** Detail: the first byte that does not belong. */
    BAD_NAME(Kind.REJECT, Detail.BYTE, "bad-name",
            "name has a character that is not allowed (byte %); the line was rejected"),
    /** Detail: none. */
    EMPTY_NAME(Kind.REJECT, Detail.NONE, "empty-name", "no name before the =; the line was rejected"),
    /** Detail: none. */
    COLON_WITHOUT_SPACE(Kind.REJECT, Detail.NONE, "colon-without-space",
            "no space after the colon that follows the name; the line was rejected"),
    /** Detail: none. */
    NAME_TOO_LONG(Kind.REJECT, Detail.NONE, "name-too-long", "name is longer than 65,535 bytes; the line was rejected"),
    /** Detail: none. */
    TOO_LONG(Kind.REJECT, Detail.NONE, "too-long",
            "name, = and value together are longer than 131,071 bytes; the line was rejected"),
    /** Detail: the first byte that is wrong. */
    NAME_NOT_UTF8(Kind.REJECT, Detail.BYTE, "name-not-utf8", "name is not valid UTF-8 (byte %); the line was rejected"),
    /** Detail: the first byte that is wrong. */
    VALUE_NOT_UTF8(Kind.REJECT, Detail.BYTE, "value-not-utf8",
            "value is not valid UTF-8 (byte %); the line was rejected"),
    /** Detail: none. */
    NUL_IN_VALUE(Kind.REJECT, Detail.NONE, "nul-in-value", "value contains a NUL byte; the line was rejected;"
            + " what env -0 writes is read in the dialect environ"),

    /** Detail: the quote. */
    UNCLOSED_QUOTE(Kind.WARNING, Detail.CHARACTER, "unclosed-quote",
            "quote % is never closed; the value is this line alone, quote included"),
    /** Detail: the quote. */
    TEXT_AFTER_QUOTE(Kind.WARNING, Detail.CHARACTER, "text-after-quote",
            "text after the closing quote %; the quotes are part of the value"),
    /** Detail: none. */
    CUT_AT_HASH(Kind.WARNING, Detail.NONE, "cut-at-hash",
            "# without a space before it ends the value; quote the value to keep it"),
    /** Detail: none. */
    SPREAD_OVER_LINES(Kind.WARNING, Detail.NONE, "spread-over-lines",
            "name, = and the start of the value are not on one line, yet are read together"),
    /** Decided by whoever knows what was set before. Detail: none. */
    DUPLICATE(Kind.WARNING, Detail.NONE, "duplicate", "set again; the last one wins"),
    /** Decided by whoever knows what other files set. Detail: none. */
    OVERRIDDEN(Kind.WARNING, Detail.NONE, "overridden", "another file, read before, sets it too; this one wins");

    /** Whether a line was refused. */
    public enum Kind {
        /** Refused: there is no variable. */
        REJECT,
        /** Read as the dialect reads it, but surely not meant. */
        WARNING
    }

    /** What the number that goes with a reason is. */
    enum Detail {
        NONE, BYTE, CHARACTER
    }

    /** How many reasons there are. */
    static final int COUNT = values().length;
    private static final Reason[] ALL = values();

    private final Kind kind;
    private final Detail detail;
    private final String label;
    private final String text;

    Reason(final Kind kind, final Detail detail, final String label, final String text) {
        this.kind = kind;
        this.detail = detail;
        this.label = label;
        this.text = text;
    }

    /** {@return whether it is a reject or a warning} */
    public Kind kind() {
        return kind;
    }

    /** {@return its name in machine-readable output, kept for ever} */
    public String label() {
        return label;
    }

    /**
     * Says it to a person.
     *
     * @param number the detail that goes with it.
     * @return one clause, no full stop.
     */
    public String message(final int number) {
        return switch (detail) {
            case NONE -> text;
            case BYTE -> text.replace("%", String.format("0x%02X", number));
            case CHARACTER -> text.replace("%", Character.toString(number));
        };
    }

    static Reason of(final int ordinal) {
        return ALL[ordinal];
    }
}
