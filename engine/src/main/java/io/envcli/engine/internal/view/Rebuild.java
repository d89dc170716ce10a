package io.envcli.engine.internal.view;

import io.envcli.journal.Change;
import io.envcli.journal.Commit;
import io.envcli.journal.FrameInfo;
import io.envcli.journal.ReplayHandler;
import io.envcli.journal.Section;
import io.envcli.offheap.Owner;
import io.envcli.offheap.Region;
import io.envcli.offheap.Slab;
import io.envcli.offheap.VariableTable;
import io.envcli.simd.SipHash;
import org.agrona.UnsafeApi;

import java.io.IOException;
import java.util.Arrays;

/**
 * Enters a replayed journal into a view, as the apply stage entered it when it was written: settings in groups, so that the
 * cache misses of one overlap those of the others, and of variables that are new in the short way.
 *
 * <p>Threading: one thread.
 */
final class Rebuild implements ReplayHandler, AutoCloseable {
    private static final long BYTES = UnsafeApi.arrayBaseOffset(byte[].class);
    private static final int NAME_CAPACITY = 1 << 16;
    private static final int HASH = NAME_CAPACITY;
    private static final int CAPACITY = HASH + 16;
    /** Text that a slab needs to have rows for a group. */
    private static final int SLAB_TEXT = 4 << 10;

    private final LiveView view;
    private final SipHash names;
    private final Region region = Region.allocate(Owner.SCRATCH, CAPACITY);
    private final Region rows = Region.allocate(Owner.SCRATCH, Slab.length(0, SLAB_TEXT));
    private final VariableTable table = new Slab(rows, 0, 0, SLAB_TEXT).table();
    private int rowCount;
    private long transaction;
    private byte[] environmentName = {};
    private long environmentHash0;
    private long environmentHash1;
    /** Number of the section's environment; 0 until its first change tells where its name stands. */
    private int environment;

    Rebuild(final LiveView view, final SipHash names) {
        this.view = view;
        this.names = names;
        if (table.capacity() < LiveView.GROUP) {
            throw new IllegalStateException("a slab has " + table.capacity() + " rows, fewer than a group");
        }
    }

    @Override
    public void onFrame(final FrameInfo frame) throws IOException {
        if (frame.transaction() != transaction) {
            enter();
            transaction = frame.transaction();
        }
    }

    @Override
    public void onSection(final Section section) throws IOException {
        if (section.isEnvironment(environmentName)) {
            return; // Said again at the start of each block.
        }
        enter();
        environmentName = Arrays.copyOfRange(section.buffer(), section.environmentOffset(),
                section.environmentOffset() + section.environmentLength());
        hash(section.buffer(), section.environmentOffset(), section.environmentLength(), region.address() + HASH);
        environmentHash0 = UnsafeApi.getLong(region.address() + HASH);
        environmentHash1 = UnsafeApi.getLong(region.address() + HASH + Long.BYTES);
        environment = 0;
    }

    @Override
    public void onChange(final Change change) throws IOException {
        if (environment == 0) {
            environment = view.openEnvironment(environmentHash0, environmentHash1, change.location());
        }
        final int row = rowCount++;
        final boolean unset = change.isUnset();
        table.set(row, 0, 0, 0, 0, 0, unset ? VariableTable.UNSET : 0);
        table.location(row, change.location());
        hash(change.buffer(), change.nameOffset(), change.nameLength(), table.nameHashAddress(row));
        if (!unset) {
            UnsafeApi.copyMemory(change.buffer(), BYTES + change.fingerprintOffset(), null,
                    table.fingerprintAddress(row), Change.FINGERPRINT_LENGTH);
        }
        if (rowCount == LiveView.GROUP) {
            enter();
        }
    }

    /** Enters the rows that wait: all of one environment and transaction. */
    private void enter() throws IOException {
        final int count = rowCount;
        rowCount = 0;
        if (count == 0) {
            return;
        }
        view.touch(table, 0, count, environment);
        for (int row = 0; row < count; row++) {
            row = view.insertNew(table, row, environment, transaction);
            if (row < count) {
                view.apply(environment, table.nameHashAddress(row), table.fingerprintAddress(row), transaction,
                        table.location(row), (table.flags(row) & VariableTable.UNSET) != 0);
            }
        }
    }

    @Override
    public void onCommit(final Commit commit) throws IOException {
        enter();
        view.commit(commit.transaction(), commit.version(), commit.location(), commit.info().timeMs());
    }

    @Override
    public void onNeverCommitted(final long abandoned) throws IOException {
        enter();
        view.abandon(abandoned);
    }

    /**
     * Enters what still waits: to be called when the replay has ended.
     *
     * @throws IOException if the view cannot grow.
     */
    void finish() throws IOException {
        enter();
    }

    private void hash(final byte[] buffer, final int offset, final int length, final long output) {
        UnsafeApi.copyMemory(buffer, BYTES + offset, null, region.address(), length);
        names.hash(region.address(), length, output);
    }

    @Override
    public void close() {
        region.close();
        rows.close();
    }
}
