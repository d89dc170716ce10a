package io.envcli.offheap;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

import static io.envcli.offheap.HashIndexDescriptor.*;

/**
 * The writer of one generation of the view: from (environment, name) to where in the journal the value stands, now and at
 * every earlier version. It knows keyed hashes only; names and values are in the journal.
 *
 * <p>A change belongs to a transaction and is invisible until that is committed. Numbers of entries are stable for the
 * life of the index, across {@link #grow}; the number of an environment is that of its entry.
 *
 * <p>Durability: that of a mapped file, a process's death, and not even that while the index is dirty: whoever opens a
 * store and finds the index dirty, or from another boot, builds it again from the journal.
 *
 * <p>Threading: one thread writes; {@link HashIndexReader}s read beside it, in this and other processes. Progress:
 * wait-free; every store leaves the file in a state that readers can use. Allocation: none but in {@link #create},
 * {@link #open} and {@link #grow}. Addresses given are borrowed for the call; hashes and fingerprints are 16 bytes, read
 * as two little-endian words.
 */
public final class HashIndex implements AutoCloseable {
    /** The variable had no entry before. */
    public static final int INSERTED = 1;
    /** The variable has got a further version. */
    public static final int NEW_VERSION = 2;
    /** The same transaction had set the variable before; the newer setting counts. */
    public static final int REPLACED = 3;
    /** Nothing was written, since the variable has the value already. */
    public static final int UNCHANGED = 4;
    /** There is no such thing. */
    public static final int NOT_FOUND = HashIndexWalk.NOT_FOUND;
    /** A check failed where the answer lies: the index must be rebuilt. */
    public static final int DAMAGED = HashIndexWalk.DAMAGED;
    /** There is no room: {@link #grow} and call again. Nothing was changed. */
    public static final int FULL = -2;

    private static final int APPEND_ORDERED = 1;
    private static final int APPEND_REPLACES = 2;

    private final Path file;
    private final HashIndexMapping mapping;
    private final HashIndexWalk walk;
    private final HashIndexEdits edits;
    private final HashIndexProbe probe;
    private final HashIndexChain chain;
    private final HashIndexGeometry geometry;
    private PendingCounts pending = new PendingCounts();
    private long entryCount;
    private long environmentCount;
    private long variableCount;
    private long transactionCount;
    private long lastVersion;
    private long newestEnvironment;
    private long previousEntry;
    private boolean closed;

    private HashIndex(final Path file, final HashIndexMapping mapping, final HashIndexGeometry geometry) {
        this.file = file;
        this.mapping = mapping;
        this.geometry = geometry;
        this.walk = new HashIndexWalk(mapping, geometry);
        this.edits = new HashIndexEdits(mapping.address(), walk);
        this.probe = new HashIndexProbe(walk, edits);
        this.chain = new HashIndexChain(walk, edits);
    }

    /**
     * Makes an empty index. Its blocks are allocated, it is built under a temporary name, and then renamed.
     *
     * @param file       to make; must not exist.
     * @param generation its number, from 1.
     * @param storeId    16 bytes.
     * @param bootId     16 bytes that name this boot of the machine.
     * @param entries    for how many entries (variable versions and environments) to make room, from 1.
     * @param versions   for how many transactions to make room, from 1.
     * @return the index, dirty until closed; the caller closes it.
     * @throws DiskFullException if there is no room.
     * @throws IOException       if the file cannot be made.
     */
    public static HashIndex create(final Path file, final long generation, final byte[] storeId, final byte[] bootId,
            final long entries, final long versions) throws IOException {
        final ByteBuffer id = id(storeId);
        final ByteBuffer boot = id(bootId);
        final HashIndexGeometry geometry = HashIndexGeometry.of(generation, id.getLong(0), id.getLong(Long.BYTES),
                entries, versions);
        return HashIndexBuilder.build(file, geometry, 0, index -> {
            index.edits.bootId(boot.getLong(0), boot.getLong(Long.BYTES));
            index.edits.applied(0, 0);
            index.edits.emptyBuckets();
        });
    }

    /**
     * Opens an index for writing that its last writer has closed.
     *
     * @param file   of the index.
     * @param bootId 16 bytes that name this boot of the machine.
     * @return the index, dirty until closed; the caller closes it.
     * @throws IndexDamagedException if it is dirty, of another boot, superseded or damaged: it must be rebuilt.
     * @throws IOException           if the file cannot be opened.
     */
    public static HashIndex open(final Path file, final byte[] bootId) throws IOException {
        final HashIndexGeometry geometry = HashIndexGeometry.read(file);
        // A sparse copy has holes where this file had blocks.
        FileSpace.allocate(file, 0, geometry.fileLength());
        final HashIndex index = over(file, file, geometry);
        try {
            index.load(bootId);
            index.edits.number(DIRTY, 1);
            return index;
        } catch (final IOException | RuntimeException | Error e) {
            index.mapping.close();
            throw e;
        }
    }

    private static ByteBuffer id(final byte[] id) {
        if (id.length != 2 * Long.BYTES) {
            throw new IllegalArgumentException("length=" + id.length + " is not the 16 of an id");
        }
        return ByteBuffer.wrap(id).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Over a file that may have another name now than it will have. */
    static HashIndex over(final Path file, final Path nameNow, final HashIndexGeometry geometry) throws IOException {
        return new HashIndex(file, HashIndexMapping.forWriting(nameNow, geometry.fileLength()), geometry);
    }

    private void load(final byte[] bootId) throws IndexDamagedException {
        final ByteBuffer boot = id(bootId);
        if (walk.number(DIRTY) != 0) {
            throw new IndexDamagedException(file, "was not closed");
        }
        if (boot.getLong(0) != mapping.get(BOOT_ID) || boot.getLong(Long.BYTES) != mapping.get(BOOT_ID + Long.BYTES)) {
            throw new IndexDamagedException(file, "was written before the machine last started");
        }
        if (walk.number(SUPERSEDED) != 0) {
            throw new IndexDamagedException(file, "is superseded by a newer generation");
        }
        entryCount = count(ENTRY_COUNT, geometry.entries());
        environmentCount = count(ENVIRONMENT_COUNT, entryCount);
        variableCount = count(VARIABLE_COUNT, entryCount);
        transactionCount = count(TRANSACTION_COUNT, geometry.versions());
        newestEnvironment = count(NEWEST_ENVIRONMENT, entryCount);
        lastVersion = count(LAST_VERSION, ABANDONED - 1);
    }

    private long count(final int offset, final long limit) throws IndexDamagedException {
        final long count = walk.number(offset);
        if (count < 0 || count > limit) {
            throw new IndexDamagedException(file, "has a damaged counter at byte " + offset);
        }
        return count;
    }

    /**
     * The environment with a name, made if there is none.
     *
     * @param nameHashAddress of its keyed hash.
     * @param location        where in the journal its name stands; the low four bits are 0.
     * @return its number, from 1, or DAMAGED or FULL.
     */
    public int environment(final long nameHashAddress, final long location) {
        final long hash0 = LittleEndian.getLong(nameHashAddress);
        final long hash1 = LittleEndian.getLong(nameHashAddress + Long.BYTES);
        final long slot = probe.find(0, hash0, hash1);
        if (slot < 0) {
            return DAMAGED;
        }
        if (slot != NOT_FOUND) {
            return (int) (mapping.get(slot) >>> 32);
        }
        if (entryCount == geometry.entries()) {
            return FULL;
        }
        final long entry = entryCount + 1;
        edits.environment(entry, hash0, (location & ~FLAGS_MASK) | ENVIRONMENT | FIRST | ORDERED, newestEnvironment);
        if (!probe.add(hash1, entry)) {
            return DAMAGED;
        }
        entryCount = entry;
        newestEnvironment = entry;
        environmentCount++;
        edits.number(NEWEST_ENVIRONMENT, entry);
        return (int) entry;
    }

    /**
     * The newest entry of a variable, committed or not, set or unset.
     *
     * @param environment its number; 0 finds an environment by its name.
     * @param hash0       first word of the name's hash.
     * @param hash1       second word.
     * @return number of the entry, or NOT_FOUND or DAMAGED.
     */
    public long find(final int environment, final long hash0, final long hash1) {
        final long slot = probe.find(environment, hash0, hash1);
        return slot > 0 ? mapping.get(slot) >>> 32 : slot;
    }

    /**
     * Sets or unsets a variable in an open transaction.
     *
     * @param environment        number of its environment.
     * @param nameHashAddress    of its name.
     * @param fingerprintAddress of the value; of 16 zero bytes for an unset.
     * @param ordinal            of the transaction.
     * @param location           where in the journal the change stands; the low four bits are 0.
     * @param flags              {@link VariableTable#UNSET} or 0; other flags are ignored.
     * @return INSERTED, NEW_VERSION or REPLACED, or DAMAGED or FULL.
     */
    public int upsert(final int environment, final long nameHashAddress, final long fingerprintAddress,
            final int ordinal, final long location, final int flags) {
        return upsert(environment, nameHashAddress, fingerprintAddress, ordinal, location, flags, 0);
    }

    /**
     * The same, but a change that changes nothing is left alone: where the newest entry of the variable is older than one
     * given, and what is committed of the variable is what the change would make of it.
     *
     * @param environment        number of its environment.
     * @param nameHashAddress    of its name.
     * @param fingerprintAddress of the value; of 16 zero bytes for an unset.
     * @param ordinal            of the transaction.
     * @param location           where in the journal the change stands; the low four bits are 0.
     * @param flags              {@link VariableTable#UNSET} or 0; other flags are ignored.
     * @param firstEntry         the first entry that the transaction may have made: what is newer is always written.
     * @return INSERTED, NEW_VERSION, REPLACED or UNCHANGED, or DAMAGED or FULL.
     */
    public int upsert(final int environment, final long nameHashAddress, final long fingerprintAddress,
            final int ordinal, final long location, final int flags, final long firstEntry) {
        final long hash0 = LittleEndian.getLong(nameHashAddress);
        final long hash1 = LittleEndian.getLong(nameHashAddress + Long.BYTES);
        final long slot = probe.find(environment, hash0, hash1);
        if (slot < 0) {
            return DAMAGED;
        }
        final long newest = slot == NOT_FOUND ? 0 : mapping.get(slot) >>> 32;
        previousEntry = newest;
        final boolean unset = (flags & VariableTable.UNSET) != 0;
        if (newest < firstEntry && (newest != 0 || unset)) {
            final int same = changesNothing(newest, fingerprintAddress, unset);
            if (same != 0) {
                return same;
            }
        }
        if (entryCount == geometry.entries()) {
            return FULL;
        }
        final long bits = (location & ~FLAGS_MASK) | (unset ? UNSET : 0);
        final long owners = ((long) ordinal << 32) | environment;
        return newest == 0 ? insert(environment, hash0, hash1, owners, fingerprintAddress, bits)
                : append(slot, hash0, owners, fingerprintAddress, bits);
    }

    /** UNCHANGED if a variable is committed as it would be set; 0 if not; DAMAGED. */
    private int changesNothing(final long newest, final long fingerprintAddress, final boolean unset) {
        final long visible = newest == 0 ? NOT_FOUND : walk.visible(newest, lastVersion);
        if (visible < 0) {
            return DAMAGED;
        }
        final boolean isUnset = visible == NOT_FOUND || (walk.flags(visible) & UNSET) != 0;
        final boolean same = unset ? isUnset : !isUnset && fingerprintEquals(visible, fingerprintAddress);
        return same ? UNCHANGED : 0;
    }

    /** {@return the newest entry that the last upsert found of its variable; 0 if there was none} */
    public long previousEntry() {
        return previousEntry;
    }

    private int insert(final int environment, final long hash0, final long hash1, final long owners,
            final long fingerprintAddress, final long location) {
        if (!chain.open(environment)) {
            return DAMAGED;
        }
        final long entry = entryCount + 1;
        edits.entry(entry, hash0, owners, fingerprintAddress, location | FIRST | ORDERED, chain.newest());
        if (!probe.add(hash1, entry)) {
            return DAMAGED;
        }
        entryCount = entry;
        pending.add((int) (owners >>> 32), isSetting(location));
        chain.grew(entry, 1);
        return INSERTED;
    }

    private int append(final long slot, final long hash0, final long owners, final long fingerprintAddress,
            final long location) {
        final long newest = mapping.get(slot) >>> 32;
        final int ordinal = (int) (owners >>> 32);
        final int standing = standing(newest, ordinal);
        final long before = walk.ordinal(newest) == ordinal ? newest : walk.visible(newest, lastVersion);
        if (standing < 0 || before < 0) {
            return DAMAGED;
        }
        final long ordered = (standing & APPEND_ORDERED) != 0 ? ORDERED : 0;
        final long entry = entryCount + 1;
        edits.entry(entry, hash0, owners, fingerprintAddress, location | ordered, newest);
        edits.swingSlot(slot, entry);
        entryCount = entry;
        pending.add(ordinal, isSetting(location) - (before == NOT_FOUND ? 0 : isSetting(walk.flags(before))));
        return (standing & APPEND_REPLACES) != 0 ? REPLACED : NEW_VERSION;
    }

    /** 1 for a change that sets its variable, 0 for one that unsets it. */
    private static long isSetting(final long flags) {
        return (flags & UNSET) == 0 ? 1 : 0;
    }

    /** How a new entry of a transaction stands to those before it: APPEND_ bits, or DAMAGED. */
    private int standing(final long newest, final int ordinal) {
        int standing = APPEND_ORDERED;
        for (long entry = newest; walk.isIntact(entry); entry = walk.link(entry)) {
            final int other = walk.ordinal(entry);
            final long version = walk.version(other);
            if (version < 0) {
                return DAMAGED;
            }
            if (other == ordinal) {
                standing |= APPEND_REPLACES;
            } else if (version == 0) {
                standing &= ~APPEND_ORDERED;
            }
            if ((walk.flags(entry) & (FIRST | ORDERED)) != 0) {
                return standing;
            }
        }
        return DAMAGED;
    }

    /** Rows whose buckets are best touched together: their cache misses overlap. */
    public static final int GROUP = HashIndexProbe.GROUP;

    /**
     * Reads the buckets where rows belong, so that the misses of many overlap before the first is needed.
     *
     * @param table       whose name hashes are set.
     * @param from        first row.
     * @param to          after the last row, at most {@link #GROUP} further.
     * @param environment number of their environment.
     */
    public void touch(final VariableTable table, final int from, final int to, final int environment) {
        probe.touch(table, from, to, environment);
    }

    /**
     * Sets variables that are new, as {@link #upsert} does but with less ado for each, up to the first row that takes more
     * thought: one that unsets, is flagged {@link VariableTable#UNCHANGED}, may have an entry, or has no room. Buckets are not
     * proven here: nothing is said about a variable, and one that is damaged stays so for whoever asks.
     *
     * @param table       with name hashes, fingerprints, flags and locations.
     * @param from        first row; none is entered that is not among those last given to {@link #touch}, and their name
     *                    hashes must be as they were then.
     * @param environment number of their environment, as given to {@link #touch}.
     * @param ordinal     of the transaction.
     * @return the first row that was not entered.
     */
    public int insertNew(final VariableTable table, final int from, final int environment, final int ordinal) {
        if (!chain.open(environment)) {
            return from;
        }
        final int end = (int) Math.min(probe.touchedTo(table, from, environment), from + room());
        final long owners = ((long) ordinal << 32) | environment;
        final long firstEntry = entryCount + 1 - from;
        long newest = chain.newest();
        int row = from;
        for (; row < end; row++) {
            final long hash = table.nameHashAddress(row);
            final long hash1 = LittleEndian.getLong(hash + Long.BYTES);
            if ((table.flags(row) & (VariableTable.UNSET | VariableTable.UNCHANGED)) != 0
                    || !probe.isFree(row, hash1)) {
                break;
            }
            final long entry = firstEntry + row;
            edits.entry(entry, LittleEndian.getLong(hash), owners, table.fingerprintAddress(row),
                    (table.location(row) & ~FLAGS_MASK) | FIRST | ORDERED, newest);
            probe.addToProven(hash1, entry);
            newest = entry;
        }
        if (row > from) {
            entryCount = newest;
            pending.add(ordinal, row - from);
            chain.grew(newest, row - from);
        }
        return row;
    }

    /**
     * Opens a transaction.
     *
     * @param number of the transaction in the journal.
     * @return its ordinal in this index, from 1, or FULL.
     */
    public int transaction(final long number) {
        if (transactionCount == geometry.versions()) {
            return FULL;
        }
        final int ordinal = (int) ++transactionCount;
        edits.open(ordinal, number);
        edits.number(TRANSACTION_COUNT, ordinal);
        return ordinal;
    }

    /**
     * Makes what a transaction has set visible, to readers that open from now on.
     *
     * @param ordinal    of an open transaction.
     * @param version    that it makes; higher than any before.
     * @param location   where in the journal the commit stands.
     * @param timeMillis of the commit, since the epoch.
     * @throws IllegalArgumentException if the transaction is not open, or the version not the highest.
     */
    public void commit(final int ordinal, final long version, final long location, final long timeMillis) {
        requireOpen(ordinal);
        if (version <= lastVersion || version >= ABANDONED) {
            throw new IllegalArgumentException("version=" + version + " must be above " + lastVersion);
        }
        chain.settle();
        edits.end(ordinal, version, location, timeMillis);
        variableCount += pending.take(ordinal);
        lastVersion = version;
        publish();
    }

    /**
     * Gives a transaction up: what it has set will never be visible. Every transaction must end, this way or by a commit;
     * one left open makes later entries of its variables slower to find.
     *
     * @param ordinal of an open transaction.
     * @throws IllegalArgumentException if it is not open.
     */
    public void abandon(final int ordinal) {
        requireOpen(ordinal);
        pending.take(ordinal);
        edits.end(ordinal, ABANDONED, 0, 0);
    }

    private void requireOpen(final int ordinal) {
        if (ordinal < 1 || ordinal > transactionCount || walk.version(ordinal) != 0) {
            throw new IllegalArgumentException("ordinal=" + ordinal + " is no open transaction");
        }
    }

    /**
     * Notes up to where the journal has been applied.
     *
     * @param a first word of the position, as the journal means it.
     * @param b second word.
     */
    public void applied(final long a, final long b) {
        edits.applied(a, b);
    }

    /** Writes the counters, for whoever opens the file; the last version goes last. */
    void publish() {
        chain.settle();
        edits.number(ENTRY_COUNT, entryCount);
        edits.number(ENVIRONMENT_COUNT, environmentCount);
        edits.number(VARIABLE_COUNT, variableCount);
        edits.number(TRANSACTION_COUNT, transactionCount);
        edits.number(NEWEST_ENVIRONMENT, newestEnvironment);
        edits.number(LAST_VERSION, lastVersion);
    }

    /**
     * Moves on to a new generation with more room: at least twice as much of what is nearly used up. Closes this index
     * when it succeeds; readers of it go on, and learn that it is superseded.
     *
     * @param newFile to make; the old file stays, and may be deleted.
     * @return the new index; the caller closes it.
     * @throws IndexDamagedException if this index must be rebuilt instead.
     * @throws DiskFullException     if there is no room; this index is as before.
     * @throws IOException           if the file cannot be made.
     */
    public HashIndex grow(final Path newFile) throws IOException {
        final boolean entriesFull = entryCount > geometry.entries() - geometry.entries() / 4;
        final boolean versionsFull = transactionCount > geometry.versions() - geometry.versions() / 4;
        final boolean both = entriesFull == versionsFull;
        return grow(newFile, both || entriesFull ? twice(geometry.entries()) : geometry.entries(),
                both || versionsFull ? twice(geometry.versions()) : geometry.versions());
    }

    static long twice(final long capacity) {
        return Math.min(2 * capacity, HashIndexGeometry.CAPACITY_LIMIT);
    }

    /**
     * Moves on to a new generation with the room asked for. As {@link #grow(Path)} otherwise.
     *
     * @param newFile  to make.
     * @param entries  for how many there is to be room; at least those in use.
     * @param versions for how many transactions there is to be room; at least those in use.
     * @return the new index; the caller closes it.
     * @throws IOException as {@link #grow(Path)}.
     */
    public HashIndex grow(final Path newFile, final long entries, final long versions) throws IOException {
        if (entries < entryCount || versions < transactionCount) {
            throw new IllegalArgumentException("entries=" + entries + " versions=" + versions + " have no room for "
                    + entryCount + " entries and " + transactionCount + " transactions");
        }
        publish();
        final HashIndexGeometry larger = HashIndexGeometry.of(geometry.generation() + 1, geometry.storeId0(),
                geometry.storeId1(), entries, versions);
        final HashIndex grown = HashIndexBuilder.build(newFile, larger, entryCount, index -> {
            HashIndexBuilder.copy(file, walk, edits, entryCount, transactionCount, index);
            index.count(this);
        });
        edits.number(SUPERSEDED, 1);
        mapping.close();
        closed = true;
        return grown;
    }

    private void count(final HashIndex older) {
        entryCount = older.entryCount;
        environmentCount = older.environmentCount;
        variableCount = older.variableCount;
        pending = older.pending;
        transactionCount = older.transactionCount;
        newestEnvironment = older.newestEnvironment;
        lastVersion = older.lastVersion;
    }

    /** {@return the file} */
    public Path file() {
        return file;
    }

    /** {@return number of this generation, from 1} */
    public long generation() {
        return geometry.generation();
    }

    /** {@return entries that still fit} */
    public long room() {
        return geometry.entries() - entryCount;
    }

    /** {@return transactions that still fit} */
    public long transactionRoom() {
        return geometry.versions() - transactionCount;
    }

    /** {@return entries in use: variable versions and environments; the highest number of one} */
    public long entryCount() {
        return entryCount;
    }

    /** {@return transactions, open, committed and abandoned ones; the highest ordinal} */
    public long transactionCount() {
        return transactionCount;
    }

    /** {@return environments} */
    public long environmentCount() {
        return environmentCount;
    }

    /**
     * {@return variables that are set at the last version; one too many for each that two transactions, open at once, have
     * set first}
     */
    public long variableCount() {
        return variableCount;
    }

    /** {@return the highest version committed; 0 if none} */
    public long lastVersion() {
        return lastVersion;
    }

    /** {@return the file's length in bytes} */
    public long fileLength() {
        return geometry.fileLength();
    }

    /**
     * {@return ordinal of the transaction that made an entry}
     *
     * @param entry found by this index.
     */
    public int ordinal(final long entry) {
        return walk.ordinal(requireEntry(entry));
    }

    /**
     * {@return version that an entry belongs to; 0 while its transaction is open; negative if that was abandoned, or the
     * index is damaged there}
     *
     * @param entry found by this index.
     */
    public long version(final long entry) {
        final long version = walk.version(walk.ordinal(requireEntry(entry)));
        return version == ABANDONED ? DAMAGED : version;
    }

    /**
     * {@return where in the journal an entry's change stands}
     *
     * @param entry found by this index.
     */
    public long location(final long entry) {
        return walk.location(requireEntry(entry));
    }

    /**
     * {@return whether an entry unsets its variable}
     *
     * @param entry found by this index.
     */
    public boolean isUnset(final long entry) {
        return (walk.flags(requireEntry(entry)) & UNSET) != 0;
    }

    /**
     * {@return whether an entry has a fingerprint}
     *
     * @param entry              found by this index.
     * @param fingerprintAddress of 16 bytes.
     */
    public boolean fingerprintEquals(final long entry, final long fingerprintAddress) {
        return walk.fingerprint0(requireEntry(entry)) == LittleEndian.getLong(fingerprintAddress)
                && walk.fingerprint1(entry) == LittleEndian.getLong(fingerprintAddress + Long.BYTES);
    }

    /**
     * The entry of a variable that counts at the newest version.
     *
     * @param newest entry of the variable, as {@link #find} gives it.
     * @return number of the entry, set or unset, or NOT_FOUND if none is committed, or DAMAGED.
     */
    public long visible(final long newest) {
        return walk.visible(requireEntry(newest), lastVersion);
    }

    private long requireEntry(final long entry) {
        if (entry < 1 || entry > entryCount) {
            throw new IndexOutOfBoundsException("entry=" + entry + " is not from 1 to " + entryCount);
        }
        return entry;
    }

    /**
     * A reader of what is committed now. It borrows this index's mapping: it must not be used after this index is closed
     * or has grown.
     *
     * @return the reader; closing it does nothing.
     */
    public HashIndexReader reader() {
        return new HashIndexReader(walk, lastVersion, false);
    }

    boolean isOfStore(final byte[] storeId) {
        final ByteBuffer id = id(storeId);
        return id.getLong(0) == geometry.storeId0() && id.getLong(Long.BYTES) == geometry.storeId1();
    }

    HashIndexEdits edits() {
        return edits;
    }

    HashIndexWalk walk() {
        return walk;
    }

    /** Writes the counters, marks the file clean and unmaps it. Idempotent. */
    @Override
    public void close() {
        if (!closed) {
            publish();
            edits.number(DIRTY, 0);
        }
        closeDirty();
    }

    /** Unmaps the file and leaves it marked dirty: it will be rebuilt. For a writer that has failed. Idempotent. */
    public void closeDirty() {
        if (!closed) {
            closed = true;
            mapping.close();
        }
    }
}
