package io.envcli.engine.dialect;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Writes a variable as a line, or several, that npm dotenv 18's classic parser reads back as exactly this name and value,
 * whatever lines follow.
 *
 * <p>The tool has no escape for a quote, {@code #} or backslash, so a form has to be found that the value fits into, in this
 * order:
 *
 * <pre>
 *  A=value       nothing in it that the tool trims, cuts, unquotes or ends a line at
 *  A='value'     every ' in it has a backslash before it, no CR
 *  A="value"     the same for "; no \n or \r in it that the tool would expand; a CR is written as \r
 *  A=`value`     the same as '
 *  A='it's'      a quote that is followed by more does not close, and the outer ones still go; on one line, without #
 *  A="it"s"      the same; LF is written as \n
 * </pre>
 *
 * <p>A value that ends with a backslash would take away the meaning of its closing quote. There a comment follows that holds
 * the same quote once more, where it cannot close: {@code A='C:\ #\' #'.} is {@code C:\ #\}.
 *
 * <p>What fits nowhere, such as all three kinds of quote and {@code #}, is answered with a code. Allocation: none.
 * Threading: stateless, any thread.
 */
public final class DotenvWriter {
    /** Answer of {@link #write}: the dialect has no such name. */
    public static final int BAD_NAME = -1;
    /** Answer of {@link #write}: no form reads back as this value. */
    public static final int NO_FORM = -2;

    /** {@code =}, two quotes, a comment of four bytes, and LF. */
    private static final int FRAME_LENGTH = 8;

    private static final int NOT_PLAIN = 1;
    private static final int BARE_SINGLE = 1 << 1;
    private static final int BARE_DOUBLE = 1 << 2;
    private static final int BARE_BACKTICK = 1 << 3;
    private static final int HASH = 1 << 4;
    private static final int WIDE_NEWLINE = 1 << 5;
    private static final int LF = 1 << 6;
    private static final int CR = 1 << 7;
    private static final int ESCAPE = 1 << 8;
    private static final int ENDS_WITH_BACKSLASH = 1 << 9;

    private DotenvWriter() {}

    /**
     * How much {@link #write} takes at most.
     *
     * @param nameLength  in bytes.
     * @param valueLength in bytes.
     * @return bytes.
     */
    public static int maxLength(final int nameLength, final int valueLength) {
        return nameLength + 2 * valueLength + FRAME_LENGTH;
    }

    /**
     * Writes a variable, LF at its end included.
     *
     * @param from        that holds name and value; borrowed.
     * @param nameOffset  of the name.
     * @param nameLength  in bytes.
     * @param valueOffset of the value, which is valid UTF-8 without NUL.
     * @param valueLength in bytes.
     * @param to          where to write; borrowed; room for {@link #maxLength} bytes.
     * @param offset      where to begin.
     * @return bytes written, or {@link #BAD_NAME} or {@link #NO_FORM}, and then what is there now has no meaning.
     */
    public static int write(final DirectBuffer from, final int nameOffset, final int nameLength, final int valueOffset,
            final int valueLength, final MutableDirectBuffer to, final int offset) {
        if (!isName(from, nameOffset, nameLength)) {
            return BAD_NAME;
        }
        to.putBytes(offset, from, nameOffset, nameLength);
        to.putByte(offset + nameLength, (byte) '=');
        final int start = offset + nameLength + 1;
        final int end = writeValue(from, valueOffset, valueLength, to, start);
        if (end < 0) {
            return end;
        }
        to.putByte(end, (byte) '\n');
        return end + 1 - offset;
    }

    private static boolean isName(final DirectBuffer from, final int offset, final int length) {
        for (int i = 0; i < length; i++) {
            if (!Text.isName(from.getByte(offset + i) & 0xFF)) {
                return false;
            }
        }
        return length > 0 && length <= DotenvLimits.PRODUCT.name();
    }

    private static int writeValue(final DirectBuffer from, final int offset, final int length,
            final MutableDirectBuffer to, final int start) {
        final int traits = traits(from, offset, length);
        if ((traits & NOT_PLAIN) == 0) {
            to.putBytes(start, from, offset, length);
            return start + length;
        }
        final int closed = closedQuote(traits);
        final int quote = closed != 0 ? closed : openQuote(traits);
        if (quote == 0) {
            return NO_FORM;
        }
        to.putByte(start, (byte) quote);
        // Between double quotes that close LF may stay as it is, and reads better.
        final boolean escapeLf = closed == 0 && quote == '"';
        final int end = encode(from, offset, length, to, start + 1, quote == '"', escapeLf);
        to.putByte(end, (byte) quote);
        // Further away, a closing quote counts as none. What is not closed is read with its quotes at first.
        if (end - start > DotenvLimits.PRODUCT.lookahead() - 2) {
            return NO_FORM;
        }
        return closed != 0 && (traits & ENDS_WITH_BACKSLASH) != 0 ? writeComment(to, end + 1, quote) : end + 1;
    }

    /** The quote that the value can be put between so that the tool finds the closing one; 0 if there is none. */
    private static int closedQuote(final int traits) {
        if ((traits & (BARE_SINGLE | CR)) == 0) {
            return '\'';
        }
        if ((traits & (BARE_DOUBLE | ESCAPE)) == 0) {
            return '"';
        }
        return (traits & (BARE_BACKTICK | CR)) == 0 ? '`' : 0;
    }

    /**
     * The quote that the value can be put between although one inside looks like the closing one: something other than a
     * comment follows that on the line, so the tool takes the whole line, and the outer quotes off it.
     */
    private static int openQuote(final int traits) {
        if ((traits & (HASH | WIDE_NEWLINE)) != 0) {
            return 0;
        }
        if ((traits & BARE_SINGLE) != 0 && (traits & (LF | CR)) == 0) {
            return '\'';
        }
        return (traits & BARE_DOUBLE) != 0 && (traits & ESCAPE) == 0 ? '"' : 0;
    }

    private static int encode(final DirectBuffer from, final int offset, final int length, final MutableDirectBuffer to,
            final int start, final boolean escapeCr, final boolean escapeLf) {
        int at = start;
        for (int i = 0; i < length; i++) {
            final byte value = from.getByte(offset + i);
            if ((value == '\r' && escapeCr) || (value == '\n' && escapeLf)) {
                to.putByte(at++, (byte) '\\');
                to.putByte(at++, (byte) (value == '\r' ? 'r' : 'n'));
            } else {
                to.putByte(at++, value);
            }
        }
        return at;
    }

    private static int writeComment(final MutableDirectBuffer to, final int start, final int quote) {
        to.putByte(start, (byte) ' ');
        to.putByte(start + 1, (byte) '#');
        to.putByte(start + 2, (byte) quote);
        to.putByte(start + 3, (byte) '.');
        return start + 4;
    }

    /** What is about a value that matters to any form. */
    private static int traits(final DirectBuffer from, final int offset, final int length) {
        int traits = length == 0 ? NOT_PLAIN : 0;
        int before = 0;
        for (int i = 0; i < length; i++) {
            final int value = from.getByte(offset + i) & 0xFF;
            traits |= traits(value, before);
            final boolean wide = (value == 0xA8 || value == 0xA9) && before == 0x80
                    && (from.getByte(offset + i - 2) & 0xFF) == 0xE2;
            traits |= wide ? WIDE_NEWLINE : 0;
            before = value;
        }
        return before == '\\' ? traits | ENDS_WITH_BACKSLASH : traits;
    }

    private static int traits(final int value, final int before) {
        final boolean bare = before != '\\';
        return switch (value) {
            case '\'' -> NOT_PLAIN | (bare ? BARE_SINGLE : 0);
            case '"' -> NOT_PLAIN | (bare ? BARE_DOUBLE : 0);
            case '`' -> NOT_PLAIN | (bare ? BARE_BACKTICK : 0);
            case '#' -> NOT_PLAIN | HASH;
            case '\n' -> NOT_PLAIN | LF;
            case '\r' -> NOT_PLAIN | CR;
            case 'n', 'r' -> bare ? 0 : ESCAPE;
            // Beyond ASCII is whitespace that would be trimmed; quotes keep it all.
            default -> value <= ' ' || value >= 0x7F ? NOT_PLAIN : 0;
        };
    }
}
