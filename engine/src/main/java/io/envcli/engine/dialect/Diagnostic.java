package io.envcli.engine.dialect;

import java.util.Comparator;

/**
 * One reject or warning. Holds neither a value nor a name.
 *
 * @param line   in its source, from 1.
 * @param column in characters of the line, from 1.
 * @param reason what it is.
 * @param detail the byte, character or nothing that the reason speaks of.
 */
public record Diagnostic(int line, int column, Reason reason, int detail) {
    /** By line, then column. */
    public static final Comparator<Diagnostic> BY_PLACE = Comparator.comparingInt(Diagnostic::line)
            .thenComparingInt(Diagnostic::column);

    /** {@return what to tell a person, without the place} */
    public String message() {
        return reason.message(detail);
    }
}
