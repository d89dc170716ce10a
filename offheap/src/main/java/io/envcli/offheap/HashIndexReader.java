package io.envcli.offheap;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

import static io.envcli.offheap.HashIndexDescriptor.*;

/**
 * Reads one generation of the view as it was at one version.
 *
 * <p>Answers with codes: what is positive is an entry, {@link #NOT_FOUND} is a fact, and {@link #DAMAGED} says that a check
 * failed on the way to the answer. The reader stays right when the writer goes on, grows or deletes the file; whether a
 * newer generation exists says {@link #isSuperseded()}.
 *
 * <p>Threading: immutable, any thread, beside one writer in any process; readers from {@link #openOnce} one thread at a
 * time. Progress: lock-free. Allocation: none after opening, but by {@link #at} and {@link #verify}. Ownership: the reader
 * that was opened owns the mapping; those made from it by {@link #at} borrow it.
 */
public final class HashIndexReader implements AutoCloseable {
    /** There is no such thing. */
    public static final int NOT_FOUND = HashIndexWalk.NOT_FOUND;
    /** A check failed where the answer lies: the index must be rebuilt. */
    public static final int DAMAGED = HashIndexWalk.DAMAGED;

    private final HashIndexWalk walk;
    private final long version;
    private final boolean owner;

    HashIndexReader(final HashIndexWalk walk, final long version, final boolean owner) {
        this.walk = walk;
        this.version = version;
        this.owner = owner;
    }

    /** Takes the variables of an environment, one by one. It must not write to the index, nor close the reader. */
    @FunctionalInterface
    public interface VariableVisitor {
        /**
         * One variable, or one of its versions.
         *
         * @param entry        its number.
         * @param location     where in the journal the change stands.
         * @param fingerprint0 first little-endian word of the fingerprint.
         * @param fingerprint1 second word.
         * @param version      that it belongs to.
         */
        void onVariable(long entry, long location, long fingerprint0, long fingerprint1, long version);
    }

    /** Takes environments, one by one. It must not write to the index, nor close the reader. */
    @FunctionalInterface
    public interface EnvironmentVisitor {
        /**
         * One environment.
         *
         * @param environment its number.
         * @param location    where in the journal its name stands.
         * @param variables   how many it ever had, unset and uncommitted ones included.
         */
        void onEnvironment(int environment, long location, long variables);
    }

    /**
     * Maps an index and reads it at its last version.
     *
     * @param file of the index.
     * @return the reader; the caller closes it.
     * @throws IndexDamagedException if the file is no intact index.
     * @throws IOException           if the file cannot be opened.
     */
    public static HashIndexReader open(final Path file) throws IOException {
        final HashIndexGeometry geometry = HashIndexGeometry.read(file);
        return over(file, HashIndexMapping.forReading(file, geometry.fileLength()), geometry);
    }

    /**
     * Reads an index without mapping it: for a process that asks for little, since the first mapping costs a new JVM
     * tens of milliseconds.
     *
     * @param file of the index.
     * @return the reader, for one thread at a time; the caller closes it.
     * @throws IndexDamagedException if the file is no intact index.
     * @throws IOException           if the file cannot be opened.
     */
    public static HashIndexReader openOnce(final Path file) throws IOException {
        final HashIndexGeometry geometry = HashIndexGeometry.read(file);
        return over(file, new HashIndexFile(file), geometry);
    }

    private static HashIndexReader over(final Path file, final HashIndexWords words, final HashIndexGeometry geometry)
            throws IOException {
        final HashIndexWalk walk = new HashIndexWalk(words, geometry);
        final long version = walk.number(LAST_VERSION);
        if (version < 0 || walk.number(DIRTY) < 0 || walk.number(SUPERSEDED) < 0) {
            words.close();
            throw new IndexDamagedException(file, "has a damaged header");
        }
        return new HashIndexReader(walk, version, true);
    }

    /**
     * A reader of the same file at another version. It borrows the mapping.
     *
     * @param otherVersion from 0 (nothing is visible); one not yet committed shows what is committed when it is asked.
     * @return the reader; closing it does nothing.
     */
    public HashIndexReader at(final long otherVersion) {
        return new HashIndexReader(walk, Math.min(otherVersion, ABANDONED - 1), false);
    }

    /** {@return the version that this reader sees} */
    public long version() {
        return version;
    }

    /** {@return the last version committed by now; DAMAGED if the header is} */
    public long lastVersion() {
        return number(LAST_VERSION);
    }

    /** {@return whether a newer generation exists, or the header is damaged: open anew} */
    public boolean isSuperseded() {
        return number(SUPERSEDED) != 0;
    }

    /** {@return whether a writer has the index open, or did not close it, or the header is damaged} */
    public boolean isDirty() {
        return number(DIRTY) != 0;
    }

    private long number(final int offset) {
        walk.words.refresh();
        return walk.number(offset);
    }

    /** {@return number of this generation, from 1} */
    public long generation() {
        return walk.geometry.generation();
    }

    /** {@return the file's length in bytes} */
    public long fileLength() {
        return walk.geometry.fileLength();
    }

    /**
     * {@return whether the index was written by a process of a boot}
     *
     * @param bootId 16 bytes that name the boot.
     */
    public boolean isOfBoot(final byte[] bootId) {
        return word(bootId, 0) == walk.words.get(BOOT_ID)
                && word(bootId, Long.BYTES) == walk.words.get(BOOT_ID + Long.BYTES);
    }

    /**
     * {@return whether the index belongs to a store}
     *
     * @param storeId 16 bytes.
     */
    public boolean isOfStore(final byte[] storeId) {
        return word(storeId, 0) == walk.geometry.storeId0() && word(storeId, Long.BYTES) == walk.geometry.storeId1();
    }

    private static long word(final byte[] id, final int offset) {
        return ByteBuffer.wrap(id).order(ByteOrder.LITTLE_ENDIAN).getLong(offset);
    }

    /**
     * Up to where in the journal the index has been applied.
     *
     * @param position gets the two words that the writer noted.
     * @return whether the position is there; false if the header is damaged.
     */
    public boolean applied(final long[] position) {
        for (int attempt = 0; attempt < HashIndexWalk.ATTEMPTS; attempt++) {
            walk.words.refresh();
            final long check = walk.words.get(APPLIED_CHECK);
            position[0] = walk.words.get(APPLIED_A);
            position[1] = walk.words.get(APPLIED_B);
            if (check == HashIndexCheck.applied(position[0], position[1])) {
                return true;
            }
            Thread.onSpinWait();
        }
        return false;
    }

    /** {@return entries, as of the last commit or close; DAMAGED if the header is} */
    public long entryCount() {
        return number(ENTRY_COUNT);
    }

    /** {@return environments, as of the last commit or close; DAMAGED if the header is} */
    public long environmentCount() {
        return number(ENVIRONMENT_COUNT);
    }

    /** {@return variables that are set, as of the last commit or close; DAMAGED if the header is} */
    public long variableCount() {
        return number(VARIABLE_COUNT);
    }

    /** {@return transactions, as of now; the highest ordinal; DAMAGED if the header is} */
    public int transactionCount() {
        return (int) Math.min(number(TRANSACTION_COUNT), walk.geometry.versions());
    }

    /**
     * Finds an environment.
     *
     * @param nameHashAddress of its name.
     * @return its number, whether or not anything in it is visible; NOT_FOUND or DAMAGED.
     */
    public int findEnvironment(final long nameHashAddress) {
        return (int) newest(0, nameHashAddress);
    }

    /**
     * Finds a variable that is set at this reader's version.
     *
     * @param environment     its environment's number.
     * @param nameHashAddress of its name.
     * @return number of its entry; NOT_FOUND if it was never set or is unset; DAMAGED.
     */
    public long find(final int environment, final long nameHashAddress) {
        final long entry = findChange(environment, nameHashAddress);
        return entry > 0 && isUnset(entry) ? NOT_FOUND : entry;
    }

    /**
     * Finds the last change of a variable at this reader's version: a setting or an unsetting.
     *
     * @param environment     its environment's number.
     * @param nameHashAddress of its name.
     * @return number of its entry; NOT_FOUND if it was never set; DAMAGED.
     */
    public long findChange(final int environment, final long nameHashAddress) {
        final long newest = newest(environment, nameHashAddress);
        return newest > 0 ? walk.visible(newest, version) : newest;
    }

    private long newest(final int environment, final long nameHashAddress) {
        walk.words.refresh();
        final long slot = walk.locate(environment, LittleEndian.getLong(nameHashAddress),
                LittleEndian.getLong(nameHashAddress + Long.BYTES));
        return slot > 0 ? walk.words.get(slot) >>> 32 : slot;
    }

    /**
     * {@return whether an entry unsets its variable}
     *
     * @param entry found by this reader.
     */
    public boolean isUnset(final long entry) {
        return (walk.flags(require(entry)) & UNSET) != 0;
    }

    /**
     * {@return where in the journal an entry's change stands, or an environment's name}
     *
     * @param entry found by this reader.
     */
    public long location(final long entry) {
        return walk.location(require(entry));
    }

    /**
     * {@return first word of the keyed hash of an entry's name: equal in all environments that have the name}
     *
     * @param entry found by this reader.
     */
    public long nameHash(final long entry) {
        return walk.nameHash(require(entry));
    }

    /**
     * {@return first little-endian word of an entry's fingerprint}
     *
     * @param entry found by this reader.
     */
    public long fingerprint0(final long entry) {
        return walk.fingerprint0(require(entry));
    }

    /**
     * {@return second little-endian word of an entry's fingerprint}
     *
     * @param entry found by this reader.
     */
    public long fingerprint1(final long entry) {
        return walk.fingerprint1(require(entry));
    }

    /**
     * {@return ordinal of the transaction that made an entry}
     *
     * @param entry found by this reader.
     */
    public int ordinal(final long entry) {
        return walk.ordinal(require(entry));
    }

    /**
     * {@return whether what an entry says passes its check: after it was read, for a file that may be overwritten meanwhile}
     *
     * @param entry found by this reader.
     */
    public boolean isIntact(final long entry) {
        return walk.isIntact(require(entry));
    }

    private long require(final long entry) {
        if (entry < 1 || entry > walk.geometry.entries()) {
            throw new IndexOutOfBoundsException(
                    "entry=" + entry + " is not from 1 to " + walk.geometry.entries());
        }
        return entry;
    }

    /**
     * {@return version that a transaction made; 0 if it is open or has none; DAMAGED}
     *
     * @param ordinal from 1.
     */
    public long version(final int ordinal) {
        final long found = walk.version(ordinal);
        return found == ABANDONED ? 0 : found;
    }

    /**
     * {@return number in the journal of a transaction that made a version; DAMAGED}
     *
     * @param ordinal from 1.
     */
    public long transaction(final int ordinal) {
        return walk.isCommitIntact(ordinal) ? walk.words.get(walk.recordOffset(ordinal) + TRANSACTION) : DAMAGED;
    }

    /**
     * {@return where in the journal the commit of a transaction that made a version stands; DAMAGED}
     *
     * @param ordinal from 1.
     */
    public long commitLocation(final int ordinal) {
        return walk.isCommitIntact(ordinal) ? walk.words.get(walk.recordOffset(ordinal) + COMMIT_LOCATION) : DAMAGED;
    }

    /**
     * {@return when a transaction that made a version was committed, in milliseconds since the epoch; DAMAGED}
     *
     * @param ordinal from 1.
     */
    public long timeMillis(final int ordinal) {
        return walk.isCommitIntact(ordinal) ? walk.words.get(walk.recordOffset(ordinal) + TIME) : DAMAGED;
    }

    /**
     * Finds the transaction that made a version, walking back from the newest one.
     *
     * @param wanted version, from 1.
     * @return its ordinal; NOT_FOUND if no transaction made it; DAMAGED.
     */
    public int ordinalOfVersion(final long wanted) {
        for (int ordinal = transactionCount(); ordinal > 0; ordinal--) {
            final long found = walk.version(ordinal);
            if (found < 0) {
                return DAMAGED;
            }
            if (found == wanted && found != 0 && found != ABANDONED) {
                return ordinal;
            }
        }
        return transactionCount() < 0 ? DAMAGED : NOT_FOUND;
    }

    /**
     * Visits the variables of an environment that are set at this reader's version, in no useful order.
     *
     * @param environment its number.
     * @param visitor     of each.
     * @return how many were visited; DAMAGED if a check failed, and some may be missing.
     */
    public long forEach(final int environment, final VariableVisitor visitor) {
        return visit(environment, visitor, Long.MAX_VALUE);
    }

    /**
     * Whether any variable of an environment is set at this reader's version. Looks at no more than it must.
     *
     * @param environment its number.
     * @return 1 if so, NOT_FOUND if not, DAMAGED.
     */
    public int any(final int environment) {
        return (int) visit(environment, (entry, location, fingerprint0, fingerprint1, made) -> {}, 1);
    }

    /** Visits variables until there are no more, or {@code limit} were visited. */
    private long visit(final int environment, final VariableVisitor visitor, final long limit) {
        walk.words.refresh();
        if (!walk.isEnvironment(environment)) {
            return DAMAGED;
        }
        long visited = 0;
        long first = walk.newestVariable(environment);
        while (first > 0 && visited < limit) {
            if (!isFirstOf(first, environment)) {
                return DAMAGED;
            }
            final long newest = walk.newest(first);
            final long entry = newest > 0 ? walk.visible(newest, version) : newest;
            if (entry < 0) {
                return DAMAGED;
            }
            if (entry > 0 && !isUnset(entry)) {
                visit(entry, visitor);
                visited++;
            }
            first = walk.link(first);
        }
        return first < 0 ? DAMAGED : visited;
    }

    private boolean isFirstOf(final long first, final int environment) {
        return walk.isIntact(first) && walk.environment(first) == environment && (walk.flags(first) & FIRST) != 0;
    }

    private void visit(final long entry, final VariableVisitor visitor) {
        visitor.onVariable(entry, walk.location(entry), walk.fingerprint0(entry), walk.fingerprint1(entry),
                walk.version(walk.ordinal(entry)));
    }

    /**
     * Visits all changes of a variable up to this reader's version, settings and unsettings ({@link #isUnset}), the newest
     * entry first; that is nearly, but not always, the order of versions. A transaction that set the variable more than
     * once shows each setting, its last one first: that one counts.
     *
     * @param environment     its environment's number.
     * @param nameHashAddress of its name.
     * @param visitor         of each change.
     * @return how many were visited; DAMAGED if a check failed, and some may be missing.
     */
    public long history(final int environment, final long nameHashAddress, final VariableVisitor visitor) {
        final long newest = newest(environment, nameHashAddress);
        if (newest <= 0) {
            return newest;
        }
        long visited = 0;
        for (long entry = newest; walk.isIntact(entry); entry = walk.link(entry)) {
            final long made = walk.version(walk.ordinal(entry));
            if (made < 0) {
                return DAMAGED;
            }
            if (made != 0 && made <= version) {
                visit(entry, visitor);
                visited++;
            }
            if ((walk.flags(entry) & FIRST) != 0) {
                return visited;
            }
        }
        return DAMAGED;
    }

    /**
     * Visits all environments, the newest first, also those of which nothing is visible.
     *
     * @param visitor of each.
     * @return how many were visited; DAMAGED if a check failed, and some may be missing.
     */
    public long forEachEnvironment(final EnvironmentVisitor visitor) {
        long visited = 0;
        long environment = number(NEWEST_ENVIRONMENT);
        while (environment > 0) {
            final long ever = walk.isEnvironment(environment) ? walk.variablesEver(environment) : DAMAGED;
            if (ever < 0) {
                return DAMAGED;
            }
            visitor.onEnvironment((int) environment, walk.location(environment), ever);
            visited++;
            environment = walk.link(environment);
        }
        return environment < 0 ? DAMAGED : visited;
    }

    /**
     * Checks every bucket, entry, chain and version, and that each entry is reached by exactly one chain. The writer must
     * not be at work.
     *
     * @return what was found.
     */
    public HashIndexReport verify() {
        walk.words.refresh();
        return new HashIndexVerifier(walk).verify();
    }

    /** Unmaps the file if this reader was opened, and does nothing if it was borrowed. Idempotent. */
    @Override
    public void close() throws IOException {
        if (owner) {
            walk.words.close();
        }
    }
}
