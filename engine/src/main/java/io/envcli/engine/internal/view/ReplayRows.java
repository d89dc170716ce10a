package io.envcli.engine.internal.view;

import io.envcli.journal.Change;
import io.envcli.journal.Commit;
import io.envcli.journal.FrameInfo;
import io.envcli.journal.ReplayHandler;
import io.envcli.journal.Section;
import io.envcli.offheap.Owner;
import io.envcli.offheap.Region;
import io.envcli.offheap.VariableTable;
import io.envcli.simd.SipHash;
import org.agrona.UnsafeApi;

import java.io.IOException;
import java.util.Arrays;

/**
 * Makes batches of what a replay hands out: names are hashed where they stand in the opened block, and nothing else of a
 * change is copied but its fingerprint.
 *
 * <p>Threading: the thread that reads the journal.
 */
final class ReplayRows implements ReplayHandler, AutoCloseable {
    private static final long BYTES = UnsafeApi.arrayBaseOffset(byte[].class);

    private final Exchange exchange;
    private final SipHash names;
    private final Region environment = Region.allocate(Owner.SCRATCH, SipHash.HASH_LENGTH);
    private ReplayBatch batch;
    private VariableTable table;
    private int rows;
    /** The first row that no step names. */
    private int from;
    private long transaction;
    private byte[] environmentName = {};

    /** Where full batches go. */
    @FunctionalInterface
    interface Exchange {
        /**
         * Takes a batch over and gives an empty one.
         *
         * @param filled in the journal's order.
         * @return another one, or the same when it has been entered.
         * @throws IOException ends the replay.
         */
        ReplayBatch swap(ReplayBatch filled) throws IOException;
    }

    ReplayRows(final ReplayBatch first, final SipHash names, final Exchange exchange) {
        this.batch = first;
        this.table = first.table();
        this.names = names;
        this.exchange = exchange;
    }

    @Override
    public void onFrame(final FrameInfo frame) throws IOException {
        if (frame.transaction() != transaction) {
            step();
            transaction = frame.transaction();
        }
    }

    @Override
    public void onSection(final Section section) throws IOException {
        if (section.isEnvironment(environmentName)) {
            return; // Said again at the start of each block.
        }
        step();
        environmentName = Arrays.copyOfRange(section.buffer(), section.environmentOffset(),
                section.environmentOffset() + section.environmentLength());
        names.hash(environmentName, 0, environmentName.length, environment.address());
    }

    @Override
    public void onChange(final Change change) throws IOException {
        final int row = rows++;
        final boolean unset = change.isUnset();
        table.set(row, 0, 0, 0, 0, 0, unset ? VariableTable.UNSET : 0);
        table.location(row, change.location());
        names.hash(change.buffer(), change.nameOffset(), change.nameLength(), table.nameHashAddress(row));
        if (!unset) {
            final long at = BYTES + change.fingerprintOffset();
            final long to = table.fingerprintAddress(row);
            UnsafeApi.putLong(to, UnsafeApi.getLong(change.buffer(), at));
            UnsafeApi.putLong(to + Long.BYTES, UnsafeApi.getLong(change.buffer(), at + Long.BYTES));
        }
        if (rows == ReplayBatch.ROWS) {
            handOver();
        }
    }

    @Override
    public void onCommit(final Commit commit) throws IOException {
        add(new ReplayBatch.Committed(commit.transaction(), commit.version(), commit.location(),
                commit.info().timeMs()));
    }

    @Override
    public void onNeverCommitted(final long abandoned) throws IOException {
        add(new ReplayBatch.NeverCommitted(abandoned));
    }

    private void add(final ReplayBatch.Step step) throws IOException {
        step();
        batch.steps().add(step);
        if (batch.steps().size() >= ReplayBatch.ROWS) {
            handOver();
        }
    }

    /** Ends the step that the last rows belong to. */
    private void step() {
        if (from < rows) {
            batch.steps().add(new ReplayBatch.Changes(transaction, UnsafeApi.getLong(environment.address()),
                    UnsafeApi.getLong(environment.address() + Long.BYTES), from, rows));
            from = rows;
        }
    }

    /**
     * Hands over what there is: to be called when the replay has ended, too.
     *
     * @throws IOException if the other side has failed.
     */
    void handOver() throws IOException {
        step();
        batch = exchange.swap(batch);
        table = batch.table();
        rows = 0;
        from = 0;
    }

    @Override
    public void close() {
        environment.close();
    }
}
