package io.envcli.perf.workload;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** What kind of text a workload is made of. */
public enum Profile {
    /**
     * Like real example files: comments, blank lines, empty values, all quotes, {@code export}, duplicates; and what a
     * selection of example files lacks: lines with CRLF, values over many lines, a byte-order mark, long secrets.
     */
    REALISTIC,
    /**
     * Like a big export: one variable a line, about 67 bytes each, distinct names, 6.6% of them off a parser's fast path
     * (quotes, non-ASCII, CRLF).
     */
    BULK;

    /** Shares are given in this many parts. */
    private static final int PARTS = 10_000;

    private static final Map<Form, Integer> BULK_SHARES = Map.of(Form.DOUBLE_QUOTED, 240, Form.SINGLE_QUOTED, 100,
            Form.NON_ASCII, 170, Form.CRLF, 150);
    private static final Map<Form, Integer> REALISTIC_SHARES = new EnumMap<>(Map.ofEntries(Map.entry(Form.EMPTY, 3400),
            Map.entry(Form.DOUBLE_QUOTED, 970), Map.entry(Form.CERTIFICATE, 8),
            Map.entry(Form.ESCAPED_CERTIFICATE, 6), Map.entry(Form.SINGLE_QUOTED, 130), Map.entry(Form.JSON, 6),
            Map.entry(Form.BACKTICK_QUOTED, 30), Map.entry(Form.INLINE_COMMENT, 90), Map.entry(Form.REFERENCE, 100),
            Map.entry(Form.NON_ASCII, 50), Map.entry(Form.LONG_SECRET, 14)));

    private static final Form[] BULK_FORMS = spread(BULK_SHARES);
    private static final Form[] REALISTIC_FORMS = spread(REALISTIC_SHARES);
    private static final Lengths BULK_NAMES = new Lengths(0, 12, 0.5, 18, 0.9, 26, 1, 34);
    private static final Lengths BULK_VALUES = new Lengths(0, 4, 0.25, 16, 0.5, 36, 0.75, 58, 0.9, 84, 0.99, 180, 1,
            300);
    private static final Lengths REALISTIC_NAMES = new Lengths(0, 3, 0.02, 6, 0.25, 13, 0.5, 17, 0.9, 28, 0.99, 40, 1,
            60);
    /** Of values that are not empty; a third of all are. */
    private static final Lengths REALISTIC_VALUES = new Lengths(0, 1, 0.24, 4, 0.85, 20, 0.992, 52, 0.998, 90, 1, 555);

    /** {@return the profile's name as the command line writes it} */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The profile of a label.
     *
     * @param label {@code realistic} or {@code bulk}.
     * @return the profile.
     * @throws IllegalArgumentException if there is no such profile.
     */
    public static Profile fromLabel(final String label) {
        for (final Profile profile : values()) {
            if (profile.label().equals(label)) {
                return profile;
            }
        }
        throw new IllegalArgumentException("profile=" + label + " must be realistic or bulk");
    }

    Form form(final long bits) {
        return (this == BULK ? BULK_FORMS : REALISTIC_FORMS)[Draws.scale(bits, PARTS)];
    }

    Lengths nameLengths() {
        return this == BULK ? BULK_NAMES : REALISTIC_NAMES;
    }

    Lengths valueLengths() {
        return this == BULK ? BULK_VALUES : REALISTIC_VALUES;
    }

    /** The first parts get the forms with a share, in order; the rest is plain. */
    private static Form[] spread(final Map<Form, Integer> shares) {
        final Form[] forms = new Form[PARTS];
        int part = 0;
        for (final Form form : Form.values()) {
            for (int i = shares.getOrDefault(form, 0); i > 0; i--) {
                forms[part++] = form;
            }
        }
        while (part < PARTS) {
            forms[part++] = Form.PLAIN;
        }
        return forms;
    }
}
