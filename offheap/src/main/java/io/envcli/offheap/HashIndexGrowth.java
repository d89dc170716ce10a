package io.envcli.offheap;

import org.agrona.UnsafeApi;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

import static io.envcli.offheap.HashIndexDescriptor.*;

/**
 * The next generation of an index, built on a thread of its own while the writer goes on with the old one. It enters the old
 * one's entries again, in their order; the last few, and what may still change, the writer carries over itself when it
 * moves on ({@link #finish}).
 *
 * <p>Entries do not change once they are whole, but for an environment's chain; records do not once their transaction has
 * ended. Where an entry's variable has its slot, the old buckets say, which readers may always search.
 *
 * <p>Threading: all methods are the writer's. One thread of this class reads the old file, as any reader does, up to where
 * the writer has said that it is whole ({@link #advance}), and alone writes to the new one until it is joined.
 */
final class HashIndexGrowth {
    /** Entries between two looks at what the writer says. */
    private static final int STEP = 256;
    /** Entries that the writer may have to carry over itself: less than 100 microseconds of work. */
    private static final int LAG = 256;
    private static final long PAUSE_NANOS = 50_000;

    private final Path newFile;
    private final HashIndexGeometry larger;
    private final HashIndexWalk old;
    private final long oldAddress;
    private final Thread thread;
    private @Nullable HashIndex next;
    private long records;
    private volatile long settledRecords;
    private volatile long settled;
    private volatile long carried;
    private volatile boolean stopped;
    private volatile boolean failed;

    private HashIndexGrowth(final Path newFile, final HashIndexGeometry larger, final HashIndexWalk old,
            final long oldAddress) {
        this.newFile = newFile;
        this.larger = larger;
        this.old = old;
        this.oldAddress = oldAddress;
        this.thread = new Thread(this::run, "env-cli-view-growth");
        thread.setDaemon(true);
    }

    /** Begins. Entries and records up to those given are whole; the old mapping stays until {@link #finish} or {@link #cancel}. */
    static HashIndexGrowth begin(final Path newFile, final HashIndexGeometry larger, final HashIndexWalk old,
            final long oldAddress, final long entries, final long records) {
        final HashIndexGrowth growth = new HashIndexGrowth(newFile, larger, old, oldAddress);
        growth.advance(entries, records);
        growth.thread.start();
        return growth;
    }

    /** Says up to where entries and records are whole. */
    void advance(final long entries, final long recordCount) {
        settledRecords = recordCount;
        settled = entries;
    }

    /** Whether {@link #finish} would hardly make the writer wait. */
    boolean isReady() {
        return !failed && carried >= settled - LAG;
    }

    /** {@return what is being made} */
    HashIndexGeometry geometry() {
        return larger;
    }

    /** Whether it is of use at all: not if it could not be made, nor if less than half is done. */
    boolean isWorthwhile(final long entries) {
        return !failed && carried >= entries / 2;
    }

    /**
     * Carries over what is left, and what may have changed since.
     *
     * @return the new index, not yet published; the caller publishes or closes it.
     * @throws IOException if either index is damaged.
     */
    HashIndex finish(final long entries, final long recordCount, final long newestEnvironment) throws IOException {
        stop();
        final HashIndex index = next;
        if (failed || index == null) {
            throw new IllegalStateException("a failed growth cannot be finished");
        }
        carry(index, carried + 1, entries);
        copyRecords(index, recordCount, false);
        UnsafeApi.copyMemory(oldAddress + BOOT_ID, index.edits().address() + BOOT_ID,
                APPLIED_CHECK + Long.BYTES - BOOT_ID);
        for (long environment = newestEnvironment; environment > 0; environment = intact(old.link(environment))) {
            index.edits().variables(environment, intact(old.newestVariable(environment)),
                    intact(old.variablesEver(environment)));
        }
        return index;
    }

    /** Gives it up, and its file. Idempotent, and does nothing once it has been finished. */
    void cancel() {
        stop();
        final HashIndex index = next;
        next = null;
        if (index != null) {
            index.closeDirty();
            HashIndexBuilder.discard(newFile);
        }
    }

    /** The new index is the caller's now. */
    void release() {
        next = null;
    }

    private void stop() {
        stopped = true;
        LockSupport.unpark(thread);
        join(thread);
    }

    /** Waits for a thread of the index to end, whatever interrupts. */
    static void join(final Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (final InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            final HashIndex index = HashIndexBuilder.begin(newFile, larger, settled);
            next = index;
            if (!stopped) {
                index.edits().emptyBuckets();
            }
            while (!stopped) {
                final long to = settled;
                if (carried == to) {
                    LockSupport.parkNanos(PAUSE_NANOS);
                } else {
                    carry(index, carried + 1, Math.min(to, carried + STEP));
                    copyRecords(index, settledRecords, true);
                }
            }
        } catch (final IOException | RuntimeException | Error _) {
            // Whatever it is, the writer meets it when it has to grow in the old way, and reports it then.
            failed = true;
        }
    }

    private void carry(final HashIndex index, final long from, final long to) throws IndexDamagedException {
        for (long entry = from; entry <= to; entry++) {
            if (!old.isIntact(entry)) {
                throw new IndexDamagedException(newFile, "is built from a damaged entry " + entry);
            }
            UnsafeApi.copyMemory(oldAddress + old.entryOffset(entry),
                    index.edits().address() + index.walk().entryOffset(entry), ENTRY_LENGTH);
            final long home = index.walk().home(old.nameHash(entry), old.environment(entry));
            if ((old.flags(entry) & FIRST) != 0) {
                if (!index.edits().addSlot(home, intact(old.slot(entry)), entry)) {
                    throw new IndexDamagedException(newFile, "was damaged while it was built");
                }
            } else {
                index.edits().swingSlot(intact(index.walk().slotOf(home, old.link(entry))), entry);
            }
        }
        carried = Math.max(carried, to);
    }

    /** Copies records up to one; in order, up to the first that may still change if so asked. */
    private void copyRecords(final HashIndex index, final long to, final boolean endedOnly) {
        while (records < to && (!endedOnly || old.version((int) records + 1) > 0)) {
            records++;
            copyRecord(index, records);
        }
    }

    private void copyRecord(final HashIndex index, final long record) {
        UnsafeApi.copyMemory(oldAddress + old.recordOffset(record),
                index.edits().address() + index.walk().recordOffset(record), RECORD_LENGTH);
    }

    private long intact(final long answer) throws IndexDamagedException {
        if (answer < 0) {
            throw new IndexDamagedException(newFile, "is built from a damaged index");
        }
        return answer;
    }
}
