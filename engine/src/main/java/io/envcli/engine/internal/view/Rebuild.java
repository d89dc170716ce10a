package io.envcli.engine.internal.view;

import io.envcli.offheap.VariableTable;

import java.io.IOException;

/**
 * Enters batches of a replayed journal into a view, as the apply stage entered what they hold when it was written: settings in
 * groups, so that the cache misses of one overlap those of the others, and of variables that are new in the short way.
 *
 * <p>Threading: one thread.
 */
final class Rebuild {
    private final LiveView view;
    private long environmentHash0;
    private long environmentHash1;
    /** Number of the environment with these hashes; 0 before the first. */
    private int environment;

    Rebuild(final LiveView view) {
        this.view = view;
    }

    /**
     * Enters a batch, and empties it.
     *
     * @param batch the next one of the journal.
     * @throws IOException if the view is damaged or cannot grow.
     */
    void enter(final ReplayBatch batch) throws IOException {
        for (final ReplayBatch.Step step : batch.steps()) {
            switch (step) {
                case ReplayBatch.Changes changes -> enter(batch.table(), changes);
                case ReplayBatch.Committed commit ->
                    view.commit(commit.transaction(), commit.version(), commit.location(),
                            commit.timeMillis());
                case ReplayBatch.NeverCommitted given -> view.abandon(given.transaction());
            }
        }
        batch.steps().clear();
    }

    private void enter(final VariableTable table, final ReplayBatch.Changes changes) throws IOException {
        if (environment == 0 || changes.environmentHash0() != environmentHash0
                || changes.environmentHash1() != environmentHash1) {
            environmentHash0 = changes.environmentHash0();
            environmentHash1 = changes.environmentHash1();
            environment = view.openEnvironment(environmentHash0, environmentHash1, table.location(changes.from()));
        }
        for (int from = changes.from(); from < changes.to(); from += LiveView.GROUP) {
            enterGroup(table, from, Math.min(from + LiveView.GROUP, changes.to()), changes.transaction());
        }
    }

    private void enterGroup(final VariableTable table, final int from, final int to, final long transaction)
            throws IOException {
        view.touch(table, from, to, environment);
        for (int row = from; row < to; row++) {
            row = view.insertNew(table, row, environment, transaction);
            if (row < to) {
                view.apply(environment, table.nameHashAddress(row), table.fingerprintAddress(row), transaction,
                        table.location(row), (table.flags(row) & VariableTable.UNSET) != 0);
            }
        }
    }
}
