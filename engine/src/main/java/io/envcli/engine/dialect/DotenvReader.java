package io.envcli.engine.dialect;

import io.envcli.simd.Utf8Kernel;

/**
 * Reads dialect {@code dotenv} the exact way, a step at a time: whitespace, a comment, a statement, or the rest of a line
 * that is no use. What cannot be kept until its end is seen, a comment or a line that is too long, is remembered as a state
 * instead.
 */
final class DotenvReader {
    /** Nothing is left over from the slab before. */
    private static final int BETWEEN = 0;
    /** Within a comment or a rejected line: up to any kind of newline. */
    private static final int IN_LINE = 1;
    /** Within an unquoted value that is too long: up to CR, LF or #. */
    private static final int IN_VALUE = 2;
    /** At the very start, where a byte-order mark takes up no column. */
    private static final int AT_START = 3;

    private final Text text;
    private final Place place;
    private final DotenvLimits limits;
    private final DotenvStatement statement;
    private final DotenvValue value;
    private Diagnostics diagnostics = new Diagnostics(0);
    private Utf8Kernel utf8;
    private int state;
    private boolean blocked;
    private boolean found;
    private int line;

    DotenvReader(final Text text, final Place place, final DotenvLimits limits, final Utf8Kernel utf8) {
        this.text = text;
        this.place = place;
        this.limits = limits;
        this.utf8 = utf8;
        statement = new DotenvStatement(text, limits);
        value = new DotenvValue(text);
    }

    void begin(final Diagnostics newDiagnostics) {
        diagnostics = newDiagnostics;
        state = AT_START;
    }

    /** Finishes what the slab before left over; offset of what comes after it. */
    int resume(final int offset, final Utf8Kernel newUtf8) {
        utf8 = newUtf8;
        blocked = false;
        text.feed();
        return switch (state) {
            case IN_LINE -> skipLine(offset);
            case IN_VALUE -> skipValue(offset);
            case AT_START -> skipMark(offset);
            default -> offset;
        };
    }

    /** Whether more text is needed to go on. */
    boolean blocked() {
        return blocked;
    }

    /** Whether the last step found a variable. */
    boolean found() {
        return found;
    }

    /** Bytes looked at the exact way since ever, counting them for their place included. */
    long effort() {
        return statement.effort() + place.effort();
    }

    int nameOffset() {
        return statement.nameStart();
    }

    int nameLength() {
        return statement.nameEnd() - statement.nameStart();
    }

    int valueOffset() {
        return value.start();
    }

    int valueLength() {
        return value.end() - value.start();
    }

    int line() {
        return line;
    }

    /** Goes on from between two statements; offset of what comes after the step. */
    int step(final int offset) {
        found = false;
        text.feed();
        final int start = skipBlank(offset);
        if (blocked || start == text.end()) {
            return start;
        }
        if (text.at(start) == '#') {
            return skipLine(start);
        }
        statement.read(start);
        if (text.starved()) {
            blocked = true;
            return start;
        }
        final Reason reject = statement.reject();
        return reject == null ? take() : refuse(start, reject);
    }

    /** Whitespace of any length. A CR at the very end stays, since LF may follow. */
    private int skipBlank(final int offset) {
        int i = offset;
        int length = text.whitespace(i);
        while (length > 0) {
            if (text.peek(i) == '\r' && text.at(i + 1) == Text.END && text.starved()) {
                break;
            }
            i += length;
            length = i < text.end() ? text.whitespace(i) : 0;
        }
        blocked = text.starved();
        place.moveTo(i);
        return i;
    }

    private int skipMark(final int offset) {
        state = BETWEEN;
        final boolean mark = text.at(offset) == 0xEF && text.at(offset + 1) == 0xBB && text.at(offset + 2) == 0xBF;
        if (text.starved()) {
            state = AT_START;
            blocked = true;
            return offset;
        }
        place.rebase(mark ? offset + 3 : offset);
        return mark ? offset + 3 : offset;
    }

    /** To the newline, or behind it if it is one that takes part in no line count. */
    private int skipLine(final int offset) {
        state = BETWEEN;
        int i = offset;
        while (i < text.end()) {
            final int byteAt = text.peek(i);
            if (Text.isNewline(byteAt)) {
                return i;
            }
            if (byteAt == 0xE2 && text.isWideNewline(i)) {
                place.moveTo(i + 3);
                return i + 3;
            }
            if (text.starved()) {
                break;
            }
            i++;
        }
        state = IN_LINE;
        blocked = true;
        return i;
    }

    private int skipValue(final int offset) {
        state = BETWEEN;
        for (int i = offset; i < text.end(); i++) {
            final int byteAt = text.peek(i);
            if (Text.isNewline(byteAt) || byteAt == '#') {
                return i;
            }
        }
        state = IN_VALUE;
        blocked = true;
        return text.end();
    }

    private int refuse(final int start, final Reason reason) {
        if (reason == Reason.TOO_LONG) {
            report(reason, statement.rejectAt(), 0);
            place.moveTo(statement.next());
            return skipValue(statement.next());
        }
        final int invalid = reason == Reason.NAME_TOO_LONG ? -1 : firstInvalid(start, statement.next());
        if (invalid >= 0) {
            report(Reason.NAME_NOT_UTF8, invalid, text.peek(invalid));
        } else {
            report(reason, statement.rejectAt(), statement.rejectDetail());
        }
        return skipLine(start);
    }

    /** There is a statement: checks its value, and makes it the value meant. */
    private int take() {
        if (statement.quoted()) {
            value.quoted(statement.valueStart(), statement.valueEnd());
        } else {
            value.trimmed(statement.valueStart(), statement.valueEnd());
        }
        if (isSound()) {
            warn();
            found = true;
        }
        place.find(statement.nameStart());
        line = place.foundLine();
        // Decoding moves bytes, so lines are counted before.
        place.moveTo(statement.next());
        if (found && statement.quoted()) {
            value.decodeQuoted(text.peek(statement.opening()));
        } else if (found) {
            value.decodeTrimmed();
        }
        return statement.next();
    }

    private boolean isSound() {
        final int invalid = firstInvalid(value.start(), value.end());
        if (invalid >= 0) {
            report(Reason.VALUE_NOT_UTF8, invalid, text.peek(invalid));
            return false;
        }
        final int nul = text.find(0, value.start(), value.end());
        if (nul < value.end()) {
            report(Reason.NUL_IN_VALUE, nul, 0);
            return false;
        }
        final int room = limits.together() - 1 - nameLength();
        if (valueLength() > room && decodedLength() > room) {
            report(Reason.TOO_LONG, statement.nameStart(), 0);
            return false;
        }
        return true;
    }

    private int decodedLength() {
        return statement.quoted()
                ? value.decodedQuotedLength(text.peek(statement.opening()))
                : value.decodedTrimmedLength();
    }

    private void warn() {
        final int first = value.start();
        final boolean empty = first == value.end();
        if (statement.spread(statement.quoted() ? statement.opening() : empty ? statement.nameEnd() : first)) {
            report(Reason.SPREAD_OVER_LINES, statement.nameStart(), 0);
        }
        if (statement.quoted() || empty) {
            return;
        }
        final int quote = text.peek(first);
        if (Text.isQuote(quote) && !value.strips()) {
            warnOfQuote(quote);
        }
        final int end = statement.valueEnd();
        if (end == value.end() && text.at(end) == '#') {
            report(Reason.CUT_AT_HASH, end, 0);
        }
    }

    /** The value begins with a quote and keeps it. */
    private void warnOfQuote(final int quote) {
        for (int i = value.start() + 1; i < value.end(); i++) {
            if (text.peek(i) == quote) {
                report(Reason.TEXT_AFTER_QUOTE, i + 1, quote);
                return;
            }
        }
        report(Reason.UNCLOSED_QUOTE, value.start(), quote);
    }

    private void report(final Reason reason, final int offset, final int detail) {
        place.find(offset);
        diagnostics.add(reason, place.foundLine(), place.foundColumn(), detail);
    }

    /** Offset of the first byte that is not UTF-8; -1 if there is none. */
    private int firstInvalid(final int from, final int to) {
        final int offset = utf8.firstInvalid(text.address(from), to - from);
        return offset < 0 ? -1 : from + offset;
    }
}
