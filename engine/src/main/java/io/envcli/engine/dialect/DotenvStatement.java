package io.envcli.engine.dialect;

import org.jspecify.annotations.Nullable;

/**
 * One statement of dialect {@code dotenv}, read the exact way: what npm dotenv's pattern matches from here.
 *
 * <p>The pattern is a sequence of optional and repeated pieces, and a matcher backtracks over them. Here each piece is
 * taken once, since what would be tried next can be said beforehand:
 *
 * <pre>
 *  export, whitespace   taken if a name follows; else "export" is the name itself
 *  name                 all name characters: a shorter name is followed by a name character, never by = or :
 *  whitespace, =        whitespace may hold newlines
 *  or : and one whitespace character
 *  value                a quoted text, or all up to # or the end of the line, or nothing
 *  whitespace, #…, end of line
 * </pre>
 *
 * <p>Once {@code =} or {@code :} was taken the match cannot fail any more, since nothing is a value too. So the pieces
 * before decide whether there is a statement at all, and the whitespace that the pattern takes <em>lazily</em> after
 * {@code =} never grows.
 *
 * <p>Reading changes nothing and tells nobody: if {@link Text#starved()} afterwards, it is done again with more text. Time
 * is linear: a search for a closing quote stops at the next quote of its kind that has no backslash before it, at the
 * latest at the opening quote of the next statement that has this kind, so searches of one kind never overlap.
 */
final class DotenvStatement {
    private final Text text;
    private final DotenvLimits limits;

    private int start;
    private int nameStart;
    private int nameEnd;
    private int separator;
    private int valueStart;
    private int valueEnd;
    private int opening;
    private boolean quoted;
    private boolean passedOver;
    private int next;
    private @Nullable Reason reject;
    private int rejectAt;
    private int rejectDetail;
    private long effort;

    DotenvStatement(final Text text, final DotenvLimits limits) {
        this.text = text;
        this.limits = limits;
    }

    /** Reads the statement that begins at an offset: neither whitespace nor # stands there. */
    void read(final int offset) {
        start = offset;
        reject = null;
        if (readHead()) {
            if (!readQuoted()) {
                readUnquoted();
            }
        } else if (reject == null && !text.starved()) {
            explain();
        }
        effort += nameEnd - start;
    }

    /** Bytes looked at since ever, some of them more than once: what makes time linear is that this is. */
    long effort() {
        return effort;
    }

    /** Name and separator; whether there is a statement at all. */
    private boolean readHead() {
        nameStart = afterExport();
        nameEnd = nameStart;
        while (Text.isName(text.at(nameEnd)) && nameEnd - nameStart <= limits.name()) {
            nameEnd++;
        }
        if (nameEnd - nameStart > limits.name()) {
            refuse(Reason.NAME_TOO_LONG, nameStart, 0);
        }
        if (nameEnd == nameStart || reject != null) {
            return false;
        }
        separator = text.skipWhitespace(nameEnd, limits.whitespace());
        effort += separator - nameEnd;
        if (text.at(separator) == '=') {
            valueStart = separator + 1;
            return true;
        }
        separator = nameEnd;
        valueStart = separator + 1 + oneWhitespace(separator + 1);
        return text.at(separator) == ':' && valueStart > separator + 1;
    }

    /** Where the name begins if {@code export} and whitespace stand before it, else the start. */
    private int afterExport() {
        final String export = "export";
        for (int i = 0; i < export.length(); i++) {
            if (text.at(start + i) != export.charAt(i)) {
                return start;
            }
        }
        final int after = start + export.length();
        final int name = text.skipWhitespace(after, limits.whitespace());
        return name > after && Text.isName(text.at(name)) ? name : start;
    }

    /** Bytes of one whitespace character, where CRLF counts as one: the tool reads it as LF. */
    private int oneWhitespace(final int offset) {
        final int length = text.whitespace(offset);
        return length == 1 && text.at(offset) == '\r' && text.at(offset + 1) == '\n' ? 2 : length;
    }

    /**
     * Whitespace, a quote, anything, the same quote, and nothing but a comment behind it. A quote with a backslash before
     * it is passed over, so the first one without is tried first. If something else follows that one, the matcher gives
     * back what it took, last piece first, and a passed-over quote may close after all.
     */
    private boolean readQuoted() {
        opening = text.skipWhitespace(valueStart, limits.whitespace());
        quoted = false;
        final int quote = text.at(opening);
        if (!Text.isQuote(quote)) {
            return false;
        }
        final int stop = searchPlain(quote);
        if (text.starved()) {
            return false;
        }
        if (text.at(stop) == quote && stop <= opening + limits.lookahead() && closes(stop)) {
            return true;
        }
        effort += passedOver ? stop - opening : 0;
        for (int i = stop - 1; passedOver && i > opening + 1; i--) {
            if (text.at(i) == quote && text.at(i - 1) == '\\' && closes(i)) {
                return true;
            }
        }
        return false;
    }

    /** The first quote that no backslash precedes, or where the search ends without one. */
    private int searchPlain(final int quote) {
        final int limit = opening + limits.lookahead();
        int i = opening + 1;
        passedOver = false;
        while (i <= limit) {
            final int value = text.at(i);
            if (value == quote || value == Text.END) {
                break;
            }
            final boolean passes = value == '\\' && i < limit && text.at(i + 1) == quote;
            passedOver |= passes;
            i += passes ? 2 : 1;
        }
        effort += i - valueStart;
        return i;
    }

    /** Whether nothing but whitespace follows a quote up to a newline, a comment or the end; if so, it is the closing one. */
    private boolean closes(final int offset) {
        int i = offset + 1;
        while (i - offset <= limits.whitespace()) {
            final int value = text.at(i);
            if (value == Text.END || Text.isNewline(value) || value == '#' || text.isWideNewline(i)) {
                quoted = true;
                valueEnd = offset;
                next = i;
                return true;
            }
            final int length = text.whitespace(i);
            if (length == 0) {
                return false;
            }
            i += length;
            effort += length;
        }
        return false;
    }

    /** All up to # or the end of the line; what follows is a comment or nothing, so this always matches. */
    private void readUnquoted() {
        final int limit = valueStart + limits.lookahead();
        int i = valueStart;
        while (i < limit) {
            final int value = text.at(i);
            if (value == Text.END || Text.isNewline(value) || value == '#') {
                break;
            }
            i++;
        }
        if (i == limit) {
            refuse(Reason.TOO_LONG, nameStart, 0);
        }
        valueEnd = i;
        next = i;
        effort += i - valueStart;
    }

    /** There is no statement: says why, for people. */
    private void explain() {
        next = nameEnd;
        if (text.at(start) == '=') {
            refuse(Reason.EMPTY_NAME, start, 0);
            return;
        }
        if (nameEnd > nameStart && text.at(nameEnd) == ':') {
            refuse(Reason.COLON_WITHOUT_SPACE, nameEnd, 0);
            return;
        }
        int i = nameEnd;
        int value = text.at(i);
        while (i - nameEnd < limits.whitespace() && value != '=' && !endsLine(i, value)) {
            value = text.at(++i);
        }
        next = characterStart(i);
        effort += i - nameEnd;
        if (value == '=') {
            refuse(Reason.BAD_NAME, nameEnd, text.at(nameEnd));
        } else {
            refuse(Reason.NO_EQUALS, start, 0);
        }
    }

    /** The limit may cut a character, which is not wrong for that. */
    private int characterStart(final int offset) {
        int i = offset;
        while (i > nameEnd && offset - i < 3 && (text.at(i) & 0xC0) == 0x80 && text.at(i) != Text.END) {
            i--;
        }
        return i;
    }

    private boolean endsLine(final int offset, final int value) {
        return value == Text.END || Text.isNewline(value) || (value == 0xE2 && text.isWideNewline(offset));
    }

    private void refuse(final Reason reason, final int at, final int detail) {
        reject = reason;
        rejectAt = at;
        rejectDetail = detail;
    }

    /** Why there is no variable; null if there is one. */
    @Nullable
    Reason reject() {
        return reject;
    }

    int rejectAt() {
        return rejectAt;
    }

    int rejectDetail() {
        return rejectDetail;
    }

    int nameStart() {
        return nameStart;
    }

    int nameEnd() {
        return nameEnd;
    }

    /** Where the value begins as written: after the opening quote, or right after the separator. */
    int valueStart() {
        return quoted ? opening + 1 : valueStart;
    }

    /** Where the value ends as written: at the closing quote, at #, or at the end of the line. */
    int valueEnd() {
        return valueEnd;
    }

    boolean quoted() {
        return quoted;
    }

    /** Where a quote stands first in the value, or anything else that whitespace does not reach over. */
    int opening() {
        return opening;
    }

    /** Where the match ends, or as far as an explanation has looked. */
    int next() {
        return next;
    }

    /** Whether name, separator and first character of the value are not on one line. */
    boolean spread(final int firstOfValue) {
        return hasNewline(start, nameStart) || hasNewline(nameEnd, separator) || hasNewline(separator, firstOfValue);
    }

    private boolean hasNewline(final int from, final int to) {
        for (int i = from; i < to; i++) {
            if (Text.isNewline(text.peek(i))) {
                return true;
            }
        }
        return false;
    }
}
