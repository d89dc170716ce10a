package io.envcli.engine.internal.pipeline;

import io.envcli.offheap.VariableTable;
import org.agrona.collections.Long2LongHashMap;

/**
 * The rows of one slab that change nothing of what the store had when the import began. Where a slab sets a variable several
 * times and the last value is the store's own, none of them is journaled: an import of the same duplicates adds no history.
 * What an earlier slab has journaled already is history, and stays.
 *
 * <p>Threading: the journal stage's thread.
 */
final class Repeats {
    private static final int NONE = -1;
    /** In place of a row: an earlier slab has set the variable. */
    private static final int ELSEWHERE = -2;

    private final Long2LongHashMap lastRow = new Long2LongHashMap(NONE);
    private long[] entries = {};
    /** The row before with the same variable. */
    private int[] before = {};
    private int indexed;
    private long leftOut;
    private long repeated;

    /**
     * Begins a slab.
     *
     * @param rows that it has.
     */
    void begin(final int rows) {
        if (entries.length < rows) {
            entries = new long[rows];
            before = new int[rows];
        }
        lastRow.clear();
        indexed = 0;
        leftOut = 0;
        repeated = 0;
    }

    /**
     * Notes a row.
     *
     * @param row   from 0, in order, without a gap.
     * @param entry of the view that was there before the import; 0 if there is none.
     */
    void note(final int row, final long entry) {
        entries[row] = entry;
    }

    /** Leaves out a row whose variable is set for the first time, to what it is already. */
    void leaveOut(final VariableTable table, final int row) {
        table.addFlags(row, VariableTable.UNCHANGED);
        leftOut++;
    }

    /**
     * Judges a row whose variable the import has set before.
     *
     * @param table of the slab.
     * @param row   noted, and flagged as a duplicate.
     * @param held  whether its value is the one that the store had before the import.
     */
    void again(final VariableTable table, final int row, final boolean held) {
        index(table, row);
        final int previous = before[row];
        if (previous == ELSEWHERE) {
            return;
        }
        final boolean wasLeftOut = isLeftOut(table, previous);
        if (!held) {
            repeated += wasLeftOut ? 1 : 0; // The variable is no longer as it was.
            return;
        }
        long newly = 0;
        for (int at = row; at >= 0 && !isLeftOut(table, at); at = before[at]) {
            table.addFlags(at, VariableTable.UNCHANGED);
            newly++;
        }
        leftOut += newly;
        repeated += wasLeftOut ? newly : newly - 1;
    }

    private static boolean isLeftOut(final VariableTable table, final int row) {
        return (table.flags(row) & VariableTable.UNCHANGED) != 0;
    }

    /** Only slabs with a duplicate pay for it. */
    private void index(final VariableTable table, final int row) {
        for (; indexed <= row; indexed++) {
            if (entries[indexed] != 0) {
                final int previous = (int) lastRow.put(entries[indexed], indexed);
                final boolean elsewhere = previous == NONE
                        ? (table.flags(indexed) & VariableTable.DUPLICATE) != 0
                        : before[previous] == ELSEWHERE;
                before[indexed] = elsewhere ? ELSEWHERE : previous;
            }
        }
    }

    /** {@return rows that are not journaled} */
    long leftOut() {
        return leftOut;
    }

    /** {@return how many of them are beside the one that makes their variable an unchanged one} */
    long repeated() {
        return repeated;
    }
}
