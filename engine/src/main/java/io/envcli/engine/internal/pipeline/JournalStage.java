package io.envcli.engine.internal.pipeline;

import io.envcli.engine.internal.view.LiveView;
import io.envcli.journal.CommitInfo;
import io.envcli.journal.JournalWriter;
import io.envcli.offheap.Slab;
import io.envcli.offheap.VariableTable;
import io.envcli.ringbuffers.Stage;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * Leaves out what has not changed, seals the rest and appends it to the journal; commits, and syncs where the durability
 * class asks for it.
 *
 * <p>Puts that come in one batch of the ring share a transaction, so batches form by themselves when it is busy and a lone put
 * waits for nobody; one frame holds it whole, its commit included. An import is a transaction of its own, with a frame for each slab.
 */
final class JournalStage implements Stage {
    /** A group of puts ends at this many bytes of names and values, so that its frame stays small. */
    private static final int GROUP_BYTES = 64 * 1024;
    /** The variable's, and its environment's if that is new. */

    private final JournalWriter journal;
    private final LiveView view;
    private final LongSupplier applied;
    private final boolean power;
    private final Author author;

    private final Repeats repeats = new Repeats();
    private final Slab[] group;
    private int groupSize;
    private int groupBytes;
    private long groupTransaction;
    /** Of the last put in the group: those after it that have the same need not say so. */
    private @Nullable EnvironmentKey groupEnvironment;

    /**
     * A stage.
     *
     * @param journal to append to; used by this stage's thread alone while the pipeline runs.
     * @param view    to ask what has changed.
     * @param applied the last ring sequence that the apply stage has finished.
     * @param power   whether commits are synced.
     * @param author  named in commits.
     * @param slots   of the ring: the largest group of puts.
     */
    JournalStage(final JournalWriter journal, final LiveView view, final LongSupplier applied, final boolean power,
            final Author author, final int slots) {
        this.journal = journal;
        this.view = view;
        this.applied = applied;
        this.power = power;
        this.author = author;
        this.group = new Slab[slots];
    }

    @Override
    public String name() {
        return "journal";
    }

    @Override
    public void onSlab(final Slab slab, final long sequence) throws IOException {
        final boolean certain = applied.getAsLong() >= sequence - 1;
        if (slab.kind() == SlabKind.PUT) {
            put(slab, certain);
            return;
        }
        endGroup();
        switch (slab.kind()) {
            case SlabKind.TEXT, SlabKind.UNSETS -> text(slab, certain);
            case SlabKind.COMMIT -> commit(slab);
            case SlabKind.ABORT -> abandon(slab);
            default -> throw new IllegalStateException("slab kind=" + slab.kind() + " is unknown");
        }
    }

    @Override
    public void endOfBatch(final long sequence) throws IOException {
        endGroup();
    }

    private void text(final Slab slab, final boolean certain) throws IOException {
        final TextSource source = (TextSource) Objects.requireNonNull(slab.source());
        final ImportTransaction transaction = source.transaction;
        if (transaction.number == 0) {
            begin(transaction);
        }
        slab.transaction(transaction.number);
        transaction.rows += slab.rowCount();
        source.rows += slab.rowCount();
        if (slab.kind() == SlabKind.TEXT) {
            transaction.note(source.environment, slab);
        }
        if (certain && slab.kind() == SlabKind.TEXT) {
            filter(slab, source.environment, transaction);
        }
        append(slab, source);
    }

    private void begin(final ImportTransaction transaction) {
        transaction.number = journal.nextTransaction();
        transaction.firstEntry = view.entries() + 1;
        transaction.seen.reset(view.entries());
    }

    /** Flags rows that change nothing, and those among them that the import has set before. */
    private void filter(final Slab slab, final EnvironmentKey key, final ImportTransaction transaction)
            throws IOException {
        final int environment = view.environment(key.hash0(), key.hash1());
        if (environment == 0 || environment >= transaction.firstEntry) {
            return; // The import itself has made it.
        }
        final VariableTable table = slab.table();
        repeats.begin(slab.rowCount());
        for (int row = 0; row < slab.rowCount(); row++) {
            if (row % LiveView.GROUP == 0) {
                view.touch(table, row, Math.min(row + LiveView.GROUP, slab.rowCount()), environment);
            }
            final long entry = view.find(environment, table.nameHashAddress(row));
            if (entry == 0 || entry >= transaction.firstEntry) {
                repeats.note(row, 0);
                continue; // New, or written since the import began: the apply stage knows better.
            }
            repeats.note(row, entry);
            final boolean held = view.holds(entry, table.fingerprintAddress(row));
            if (transaction.seen.mark(entry)) {
                table.addFlags(row, VariableTable.DUPLICATE);
                repeats.again(table, row, held);
            } else if (held) {
                repeats.leaveOut(table, row);
            }
        }
        transaction.filtered += repeats.leftOut();
        transaction.repeated += repeats.repeated();
    }

    /** Seals the rows that change something, in as many frames as they need. */
    private void append(final Slab slab, final TextSource source) throws IOException {
        final VariableTable table = slab.table();
        final int rows = slab.rowCount();
        int first = 0;
        for (int row = 0; row < rows; row++) {
            if ((table.flags(row) & VariableTable.UNCHANGED) == 0) {
                if (!journal.isBuilding()) {
                    beginFrame(source);
                    first = row;
                }
                if (!add(slab, row)) {
                    endFrame(slab, first, row, source);
                    beginFrame(source);
                    first = row;
                    requireAdded(add(slab, row));
                }
            }
        }
        if (journal.isBuilding()) {
            endFrame(slab, first, rows, source);
        }
    }

    private void beginFrame(final TextSource source) {
        journal.beginFrame(source.transaction.number);
        journal.section(source.environment.utf8(), source.path, source.dialect.code());
    }

    private void endFrame(final Slab slab, final int from, final int to, final TextSource source) throws IOException {
        final long base = journal.append();
        locate(slab.table(), from, to, base);
        source.transaction.journalBytes += journal.lastFrameLength();
        if (source.firstLocation == 0) {
            source.firstLocation = base;
        }
    }

    /** Adds a row to the frame; false if the frame takes no more. */
    private boolean add(final Slab slab, final int row) {
        final VariableTable table = slab.table();
        final long address = slab.address();
        final long location = journal.add(table.flags(row) & VariableTable.UNSET, table.line(row),
                address + table.nameOffset(row), table.nameLength(row), address + table.valueOffset(row),
                table.valueLength(row), table.fingerprintAddress(row));
        table.location(row, location);
        return location != JournalWriter.FRAME_FULL;
    }

    private static void requireAdded(final boolean added) {
        if (!added) {
            throw new IllegalStateException("a variable does not fit into an empty frame");
        }
    }

    private static void locate(final VariableTable table, final int from, final int to, final long base) {
        for (int row = from; row < to; row++) {
            table.location(row, table.location(row) + base);
        }
    }

    private void commit(final Slab slab) throws IOException {
        final ImportTransaction transaction = (ImportTransaction) Objects.requireNonNull(slab.source());
        if (transaction.number == 0) {
            begin(transaction);
        }
        slab.transaction(transaction.number);
        final CommitInfo info = author.commit(transaction.summary, transaction.rows - transaction.filtered);
        transaction.timeMillis = info.timeMs();
        transaction.version = commit(slab, transaction.number, info);
        transaction.journalBytes += journal.lastFrameLength();
    }

    private long commit(final Slab slab, final long transaction, final CommitInfo info) throws IOException {
        final long version = journal.commit(transaction, info);
        if (power) {
            journal.sync();
        }
        slab.version(version);
        slab.location(journal.lastFrameLocation());
        return version;
    }

    private void abandon(final Slab slab) {
        final ImportTransaction transaction = (ImportTransaction) Objects.requireNonNull(slab.source());
        slab.transaction(transaction.number);
        if (transaction.number != 0) {
            journal.abandon(transaction.number);
        }
    }

    private void put(final Slab slab, final boolean certain) throws IOException {
        final Put put = (Put) Objects.requireNonNull(slab.source());
        if (certain && changesNothing(slab, put)) {
            put.unchanged = true;
            put.version = journal.lastVersion();
            if (power) {
                journal.sync(); // The value may be of a session that promised less.
            }
            slab.table().addFlags(0, VariableTable.UNCHANGED);
            return;
        }
        if (certain && groupSize == 0) {
            // Before anything is journaled: what is would be set, though the view has no room to say so.
            view.ensureRoom(LiveView.ENTRIES_PER_PUT * group.length);
        }
        if (!addToGroup(slab, put)) {
            endGroup();
            requireAdded(addToGroup(slab, put));
        }
        if (groupBytes >= GROUP_BYTES || groupSize == group.length) {
            endGroup();
        }
    }

    private boolean addToGroup(final Slab slab, final Put put) {
        if (groupSize == 0) {
            groupTransaction = journal.nextTransaction();
            journal.beginWhole(groupTransaction);
        }
        if (!put.environment.equals(groupEnvironment)) {
            journal.section(put.environment.utf8(), Author.NO_SOURCE, (byte) 0);
            groupEnvironment = put.environment;
        }
        if (!add(slab, 0)) {
            return false;
        }
        slab.transaction(groupTransaction);
        group[groupSize++] = slab;
        groupBytes += slab.textLength();
        return true;
    }

    private boolean changesNothing(final Slab slab, final Put put) throws IOException {
        final VariableTable table = slab.table();
        final int environment = view.environment(put.environment.hash0(), put.environment.hash1());
        final long entry = environment == 0 ? 0 : view.find(environment, table.nameHashAddress(0));
        if ((table.flags(0) & VariableTable.UNSET) != 0) {
            return entry == 0 || view.absent(entry);
        }
        return entry != 0 && view.holds(entry, table.fingerprintAddress(0));
    }

    private void endGroup() throws IOException {
        if (groupSize == 0) {
            return;
        }
        final Slab last = group[groupSize - 1];
        final CommitInfo info = author.commit(Author.PUT_SUMMARY, groupSize);
        final long version = commit(last, groupTransaction, info);
        final long base = journal.lastFrameLocation();
        for (int i = 0; i < groupSize; i++) {
            final Slab slab = group[i];
            locate(slab.table(), 0, 1, base);
            final Put put = (Put) Objects.requireNonNull(slab.source());
            put.version = version;
            put.timeMillis = info.timeMs();
        }
        groupSize = 0;
        groupBytes = 0;
        groupEnvironment = null;
    }
}
