package io.envcli.engine.internal.view;

import io.envcli.offheap.Owner;
import io.envcli.offheap.Region;
import io.envcli.offheap.Slab;
import io.envcli.offheap.VariableTable;

import java.util.ArrayList;
import java.util.List;

/**
 * Part of a replayed journal, ready to be entered into a view: changes as rows, and in which order they and what ends
 * transactions go. There is neither name nor value in it.
 *
 * <p>Threading: used by the one thread that holds it.
 */
final class ReplayBatch implements AutoCloseable {
    /** Few enough that four batches stay in the second-level cache of most machines, together. */
    static final int ROWS = 2048;
    /** Text that a slab needs to have so many rows. */
    private static final int SLAB_TEXT = 6 << 10;

    private final Region region = Region.allocate(Owner.SCRATCH, Slab.length(0, SLAB_TEXT));
    private final VariableTable table = new Slab(region, 0, 0, SLAB_TEXT).table();
    private final List<Step> steps = new ArrayList<>();

    /** What is entered in one go. */
    sealed interface Step permits Changes, Committed, NeverCommitted {}

    /**
     * Rows of one transaction and environment.
     *
     * @param transaction      number in the journal.
     * @param environmentHash0 first half of the keyed hash of the environment's name.
     * @param environmentHash1 second half.
     * @param from             first row.
     * @param to               after the last row.
     */
    record Changes(long transaction, long environmentHash0, long environmentHash1, int from, int to) implements Step {}

    /**
     * A transaction becomes a version.
     *
     * @param transaction number in the journal.
     * @param version     that it becomes.
     * @param location    where in the journal its commit stands.
     * @param timeMillis  of the commit, since 1970.
     */
    record Committed(long transaction, long version, long location, long timeMillis) implements Step {}

    /**
     * A transaction never becomes visible.
     *
     * @param transaction number in the journal.
     */
    record NeverCommitted(long transaction) implements Step {}

    ReplayBatch() {
        if (table.capacity() < ROWS) {
            throw new IllegalStateException("a slab has " + table.capacity() + " rows, fewer than " + ROWS);
        }
    }

    /** {@return the rows, {@link #ROWS} of them} */
    VariableTable table() {
        return table;
    }

    /** {@return the steps, in the journal's order} */
    List<Step> steps() {
        return steps;
    }

    @Override
    public void close() {
        region.close();
    }
}
