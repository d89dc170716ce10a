package io.envcli.engine.internal.pipeline;

import io.envcli.engine.dialect.Reason;
import io.envcli.engine.internal.view.LiveView;
import io.envcli.offheap.Slab;
import io.envcli.offheap.VariableTable;
import io.envcli.ringbuffers.Stage;

import java.io.IOException;
import java.util.Objects;

/**
 * Enters journaled rows into the view and publishes versions. What this stage has finished is acknowledged.
 *
 * <p>Puts wait here until their group is journaled, which is at the end of the batch or when something else follows.
 */
final class ApplyStage implements Stage {
    /** Outcome of a row that the journal stage has left out; beside those of the view. */
    private static final int LEFT_OUT = -1;

    private final LiveView view;
    private final Slab[] puts;
    private int putCount;
    /** Rows of the slab in hand whose buckets have been fetched end here. */
    private int touched;
    private volatile long applied = -1;

    ApplyStage(final LiveView view, final int slots) {
        this.view = view;
        this.puts = new Slab[slots];
    }

    /** {@return the last ring sequence whose slab is in the view} */
    long applied() {
        return applied;
    }

    @Override
    public String name() {
        return "apply";
    }

    @Override
    public void onSlab(final Slab slab, final long sequence) throws IOException {
        if (slab.kind() == SlabKind.PUT) {
            puts[putCount++] = slab;
            return;
        }
        applyPuts();
        if (slab.kind() == SlabKind.TEXT || slab.kind() == SlabKind.UNSETS) {
            applyText(slab);
        } else if (slab.kind() == SlabKind.COMMIT) {
            final ImportTransaction transaction = (ImportTransaction) Objects.requireNonNull(slab.source());
            view.commit(slab.transaction(), slab.version(), slab.location(), transaction.timeMillis);
        } else if (slab.kind() == SlabKind.ABORT && slab.transaction() != 0) {
            view.abandon(slab.transaction());
        }
        applied = sequence;
    }

    @Override
    public void endOfBatch(final long sequence) throws IOException {
        applyPuts();
        applied = sequence;
    }

    private void applyPuts() throws IOException {
        for (int i = 0; i < putCount; i++) {
            final Slab slab = puts[i];
            final VariableTable table = slab.table();
            final Put put = (Put) Objects.requireNonNull(slab.source());
            if ((table.flags(0) & VariableTable.UNCHANGED) == 0) {
                final int outcome = apply(slab, 0, openEnvironment(put.environment, table.location(0)));
                put.unchanged = outcome == LiveView.UNCHANGED;
            }
            if (slab.version() != 0) {
                view.commit(slab.transaction(), slab.version(), slab.location(), put.timeMillis);
            }
        }
        putCount = 0;
    }

    private void applyText(final Slab slab) throws IOException {
        final TextSource source = (TextSource) Objects.requireNonNull(slab.source());
        final VariableTable table = slab.table();
        int environment = 0;
        int changed = 0;
        touched = 0;
        for (int row = 0; row < slab.rowCount(); row++) {
            if (environment != 0) {
                final int next = insertNew(slab, row, environment);
                changed += next - row;
                row = next;
            } else if ((table.flags(row) & VariableTable.UNCHANGED) == 0) {
                environment = openEnvironment(source.environment, table.location(row));
            }
            if (row < slab.rowCount()) {
                changed += applyRow(slab, row, environment, source);
            }
        }
        source.transaction.reserve(view, changed, slab.textLength());
    }

    /** Enters rows whose variables are new; answers the first that takes more thought. */
    private int insertNew(final Slab slab, final int from, final int environment) throws IOException {
        final int rows = slab.rowCount();
        int row = from;
        while (row < rows) {
            if (row >= touched) {
                touched = Math.min(row + LiveView.GROUP, rows);
                view.touch(slab.table(), row, touched, environment);
            }
            row = view.insertNew(slab.table(), row, environment, slab.transaction());
            if (row < touched) {
                break;
            }
        }
        return row;
    }

    /** Enters any row; answers how many changes it made, one or none. */
    private int applyRow(final Slab slab, final int row, final int environment, final TextSource source)
            throws IOException {
        final int flags = slab.table().flags(row);
        final int outcome = (flags & VariableTable.UNCHANGED) != 0 ? LEFT_OUT : apply(slab, row, environment);
        boolean duplicate = (flags & VariableTable.DUPLICATE) != 0;
        boolean override = false;
        if (outcome == LiveView.REPLACED) {
            duplicate = true;
            override = view.replacedLocation() < source.firstLocation;
        } else if (outcome == LiveView.UNCHANGED) {
            source.transaction.unchanged++;
            duplicate |= source.transaction.seen.mark(view.appliedEntry());
        }
        if (duplicate) {
            source.transaction.duplicates++;
            source.overrides.add(override ? Reason.OVERRIDDEN : Reason.DUPLICATE, slab.table().line(row), 1, 0);
        }
        return outcome == LiveView.CHANGED ? 1 : 0;
    }

    private int openEnvironment(final EnvironmentKey key, final long location) throws IOException {
        return view.openEnvironment(key.hash0(), key.hash1(), location);
    }

    private int apply(final Slab slab, final int row, final int environment) throws IOException {
        final VariableTable table = slab.table();
        return view.apply(environment, table.nameHashAddress(row), table.fingerprintAddress(row), slab.transaction(),
                table.location(row), (table.flags(row) & VariableTable.UNSET) != 0);
    }
}
