package io.envcli.engine.dialect;

import io.envcli.offheap.Owner;
import io.envcli.offheap.Region;
import io.envcli.offheap.Slab;
import io.envcli.offheap.VariableTable;
import io.envcli.simd.Kernels;
import io.envcli.simd.TextKernel;
import org.agrona.UnsafeApi;

/**
 * Dialect {@code dotenv}: npm dotenv 18's classic parser.
 *
 * <p>Lines are walked on bitmaps, a window of text at a time. A line without a hard byte whose first byte that is not of a
 * name is {@code =} is a variable, and there is nothing to trim, unquote, decode or check about it. Empty lines and
 * comments in ASCII pass by as well. Everything else is {@link DotenvReader}'s.
 */
final class DotenvParser implements DialectParser {
    private static final int WINDOW = 64 * 1024;
    private static final int BITMAP_LENGTH = WINDOW / Byte.SIZE;

    private final DotenvLimits limits;
    private final Region bitmaps = Region.allocate(Owner.SCRATCH, 3L * BITMAP_LENGTH);
    private final long newlineBits = bitmaps.address();
    private final long notNameBits = newlineBits + BITMAP_LENGTH;
    private final long hardBits = notNameBits + BITMAP_LENGTH;
    private final Text text = new Text();
    private final Place place = new Place(text);
    private final DotenvReader reader;
    private TextKernel kernel = Kernels.current().text();
    private int windowStart;
    private int windowEnd;
    /** From here on, the next newline in the window is the known one, for as long as that is not passed. */
    private int knownFrom;
    private int knownNewline;
    private long effort;
    private int rows;

    DotenvParser(final DotenvLimits limits) {
        this.limits = limits;
        reader = new DotenvReader(text, place, limits, Kernels.current().utf8());
    }

    @Override
    public void begin(final Diagnostics diagnostics) {
        place.begin();
        reader.begin(diagnostics);
    }

    @Override
    public int parse(final Slab slab, final boolean last) {
        final int from = slab.textOffset();
        final int end = from + slab.textLength();
        final VariableTable table = slab.table();
        final Kernels kernels = Kernels.current();
        kernel = kernels.text();
        text.wrap(slab.address(), end, last);
        place.rebase(from);
        windowStart = from;
        windowEnd = from;
        rows = 0;
        int position = reader.resume(from, kernels.utf8());
        while (position < end && !reader.blocked()) {
            position = readPlain(position, end, table);
            if (position < end) {
                position = reader.step(position);
                addRow(table);
            }
        }
        place.moveTo(position);
        slab.rowCount(rows);
        return position;
    }

    @Override
    public void close() {
        bitmaps.close();
    }

    /** Bytes looked at since ever, in bitmaps or the exact way. For tests: time is linear because this is. */
    long effort() {
        return effort + reader.effort();
    }

    private void addRow(final VariableTable table) {
        if (reader.found()) {
            table.set(rows++, reader.nameOffset(), reader.nameLength(), reader.valueOffset(), reader.valueLength(),
                    reader.line(), 0);
        }
    }

    /** Reads plain lines; offset of the first line that is not, or that ends beyond the text. */
    private int readPlain(final int from, final int end, final VariableTable table) {
        int position = from;
        while (true) {
            if (position >= windowEnd) {
                openWindow(position, end);
            }
            position = walk(position, end, table);
            // A line that the window cuts begins a window of its own, but not if there was half a window for it: else
            // windows would overlap without end where statements are many and lines are not.
            final boolean cut = windowEnd < end && position - windowStart > WINDOW / 2 && position < end
                    && nextNewline(position) == windowEnd;
            if (!cut) {
                return position;
            }
            openWindow(position, end);
        }
    }

    private void openWindow(final int position, final int end) {
        windowStart = position;
        windowEnd = Math.min(end, position + WINDOW);
        knownFrom = position;
        knownNewline = position - 1;
        effort += windowEnd - windowStart;
        kernel.bitmaps(text.address(position), windowEnd - position, newlineBits, notNameBits, hardBits);
    }

    private int walk(final int from, final int end, final VariableTable table) {
        int position = from;
        int lines = 0;
        while (position < windowEnd) {
            final int hard = next(hardBits, position);
            if (hard == windowEnd) {
                break;
            }
            final int value = text.peek(hard);
            final int newline = Text.isNewline(value) ? hard : newlineAfter(position, hard, value);
            final int after = newline < windowEnd ? afterNewline(newline, end) : -1;
            if (after < 0) {
                break;
            }
            if (newline > position && value != '#') {
                final int quotes = newline == hard ? 0 : 1;
                final int equals = next(notNameBits, position);
                if (quotes == 0 && !isPlain(position, equals, newline, after, end)) {
                    break;
                }
                table.set(rows++, position, equals - position, equals + 1 + quotes, newline - equals - 1 - 2 * quotes,
                        place.line() + lines, 0);
            }
            lines++;
            position = after;
        }
        if (lines > 0) {
            place.startLine(position, lines);
        }
        return position;
    }

    /** Where a line ends whose first hard byte is no newline; the end of the window if it has to be read the exact way. */
    private int newlineAfter(final int position, final int hard, final int value) {
        if (value == '#') {
            return hard == position ? plainCommentEnd(hard) : windowEnd;
        }
        return Text.isQuote(value) ? plainQuotedEnd(position, hard, value) : windowEnd;
    }

    /** The same for {@code NAME="value"} in printable ASCII without a backslash, with nothing behind the closing quote. */
    private int plainQuotedEnd(final int position, final int opening, final int quote) {
        final int equals = next(notNameBits, position);
        if (equals != opening - 1 || text.peek(equals) != '=' || equals == position) {
            return windowEnd;
        }
        int i = opening;
        int value;
        do {
            i = next(hardBits, i + 1);
            value = i < windowEnd ? text.peek(i) : 0;
        } while (value != quote && value >= ' ' && value < 0x7F && value != '\\');
        final int newline = i + 1;
        final boolean ends = value == quote && newline < windowEnd && Text.isNewline(text.peek(newline));
        return ends && newline - position <= limits.name() ? newline : windowEnd;
    }

    /** Whether a line without hard bytes is a variable, whatever follows it. */
    private boolean isPlain(final int position, final int equals, final int newline, final int after, final int end) {
        if (text.peek(equals) != '=' || equals == position || newline - position > limits.name()) {
            return false;
        }
        // What looks empty takes its value from the next line if that begins with a quote, perhaps after whitespace.
        return newline > equals + 1 || (after < end && isPlainStart(text.peek(after)));
    }

    private static boolean isPlainStart(final int value) {
        return value > ' ' && value < 0x7F && !Text.isQuote(value);
    }

    /** Where the newline after a comment is, if the comment is in ASCII; else the end of the window. */
    private int plainCommentEnd(final int position) {
        final int newline = nextNewline(position);
        return text.isAscii(position, newline) ? newline : windowEnd;
    }

    /** The first offset of the next line; -1 if that cannot be known yet. */
    private int afterNewline(final int newline, final int end) {
        if (text.peek(newline) == '\n') {
            return newline + 1;
        }
        if (newline + 1 == end) {
            return -1;
        }
        return text.peek(newline + 1) == '\n' ? newline + 2 : newline + 1;
    }

    private int nextNewline(final int from) {
        if (from < knownFrom || from > knownNewline) {
            knownFrom = from;
            knownNewline = next(newlineBits, from);
        }
        return knownNewline;
    }

    /** The first offset in the window, at or after one, whose bit is set; the end of the window if there is none. */
    private int next(final long bits, final int from) {
        final int index = from - windowStart;
        if (from >= windowEnd) {
            return windowEnd;
        }
        int word = index >>> 6;
        long found = UnsafeApi.getLong(bits + ((long) word << 3)) >>> index;
        if (found != 0) {
            return from + Long.numberOfTrailingZeros(found);
        }
        final int words = (windowEnd - windowStart + 63) >>> 6;
        while (++word < words) {
            found = UnsafeApi.getLong(bits + ((long) word << 3));
            if (found != 0) {
                return windowStart + (word << 6) + Long.numberOfTrailingZeros(found);
            }
        }
        return windowEnd;
    }
}
