package io.envcli.engine.internal.view;

import io.envcli.offheap.DiskFullException;
import io.envcli.offheap.HashIndex;
import io.envcli.offheap.HashIndexFolder;
import io.envcli.offheap.IndexDamagedException;
import io.envcli.offheap.Owner;
import io.envcli.offheap.Region;
import io.envcli.offheap.VariableTable;
import org.agrona.UnsafeApi;

import java.io.IOException;
import java.util.Arrays;

/**
 * The writer's side of the view. Pipeline and rebuild enter changes through it in the same way, in the order of the journal,
 * so both come to the same view.
 *
 * <p>Threading: one thread writes. The journal stage asks ({@link #entries}, {@link #environment}, {@link #find},
 * {@link #holds}, {@link #absent}) only when everything before has been applied, hence never while another thread writes.
 */
public final class LiveView implements AutoCloseable {
    /** Outcome of {@link #apply}: the variable is new, or has a new version. */
    public static final int CHANGED = 0;
    /** Outcome of {@link #apply}: nothing was written, since the variable was so already. */
    public static final int UNCHANGED = 1;
    /** Outcome of {@link #apply}: the same transaction had set it before. */
    public static final int REPLACED = 2;

    /**
     * An import and a group of puts may be open at once, and their slots are used again. In a replay there are more: what
     * an import that was given up has left is known to be so only when the next writer begins.
     */
    private static final int OPEN_TRANSACTIONS = 4;

    private final HashIndexFolder folder;
    /** 16 bytes of a hash, then 16 zero bytes: the fingerprint of an unset variable. */
    private final Region scratch = Region.allocate(Owner.SCRATCH, 32);
    private long[] openNumbers = new long[OPEN_TRANSACTIONS];
    private int[] openOrdinals = new int[OPEN_TRANSACTIONS];
    private long[] openFirstEntries = new long[OPEN_TRANSACTIONS];
    private HashIndex index;
    private boolean damaged;
    private long appliedEntry;

    /**
     * A view over an index.
     *
     * @param folder of the index, to grow in.
     * @param index  transferred: closed with this view.
     */
    LiveView(final HashIndexFolder folder, final HashIndex index) {
        this.folder = folder;
        this.index = index;
        UnsafeApi.setMemory(scratch.address(), 32, (byte) 0);
    }

    /** {@return entries in use; the highest number of one} */
    public long entries() {
        return index.entryCount();
    }

    /** {@return the highest version committed} */
    public long lastVersion() {
        return index.lastVersion();
    }

    /**
     * Finds an environment.
     *
     * @param hash0 first half of the keyed hash of its name.
     * @param hash1 second half.
     * @return its number, or 0 if there is none.
     * @throws IndexDamagedException if the view is damaged there.
     */
    public int environment(final long hash0, final long hash1) throws IndexDamagedException {
        return (int) intact(index.find(0, hash0, hash1));
    }

    /**
     * Finds the newest entry of a variable, visible or not.
     *
     * @param environment     number.
     * @param nameHashAddress of its name.
     * @return number of the entry, or 0 if there is none.
     * @throws IndexDamagedException if the view is damaged there.
     */
    public long find(final int environment, final long nameHashAddress) throws IndexDamagedException {
        return intact(index.find(environment, UnsafeApi.getLong(nameHashAddress),
                UnsafeApi.getLong(nameHashAddress + Long.BYTES)));
    }

    /**
     * Whether a variable has a value at the newest version.
     *
     * @param newest             its newest entry, from {@link #find}.
     * @param fingerprintAddress of the value.
     * @return true if it has.
     * @throws IndexDamagedException if the view is damaged there.
     */
    public boolean holds(final long newest, final long fingerprintAddress) throws IndexDamagedException {
        final long visible = intact(index.visible(newest));
        return visible != 0 && !index.isUnset(visible) && index.fingerprintEquals(visible, fingerprintAddress);
    }

    /**
     * Whether a variable has no value at the newest version.
     *
     * @param newest its newest entry, from {@link #find}.
     * @return true if it was never set or is unset.
     * @throws IndexDamagedException if the view is damaged there.
     */
    public boolean absent(final long newest) throws IndexDamagedException {
        final long visible = intact(index.visible(newest));
        return visible == 0 || index.isUnset(visible);
    }

    /**
     * The environment of a name, made if there is none.
     *
     * @param hash0    first half of the keyed hash of its name.
     * @param hash1    second half.
     * @param location where in the journal the name stands.
     * @return its number.
     * @throws IOException if the view is damaged there or cannot grow.
     */
    public int openEnvironment(final long hash0, final long hash1, final long location) throws IOException {
        UnsafeApi.putLong(scratch.address(), hash0);
        UnsafeApi.putLong(scratch.address() + Long.BYTES, hash1);
        int code = index.environment(scratch.address(), location);
        if (code == HashIndex.FULL) {
            grow();
            code = index.environment(scratch.address(), location);
        }
        return (int) intact(code);
    }

    /** Its own, and one for an environment that is new. */
    public static final long ENTRIES_PER_PUT = 2;
    /** Rows that {@link #touch} is best called for at once. */
    public static final int GROUP = HashIndex.GROUP;

    /**
     * Fetches ahead what entering rows will need.
     *
     * @param table       with the rows' name hashes.
     * @param from        first row.
     * @param to          after the last row, at most {@link #GROUP} further.
     * @param environment number.
     */
    public void touch(final VariableTable table, final int from, final int to, final int environment) {
        index.touch(table, from, to, environment);
    }

    /**
     * Enters rows whose variables are new, up to the first that takes {@link #apply}.
     *
     * @param table       with the rows.
     * @param from        first row; none is entered that is not among those last given to {@link #touch}, and their name
     *                    hashes must be as they were then.
     * @param environment number, as given to {@link #touch}.
     * @param transaction number in the journal.
     * @return the first row that was not entered.
     * @throws IOException if the view cannot grow.
     */
    public int insertNew(final VariableTable table, final int from, final int environment, final long transaction)
            throws IOException {
        final int slot = open(transaction);
        final boolean before = damaged;
        damaged = true; // if the memory of the file fails in between
        final int next = index.insertNew(table, from, environment, openOrdinals[slot]);
        damaged = before;
        return next;
    }

    /**
     * Enters a change of a variable.
     *
     * @param environment        number.
     * @param nameHashAddress    of its name.
     * @param fingerprintAddress of the value; not read for an unset.
     * @param transaction        number in the journal.
     * @param location           where in the journal the change stands.
     * @param unset              whether the variable is removed.
     * @return {@link #CHANGED}, {@link #UNCHANGED} or {@link #REPLACED}.
     * @throws IOException if the view is damaged there or cannot grow.
     */
    public int apply(final int environment, final long nameHashAddress, final long fingerprintAddress,
            final long transaction, final long location, final boolean unset) throws IOException {
        final int slot = open(transaction);
        final boolean before = damaged;
        damaged = true; // if the memory of the file fails in between
        final long fingerprint = unset ? scratch.address() + 16 : fingerprintAddress;
        int code = upsert(slot, environment, nameHashAddress, fingerprint, location, unset);
        if (code == HashIndex.FULL) {
            damaged = before; // Where it cannot grow it is as it was.
            grow();
            code = upsert(slot, environment, nameHashAddress, fingerprint, location, unset);
        }
        intact(code);
        damaged = before;
        appliedEntry = index.previousEntry();
        return switch (code) {
            case HashIndex.UNCHANGED -> UNCHANGED;
            case HashIndex.REPLACED -> REPLACED;
            default -> CHANGED;
        };
    }

    private int upsert(final int slot, final int environment, final long nameHashAddress, final long fingerprintAddress,
            final long location, final boolean unset) {
        return index.upsert(environment, nameHashAddress, fingerprintAddress, openOrdinals[slot], location,
                unset ? VariableTable.UNSET : 0, openFirstEntries[slot]);
    }

    /** {@return the newest entry that the last {@link #apply} found; 0 if there was none} */
    public long appliedEntry() {
        return appliedEntry;
    }

    /** {@return where in the journal stood what the last {@link #apply} replaced} */
    public long replacedLocation() {
        return index.location(appliedEntry);
    }

    /**
     * Makes a transaction visible.
     *
     * @param transaction number in the journal.
     * @param version     that it becomes.
     * @param location    where in the journal its commit stands.
     * @param timeMillis  of the commit, since 1970.
     * @throws IOException if the view cannot grow.
     */
    public void commit(final long transaction, final long version, final long location, final long timeMillis)
            throws IOException {
        final int slot = open(transaction);
        final boolean before = damaged;
        damaged = true; // if the memory of the file fails in between
        index.commit(openOrdinals[slot], version, location, timeMillis);
        damaged = before;
        openNumbers[slot] = 0;
    }

    /**
     * Gives a transaction up: it never becomes visible.
     *
     * @param transaction number in the journal.
     */
    public void abandon(final long transaction) {
        for (int slot = 0; slot < openNumbers.length; slot++) {
            if (openNumbers[slot] == transaction) {
                index.abandon(openOrdinals[slot]);
                openNumbers[slot] = 0;
            }
        }
    }

    /** {@return whether a check has failed, so that it must be rebuilt} */
    public boolean isDamaged() {
        return damaged;
    }

    /** Gives up every transaction that is still open, because its writer is gone. */
    public void abandonAll() {
        for (int slot = 0; slot < openNumbers.length; slot++) {
            if (openNumbers[slot] != 0) {
                abandon(openNumbers[slot]);
            }
        }
    }

    /** The slot of a transaction, which is opened if it is not. */
    private int open(final long transaction) throws IOException {
        int free = -1;
        for (int slot = 0; slot < openNumbers.length; slot++) {
            if (openNumbers[slot] == transaction) {
                return slot;
            }
            if (openNumbers[slot] == 0 && free < 0) {
                free = slot;
            }
        }
        if (free < 0) {
            free = openNumbers.length;
            openNumbers = Arrays.copyOf(openNumbers, 2 * free);
            openOrdinals = Arrays.copyOf(openOrdinals, 2 * free);
            openFirstEntries = Arrays.copyOf(openFirstEntries, 2 * free);
        }
        int ordinal = index.transaction(transaction);
        if (ordinal == HashIndex.FULL) {
            grow();
            ordinal = index.transaction(transaction);
        }
        openNumbers[free] = transaction;
        openOrdinals[free] = (int) intact(ordinal);
        openFirstEntries[free] = index.entryCount() + 1;
        return free;
    }

    /**
     * Makes room.
     *
     * @param entries that are to be entered.
     * @throws IOException if the view cannot grow.
     */
    public void reserve(final long entries) throws IOException {
        try {
            index = folder.reserve(index, entries, 1);
        } catch (final DiskFullException _) {
            // It was a guess: what is really needed may fit.
        }
    }

    /**
     * Makes sure that there is room for entries and one more transaction.
     *
     * @param entries that are to be entered.
     * @throws IOException if the view cannot grow; it is as it was.
     */
    public void ensureRoom(final long entries) throws IOException {
        index = folder.reserve(index, entries, 1);
    }

    /**
     * Makes sure that there is room for single changes, each a transaction of its own.
     *
     * @param changes that are expected.
     * @param group   of them is not begun without room for all that it may need.
     * @throws IOException if the view cannot grow; it is as it was.
     */
    public void ensureRoomForPuts(final long changes, final int group) throws IOException {
        index = folder.reserve(index, changes + ENTRIES_PER_PUT * group, changes);
    }

    private void grow() throws IOException {
        index = folder.grow(index);
    }

    private long intact(final long code) throws IndexDamagedException {
        if (code == HashIndex.FULL) {
            throw new IllegalStateException(index.file() + ": the view holds as many entries as it can");
        }
        if (code < 0) {
            damaged = true;
            throw new IndexDamagedException(index.file(), "fails its checks");
        }
        return code;
    }

    /**
     * Notes up to where the journal has been applied.
     *
     * @param segment  of the journal.
     * @param position in its file.
     */
    public void applied(final long segment, final long position) {
        index.applied(segment, position);
    }

    /** Marks the view clean and unmaps it. */
    @Override
    public void close() {
        index.close();
        scratch.close();
    }

    /** Unmaps the view and leaves it marked dirty, so that it will be rebuilt. */
    public void closeDirty() {
        index.closeDirty();
        scratch.close();
    }
}
