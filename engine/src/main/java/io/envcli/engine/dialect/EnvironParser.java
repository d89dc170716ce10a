package io.envcli.engine.dialect;

import io.envcli.offheap.Slab;
import io.envcli.offheap.VariableTable;
import io.envcli.simd.Kernels;
import io.envcli.simd.Utf8Kernel;

/**
 * Dialect {@code environ}: entries {@code NAME=value}, each ended by NUL, the last one perhaps by the end of the source.
 *
 * <p>The name is what stands before the first {@code =}: any valid UTF-8 but newlines. The value may hold newlines. A line
 * is an entry, and columns count its characters.
 */
final class EnvironParser implements DialectParser {
    private static final int MAX_NAME = 65_535;
    private static final int MAX_TOGETHER = 131_071;

    private final Text text = new Text();
    private Diagnostics diagnostics = new Diagnostics(0);
    private Utf8Kernel utf8 = Kernels.current().utf8();
    private long line;
    /** Whether the rest of an entry that is too long is being passed over. */
    private boolean inEntry;

    @Override
    public void begin(final Diagnostics newDiagnostics) {
        diagnostics = newDiagnostics;
        line = 1;
        inEntry = false;
    }

    @Override
    public int parse(final Slab slab, final boolean last) {
        final int end = slab.textOffset() + slab.textLength();
        final VariableTable table = slab.table();
        utf8 = Kernels.current().utf8();
        text.wrap(slab.address(), end, last);
        int position = slab.textOffset();
        int rows = 0;
        while (position < end) {
            final int stop = inEntry ? end : (int) Math.min(end, position + MAX_TOGETHER + 1L);
            final int nul = text.find(0, position, stop);
            final boolean ended = nul < stop;
            if (!ended && !inEntry && !last && stop == end && end - position <= MAX_TOGETHER) {
                break;
            }
            if (!inEntry && read(position, nul)) {
                final int equals = text.find('=', position, nul);
                table.set(rows++, position, equals - position, equals + 1, nul - equals - 1, line(), 0);
            }
            inEntry = !ended && (nul < end || !last);
            line += inEntry ? 0 : 1;
            position = ended ? nul + 1 : nul;
        }
        slab.rowCount(rows);
        return position;
    }

    @Override
    public void close() {
        // Nothing is held.
    }

    private int line() {
        return (int) Math.min(line, Integer.MAX_VALUE);
    }

    /** Whether an entry, or as much of it as may be looked at, is a variable. */
    private boolean read(final int from, final int to) {
        final int nameStop = Math.min(to, from + MAX_NAME + 1);
        final int equals = text.find('=', from, nameStop);
        if (equals == nameStop) {
            return refuse(to - from > MAX_NAME ? Reason.NAME_TOO_LONG : Reason.NO_EQUALS, from, from, 0);
        }
        if (equals == from) {
            return refuse(Reason.EMPTY_NAME, from, from, 0);
        }
        if (to - from > MAX_TOGETHER) {
            return refuse(Reason.TOO_LONG, from, from, 0);
        }
        final int newline = text.find('\n', from, equals);
        if (newline < equals) {
            return refuse(Reason.BAD_NAME, from, newline, '\n');
        }
        final int invalid = utf8.firstInvalid(text.address(from), to - from);
        if (invalid >= 0) {
            final int at = from + invalid;
            return refuse(at < equals ? Reason.NAME_NOT_UTF8 : Reason.VALUE_NOT_UTF8, from, at, text.peek(at));
        }
        return true;
    }

    private boolean refuse(final Reason reason, final int from, final int at, final int detail) {
        int column = 1;
        for (int i = from; i < at; i++) {
            column += (text.peek(i) & 0xC0) == 0x80 ? 0 : 1;
        }
        diagnostics.add(reason, line(), column, detail);
        return false;
    }
}
