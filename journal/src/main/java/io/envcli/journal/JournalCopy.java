package io.envcli.journal;

import io.envcli.offheap.Owner;
import io.envcli.offheap.Region;
import org.agrona.UnsafeApi;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Writes transactions that are read from one journal into another, at the same versions, frame by frame.
 *
 * <p>Threading: one thread.
 */
final class JournalCopy implements ReplayHandler, AutoCloseable {
    private static final long BASE = UnsafeApi.arrayBaseOffset(byte[].class);

    private final JournalWriter to;
    private final SalvageReport report;
    private final boolean partial;
    /** Numbers in the new journal of transactions that are not committed yet, by those in the old one. */
    private final Map<Long, Long> numbers = new HashMap<>();
    private Region memory = Region.allocate(Owner.SCRATCH, 4096);
    /** Number in the new journal of the frame in hand; 0 if it is left out. */
    private long transaction;
    private byte[] environment = {};
    private byte[] source = {};
    private byte dialect;
    private long time;

    JournalCopy(final JournalWriter to, final SalvageReport report, final boolean partial) {
        this.to = to;
        this.report = report;
        this.partial = partial;
    }

    @Override
    public void onFrame(final FrameInfo frame) throws IOException {
        append();
        final Long lost = report.transactions().get(frame.transaction());
        transaction = lost == null || (lost > 0 && !partial) ? 0
                : numbers.computeIfAbsent(frame.transaction(), _ -> to.nextTransaction());
        if (transaction != 0) {
            to.beginFrame(transaction);
        }
    }

    @Override
    public void onSection(final Section section) {
        if (transaction != 0) {
            environment = copy(section.buffer(), section.environmentOffset(), section.environmentLength());
            source = copy(section.buffer(), section.sourceOffset(), section.sourceLength());
            dialect = section.dialect();
            to.section(environment, source, dialect);
        }
    }

    private static byte[] copy(final byte[] from, final int offset, final int length) {
        return Arrays.copyOfRange(from, offset, offset + length);
    }

    @Override
    public void onChange(final Change change) throws IOException {
        if (transaction != 0 && add(change) == JournalWriter.FRAME_FULL) {
            to.append();
            to.beginFrame(transaction);
            to.section(environment, source, dialect);
            if (add(change) == JournalWriter.FRAME_FULL) {
                throw new IllegalStateException("a change that was in a frame does not fit into one");
            }
        }
    }

    private long add(final Change change) {
        final int length = change.nameLength() + change.valueLength()
                + (change.isUnset() ? 0 : Change.FINGERPRINT_LENGTH);
        if (memory.capacity() < length) {
            wipe();
            memory.close();
            memory = Region.allocate(Owner.SCRATCH, 2L * length);
        }
        final long name = memory.address();
        final long value = name + change.nameLength();
        UnsafeApi.copyMemory(change.buffer(), BASE + change.nameOffset(), null, name, length);
        return to.add(change.flags(), change.line(), name, change.nameLength(), value, change.valueLength(),
                value + change.valueLength());
    }

    @Override
    public void onCommit(final Commit commit) throws IOException {
        append();
        fill(commit.version() - 1, commit.info().timeMs());
        final long lost = report.transactions().getOrDefault(commit.transaction(), 0L);
        final Long known = numbers.remove(commit.transaction());
        final CommitInfo info = commit.info();
        time = info.timeMs();
        to.commit(known == null ? to.nextTransaction() : known, lost == 0 ? info
                : new CommitInfo(time, known == null ? 0 : Math.max(0, info.variableCount() - lost),
                        JournalRepair.LOST + lost + " changes of " + info.source(), info.user(), info.host()));
    }

    /** Commits what is lost, empty. */
    private void fill(final long version, final long timeOfNext) throws IOException {
        while (to.lastVersion() < version) {
            to.commit(to.nextTransaction(), new CommitInfo(time == 0 ? timeOfNext : time, 0,
                    JournalRepair.LOST + "all of this version", "", ""));
        }
    }

    /** Ends the copy: versions that were lost behind the last one that is there must not be given out again. */
    void finish() throws IOException {
        append();
        fill(report.lastVersion(), time);
    }

    private void append() throws IOException {
        if (transaction != 0) {
            to.append();
            transaction = 0;
        }
    }

    private void wipe() {
        UnsafeApi.setMemory(memory.address(), memory.capacity(), (byte) 0);
    }

    @Override
    public void close() {
        wipe();
        memory.close();
    }
}
