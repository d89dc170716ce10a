package io.envcli.engine;

import io.envcli.engine.StoreException.Kind;
import io.envcli.engine.internal.files.Variables;
import io.envcli.engine.internal.pipeline.EnvironmentKey;
import io.envcli.engine.internal.pipeline.NameHasher;
import io.envcli.engine.internal.store.Failures;
import io.envcli.engine.internal.store.Hashers;
import io.envcli.engine.internal.store.JvmFlags;
import io.envcli.engine.internal.store.StatusReport;
import io.envcli.engine.internal.store.StoreFiles;
import io.envcli.engine.internal.store.StoreHead;
import io.envcli.engine.internal.view.DriftFinder;
import io.envcli.engine.internal.view.VersionLog;
import io.envcli.engine.internal.view.Versions;
import io.envcli.engine.internal.view.ViewDamagedException;
import io.envcli.engine.internal.view.ViewOpening;
import io.envcli.journal.Block;
import io.envcli.journal.BlockReader;
import io.envcli.journal.Change;
import io.envcli.journal.JournalDamagedException;
import io.envcli.journal.JournalReader;
import io.envcli.journal.JournalSalvage;
import io.envcli.journal.NotAJournalException;
import io.envcli.journal.SegmentMissingException;
import io.envcli.journal.StoreKeys;
import io.envcli.journal.UserKey;
import io.envcli.offheap.HashIndexReader;
import io.envcli.simd.SipHash;
import org.agrona.CloseHelper;
import org.agrona.collections.LongArrayList;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.LongStream;

/**
 * Answers from a store as it was at one version, in any process, beside a writer or without one. What it answers is proved:
 * the view says where a value stands, the journal's sealed block that it is the one asked for.
 *
 * <p>Threading: one thread at a time.
 */
public final class StoreReader implements AutoCloseable {
    private static final long DRIFT_LIMIT = 1_000_000;
    private static final int MAX_HEALINGS = 2;
    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** How a store is opened. */
    private enum Access {
        /** Healed, and refused if it was put back to an older state. */
        ORDINARY,
        /** Healed, whatever state it was put back to. */
        OLDER,
        /** Healed, and what is whole of it if it is damaged. */
        SALVAGED,
        /** As {@link #openAsItIs} says. */
        AS_IT_IS
    }

    private final StoreConfig config;
    /** Where journal and view are; with what follows, another one when the store was rekeyed. */
    private Path home;
    private UserKey key;
    private final Access access;
    private byte[] storeId;
    private NameHasher hasher;
    private BlockReader blocks;
    private ViewOpening opening;
    /** Owns the mapping. */
    private HashIndexReader mapped;
    /** The same at the version read. */
    private HashIndexReader view;
    private boolean closed;
    /** For the answer that is being looked for. */
    private int healings;
    /** What is lost of a damaged store; null for a reader that refuses what it cannot prove. */
    private final @Nullable Losses losses;
    /** Whether the version read was asked for, rather than the newest. */
    private boolean moved;

    private StoreReader(final StoreConfig config, final Path home, final UserKey key, final Access access)
            throws IOException {
        this.config = config;
        this.home = home;
        this.key = key;
        this.access = access;
        this.losses = access == Access.SALVAGED ? new Losses(config.directory()) : null;
        final SipHash names;
        try (StoreKeys keys = keys(home, key, losses != null)) {
            names = Hashers.names(keys);
            storeId = keys.storeId();
        }
        opening = new ViewOpening(home, key, storeId, names, losses != null);
        HashIndexReader opened = null;
        try {
            opened = openView();
            mapped = access == Access.OLDER || access == Access.AS_IT_IS ? opened : checkHead(opened);
        } catch (final IOException | RuntimeException | Error e) {
            CloseHelper.quietCloseAll(opened, opening);
            throw e;
        }
        view = mapped;
        hasher = new NameHasher(names);
        blocks = BlockReader.open(home, key);
        note();
    }

    private static StoreKeys keys(final Path home, final UserKey key, final boolean salvaging) throws IOException {
        try (JournalReader journal = JournalReader.open(home, key)) {
            return StoreKeys.derive(key, journal.keys().storeId());
        } catch (final JournalDamagedException | SegmentMissingException | NotAJournalException e) {
            if (!salvaging) {
                throw e;
            }
            try (JournalSalvage journal = JournalSalvage.open(home, key)) {
                return StoreKeys.derive(key, journal.keys().storeId());
            }
        }
    }

    private void note() {
        if (losses != null) {
            losses.note(opening.note(), opening.note() == null || hasKnownHead());
        }
    }

    /** What is lost may be what the record is about, so a damaged store is not refused, but told of. */
    private boolean hasKnownHead() {
        try {
            StoreHead.of(config, storeId).check(home, key, mapped);
            return true;
        } catch (final IOException | StoreException | ViewDamagedException _) {
            return false;
        }
    }

    /** Answers with the view, or with a rebuilt one: of the one given only the check may tell that it is damaged. */
    private HashIndexReader checkHead(final HashIndexReader opened) throws IOException {
        if (opening.note() != null) {
            return opened;
        }
        final StoreHead head = StoreHead.of(config, storeId);
        try {
            head.check(home, key, opened);
            return opened;
        } catch (final ViewDamagedException | JournalDamagedException _) {
            final HashIndexReader whole = opening.openOther(opened);
            opened.close();
            if (opening.note() == null) {
                head.check(home, key, whole);
            }
            return whole;
        }
    }

    /**
     * Opens a store for reading, at its newest version. A view that cannot be trusted is rebuilt first.
     *
     * @param config where it is; what concerns writing is ignored.
     * @return the reader; the caller closes it.
     * @throws StoreException if there is no store, the key is not its key, it is damaged, or in an older state than it was.
     */
    public static StoreReader open(final StoreConfig config) {
        return open(config, Access.ORDINARY);
    }

    /**
     * Opens a store as {@link #open} does, and where its journal is damaged, too: then what is whole of it is read. Such a
     * reader leaves out of lists what it cannot read, and answers with values that something lost may have replaced. So
     * whoever uses it asks {@link #damage()} and {@link #isProved} afterwards.
     *
     * @param config as there.
     * @return the reader; the caller closes it.
     * @throws StoreException if there is no store, the key is not its key, or nothing of it is whole.
     */
    public static StoreReader openSalvaging(final StoreConfig config) {
        return open(config, Access.SALVAGED);
    }

    /**
     * Opens a store for reading only if its view can be trusted as it is: nothing is healed, waited for or written, then or
     * later. For what must be quick, and may as well do without an answer.
     *
     * @param config as {@link #open}.
     * @return as there.
     * @throws StoreException as there, and of kind DAMAGED if the view must be rebuilt first.
     */
    public static StoreReader openAsItIs(final StoreConfig config) {
        return open(config, Access.AS_IT_IS);
    }

    /** As {@link #open(StoreConfig)}, whatever state the store was put back to. */
    static StoreReader openOlder(final StoreConfig config) {
        return open(config, Access.OLDER);
    }

    /** Why the store is refused, as one in an older state than it was; null if it is not. */
    @Nullable
    String older() {
        try {
            StoreHead.of(config, storeId).check(home, key, mapped);
            return null;
        } catch (final StoreException e) {
            return e.getMessage();
        } catch (final IOException | ViewDamagedException e) {
            throw Failures.of(config.directory(), e);
        }
    }

    /** Has the store expected from now on to have come as far as the version read. */
    void recordHead() {
        try {
            StoreHead.of(config, storeId).record(home, key, view);
        } catch (final IOException | ViewDamagedException e) {
            throw Failures.of(config.directory(), e);
        }
    }

    /** The same, where the record can be written. */
    void tryRecordHead() {
        try {
            StoreHead.of(config, storeId).record(home, key, view);
        } catch (final IOException _) {
            return; // A read-only configuration watches no store.
        } catch (final ViewDamagedException e) {
            throw Failures.of(config.directory(), e);
        }
    }

    private static StoreReader open(final StoreConfig config, final Access access) {
        JvmFlags.require();
        try {
            while (true) {
                StoreFiles.require(config.directory());
                final Path home = StoreFiles.home(config.directory());
                final UserKey key = StoreFiles.existingKey(config.keyFile());
                try {
                    final StoreReader reader = new StoreReader(config, home, key, access);
                    if (access != Access.SALVAGED || home.equals(StoreFiles.home(config.directory()))) {
                        return reader;
                    }
                    reader.close(); // What is deleted after a rekeying is not what is left of a damaged store.
                } catch (final IOException | RuntimeException | Error e) {
                    key.close();
                    if (home.equals(StoreFiles.home(config.directory()))) {
                        throw e;
                    } // else it was rekeyed in this moment
                }
            }
        } catch (final IOException | RuntimeException e) {
            throw Failures.of(config, e);
        }
    }

    /**
     * What is damaged, and what is lost by it as far as the version that is read. More may come to light with each answer.
     *
     * @return a line each, {@code file:position: what} and {@code version n …}; none if everything asked for was whole.
     */
    public List<String> damage() {
        return losses == null ? List.of() : losses.lines(view.version(), moved);
    }

    /**
     * Whether a variable that was set in a version is so at the version that is read. It is not proved if a change is lost
     * that may have come after it.
     *
     * @param version that has set it; 0 to ask whether it is proved that something has never been set.
     * @return true if proved; always true of a reader that does not salvage.
     */
    public boolean isProved(final long version) {
        final long lost = losses == null ? 0 : losses.newest(view.version(), moved);
        return lost == 0 || version > lost;
    }

    /** {@return whether something asked for could not be read, or may have been changed by what is lost} */
    public boolean isIncomplete() {
        return losses != null && (losses.hasLeftOut() || !isProved(0));
    }

    /**
     * Where the store was rekeyed since, goes on with what it is now, at the same version: versions and names are the same.
     *
     * @return whether it was.
     */
    private boolean followed() {
        if (closed || !isRekeyed()) {
            return false;
        }
        final long version = view.version();
        final StoreReader now = open(config, access);
        release();
        home = now.home;
        key = now.key;
        storeId = now.storeId;
        hasher = now.hasher;
        blocks = now.blocks;
        opening = now.opening;
        mapped = now.mapped;
        view = mapped.at(version);
        note();
        return true;
    }

    private boolean isRekeyed() {
        try {
            return !home.equals(StoreFiles.home(config.directory()));
        } catch (final IOException e) {
            return false; // Then it is not there at all, and whoever asked has seen why.
        }
    }

    private HashIndexReader openView() throws IOException {
        return access == Access.AS_IT_IS ? opening.openAsItIs() : opening.open();
    }

    /** {@return the version that this reader sees; 0 before the first} */
    public long version() {
        return view.version();
    }

    /** Moves on to the newest version. */
    public void refresh() {
        try {
            checkOpen();
            moved = false;
            if (followed()) {
                view = mapped;
            } else if (!opening.isCurrent(mapped)) {
                final HashIndexReader newer = openView();
                mapped.close();
                mapped = newer;
                view = newer;
                note();
            } else {
                final long newest = healed(() -> intact(mapped.lastVersion()));
                view = mapped.at(newest);
            }
        } catch (final IOException e) {
            throw Failures.of(config.directory(), e);
        }
    }

    /**
     * Moves to a version: from here on the reader answers as the store was then, until {@link #refresh()}.
     *
     * @param version from 0, before the first, to the newest one.
     * @throws StoreException of kind INVALID if there is no such version.
     */
    public void moveTo(final long version) {
        checkOpen();
        final long newest = healed(() -> intact(mapped.lastVersion()));
        if (version < 0 || version > newest) {
            throw new StoreException(Kind.INVALID, "there is no version " + version + "; "
                    + (newest == 0 ? "nothing has been committed yet" : "the newest is " + newest));
        }
        view = mapped.at(version);
        moved = version < newest;
    }

    /**
     * Finds the version that the store had at a time: the highest one that was committed by then, by the writers' clocks.
     *
     * @param time any.
     * @return the version, at most {@link #version()}; 0 if the first one came later.
     */
    public long versionAt(final Instant time) {
        checkOpen();
        return healed(() -> intact(Versions.at(view, time.toEpochMilli())));
    }

    /**
     * Visits the versions up to the one read, the newest first. Each is read from its commit in the journal.
     *
     * @param visitor of each; false ends the visit.
     * @throws StoreException if something cannot be proved; some may have been visited.
     */
    public void forEachVersion(final Predicate<StoreVersion> visitor) {
        checkOpen();
        final long[] last = {Long.MAX_VALUE};
        final Predicate<StoreVersion> once = version -> {
            if (version.version() >= last[0]) {
                return true; // It was shown before the store was rekeyed.
            }
            last[0] = version.version();
            return visitor.test(version);
        };
        healed(() -> {
            try {
                VersionLog.forEach(home, key, storeId, view, once);
                return true;
            } catch (final IOException e) {
                throw Failures.of(config.directory(), e);
            }
        });
    }

    /**
     * Finds all changes of a variable up to the version read.
     *
     * @param environment its environment.
     * @param name        its name.
     * @return the changes, the newest first; none if it was never set.
     * @throws StoreException if an argument cannot be, or a change cannot be proved.
     */
    public List<VariableChange> history(final String environment, final String name) {
        checkOpen();
        final byte[] utf8 = Variables.name(name);
        return healed(() -> {
            final int number = find(environment);
            final LongArrayList entries = new LongArrayList();
            if (number != 0) {
                intact(view.history(number, hasher.hash(utf8),
                        (entry, location, f0, f1, version) -> entries.addLong(entry)));
            }
            final NavigableMap<Long, VariableChange> changes = new TreeMap<>();
            for (int i = 0; i < entries.size(); i++) {
                final long entry = entries.getLong(i);
                // Of what one transaction has set twice, the last counts, which is shown first.
                changes.computeIfAbsent(versionOf(entry),
                        version -> change(entry, version, utf8));
            }
            return List.copyOf(changes.descendingMap().values());
        });
    }

    private VariableChange change(final long entry, final long version, final byte[] name) {
        final Block block = blockAt(locationOf(entry));
        final Change change = block.change();
        final boolean isSet = !change.isUnset();
        if (isSet == view.isUnset(entry) || !change.isName(name) || (isSet && !isFingerprint(entry, change))) {
            throw new ViewDamagedException(home,
                    "the view points to another variable in the journal than the one asked for");
        }
        return new VariableChange(version, Instant.ofEpochMilli(intact(view.timeMillis(view.ordinal(entry)))), isSet,
                isSet ? HexFormat.of().formatHex(change.buffer(), change.fingerprintOffset(),
                        change.fingerprintOffset() + Change.FINGERPRINT_LENGTH) : "",
                block.section().source(), change.line());
    }

    /**
     * Finds a variable.
     *
     * @param environment its environment.
     * @param name        its name.
     * @return the variable with its value, which the caller should wipe; null if it is not set.
     * @throws StoreException if an argument cannot be, or the answer cannot be proved.
     */
    public @Nullable Variable get(final String environment, final String name) {
        checkOpen();
        final byte[] utf8 = Variables.name(name);
        return healed(() -> {
            final int number = find(environment);
            final long entry = number == 0 ? 0 : intact(view.find(number, hasher.hash(utf8)));
            return entry == 0 ? null : read(entry, utf8);
        });
    }

    /** Asks the mapped view. Where a page of it is gone, since its file was cut, the JVM throws an error of its own. */
    private <T extends @Nullable Object> T guarded(final Supplier<T> query) {
        try {
            return query.get();
        } catch (final InternalError | ViewDamagedException e) {
            throw Failures.of(config.directory(), e);
        }
    }

    /** Asks the mapped view, and if it turns out to be damaged, once more when there is another. */
    private <T extends @Nullable Object> T healed(final Supplier<T> query) {
        healings = 0;
        return guarded(() -> {
            while (true) {
                try {
                    return query.get();
                } catch (final ViewDamagedException e) {
                    if (!followed()) {
                        heal(e);
                    }
                } catch (final StoreException e) {
                    if (!followed()) {
                        throw e;
                    }
                }
            }
        });
    }

    /**
     * Goes on with another view at the same version. The second may be somebody else's, damaged as the first, and the third
     * is our own: one that is damaged when it is new is not the disk's doing.
     */
    private void heal(final ViewDamagedException found) {
        if (healings++ == MAX_HEALINGS || access == Access.AS_IT_IS) {
            throw found;
        }
        final long version = view.version();
        try {
            final HashIndexReader other = opening.openOther(mapped);
            mapped.close();
            mapped = other;
            view = other.at(version);
            note();
        } catch (final IOException e) {
            throw Failures.of(config.directory(), e);
        }
    }

    /**
     * Whether an environment has ever had a variable.
     *
     * @param environment its name.
     * @return true if so.
     */
    public boolean hasEnvironment(final String environment) {
        return healed(() -> find(environment)) != 0;
    }

    private void checkOpen() {
        if (closed) {
            throw new StoreException(Kind.CLOSED, config.directory() + ": the reader is closed");
        }
    }

    private int find(final String environment) {
        checkOpen();
        final EnvironmentKey environmentKey = hasher.environment(environment);
        return (int) intact(view.findEnvironment(hasher.hash(environmentKey.utf8())));
    }

    /**
     * Visits the variables of an environment, in the order of the journal: as they were imported, later changes after.
     *
     * @param environment its name; one that does not exist has none.
     * @param visitor     gets each with its value, to be wiped by it.
     * @throws StoreException if something cannot be proved; some may have been visited.
     */
    public void forEach(final String environment, final Consumer<Variable> visitor) {
        final Listing listing = new Listing(environment);
        for (int i = 0; i < listing.entries.length; i++) {
            final Variable variable = listing.read(i);
            if (variable != null) {
                visitor.accept(variable);
            }
        }
    }

    /** What is in an environment, in an order that stays the same when the store is rekeyed meanwhile, or its view healed. */
    private final class Listing {
        private final String environment;
        private final long version;
        private long[] entries;
        /** That numbers the entries. */
        private HashIndexReader listed;

        Listing(final String environment) {
            this.environment = environment;
            this.entries = healed(() -> entries(environment));
            this.listed = mapped;
            this.version = version();
        }

        /** Null if it is left out. */
        @Nullable
        Variable read(final int i) {
            checkOpen();
            if (version() != version) {
                throw new IllegalStateException("the visitor has moved the reader to another version");
            }
            return healed(() -> {
                if (listed != mapped) {
                    listAgain();
                }
                return orLeftOut(() -> StoreReader.this.read(entries[i], null));
            });
        }

        private void listAgain() {
            final long[] again = entries(environment);
            if (again.length != entries.length) {
                throw new ViewDamagedException(home, "it lists other variables than the one before it");
            }
            entries = again;
            listed = mapped;
        }
    }

    /**
     * Lists the variables of an environment without their values. Takes about half the memory of keeping what
     * {@link #forEach} shows.
     *
     * @param environment its name; one that does not exist has none.
     * @return the variables, in the byte order of their names.
     * @throws StoreException if something cannot be proved.
     */
    public List<ListedVariable> list(final String environment) {
        return healed(() -> listed(environment));
    }

    /** What cannot be read of a damaged store is noted, and left out. */
    private <T> @Nullable T orLeftOut(final Supplier<T> reading) {
        if (losses == null) {
            return reading.get();
        }
        try {
            return reading.get();
        } catch (final StoreException e) {
            final Throwable cause = e.getCause();
            if (!(cause instanceof JournalDamagedException || cause instanceof SegmentMissingException)
                    || isRekeyed()) {
                throw e;
            }
            losses.leftOut(cause);
            return null;
        }
    }

    private List<ListedVariable> listed(final String environment) {
        final long[] entries = entries(environment);
        ListedVariable[] variables = new ListedVariable[entries.length];
        int count = 0;
        for (final long entry : entries) {
            final Change change = orLeftOut(() -> proved(entry, null));
            if (change == null) {
                continue;
            }
            variables[count++] = new ListedVariable(
                    Arrays.copyOfRange(change.buffer(), change.nameOffset(), change.nameOffset() + change.nameLength()),
                    view.fingerprint0(entry), view.fingerprint1(entry), versionOf(entry));
        }
        variables = count == variables.length ? variables : Arrays.copyOf(variables, count);
        Arrays.sort(variables, ListedVariable.BY_NAME);
        return List.of(variables);
    }

    /**
     * In the order of the journal, in which each block is opened once. That is the order of the entries, but for what an
     * import has set twice.
     */
    private long[] entries(final String environment) {
        final int number = find(environment);
        if (number == 0) {
            return new long[0];
        }
        final LongArrayList entries = new LongArrayList();
        intact(view.forEach(number, (entry, location, f0, f1, version) -> entries.addLong(entry)));
        final long[] sorted = entries.toLongArray();
        Arrays.sort(sorted);
        return isInOrder(sorted) ? sorted
                : LongStream.of(sorted).boxed()
                        .sorted(Comparator.comparingLong(view::location)).mapToLong(Long::longValue).toArray();
    }

    private boolean isInOrder(final long[] entries) {
        for (int i = 1; i < entries.length; i++) {
            if (view.location(entries[i]) < view.location(entries[i - 1])) {
                return false;
            }
        }
        return true;
    }

    /** {@return the environments that have variables at this version, sorted} */
    public List<String> environments() {
        checkOpen();
        return healed(() -> {
            final List<String> names = new ArrayList<>();
            intact(view.forEachEnvironment((number, location, variables) -> {
                if (intact(view.any(number)) != 0) {
                    addName(names, number, location);
                }
            }));
            names.sort(null);
            return names;
        });
    }

    /** The name of an environment stands where its first variable was set, and where any other was. */
    private void addName(final List<String> names, final int number, final long first) {
        String name = orLeftOut(() -> environmentAt(first));
        if (name == null) {
            final LongArrayList others = new LongArrayList();
            intact(view.forEach(number, (entry, location, f0, f1, version) -> others.addLong(location)));
            for (int i = 0; i < others.size() && name == null; i++) {
                final long other = others.getLong(i);
                name = orLeftOut(() -> environmentAt(other));
            }
        }
        if (name != null) {
            names.add(name);
        }
    }

    /**
     * Finds variables whose value differs between environments that otherwise agree: more than half of at least three that
     * have it share one value.
     *
     * <p>Takes memory for each variable, so it looks into stores of up to a million of them.
     *
     * @param limit how many to return at most.
     * @return those, sorted by name; none if the store is larger.
     */
    public List<Drift> drift(final int limit) {
        checkOpen();
        if (view.environmentCount() < DriftFinder.FEWEST_ENVIRONMENTS || view.variableCount() > DRIFT_LIMIT) {
            return List.of();
        }
        return healed(() -> {
            final DriftFinder finder = new DriftFinder();
            intact(view.forEachEnvironment((number, location, variables) -> {
                finder.environment(number, location);
                intact(view.forEach(number,
                        (entry, at, f0, f1, version) -> finder.variable(view.nameHash(entry), f0, at)));
            }));
            return finder.find(limit, this::nameAt, this::environmentAt);
        });
    }

    /**
     * What finds the store's values elsewhere, by their fingerprints: those that all environments have at this version.
     *
     * @return what finds them; the caller closes it before this reader.
     */
    public KnownValues knownValues() {
        checkOpen();
        return healed(this::allKnownValues);
    }

    private KnownValues allKnownValues() {
        final KnownValues known = new KnownValues(StoreKeys.derive(key, storeId), location -> guarded(
                () -> new KnownValues.Holder(environmentAt(location), nameAt(location))));
        try {
            intact(view.forEachEnvironment((number, place, variables) -> intact(
                    view.forEach(number, (entry, location, f0, f1, version) -> known.add(f0, f1, location)))));
            return known;
        } catch (final RuntimeException | Error e) {
            known.close();
            throw e;
        }
    }

    /** {@return what rebuilding the view has taken since this reader was opened, in nanoseconds; 0 if it was whole} */
    public long healingNanos() {
        return opening.healingNanos();
    }

    /** {@return what the store is like at this version} */
    public StoreStatus status() {
        checkOpen();
        try {
            return StatusReport.of(config, storeId, view, opening.healingNanos());
        } catch (final IOException e) {
            throw Failures.of(config.directory(), e);
        }
    }

    private Variable read(final long entry, final byte @Nullable [] name) {
        final Change change = proved(entry, name);
        final byte[] fingerprint = Arrays.copyOfRange(change.buffer(), change.fingerprintOffset(),
                change.fingerprintOffset() + Change.FINGERPRINT_LENGTH);
        return new Variable(change.name(), change.value(), fingerprint, versionOf(entry));
    }

    /** The change in the journal that an entry points to, valid until the next is read. */
    private Change proved(final long entry, final byte @Nullable [] name) {
        final Change change = blockAt(locationOf(entry)).change();
        if (change.isUnset() || (name != null && !change.isName(name)) || !isFingerprint(entry, change)) {
            throw new ViewDamagedException(home,
                    "the view points to another variable in the journal than the one asked for");
        }
        return change;
    }

    private boolean isFingerprint(final long entry, final Change change) {
        final int offset = change.fingerprintOffset();
        return word(change.buffer(), offset) == view.fingerprint0(entry)
                && word(change.buffer(), offset + Long.BYTES) == view.fingerprint1(entry);
    }

    private static long word(final byte[] bytes, final int offset) {
        return (long) WORD.get(bytes, offset);
    }

    private String environmentAt(final long location) {
        return blockAt(location).section().environment();
    }

    private String nameAt(final long location) {
        return blockAt(location).change().name();
    }

    private Block blockAt(final long location) {
        try {
            return blocks.read(location);
        } catch (final IOException e) {
            throw Failures.of(config.directory(), e);
        }
    }

    /** An entry was whole when it was found; since then its page may have been overwritten. */
    private long locationOf(final long entry) {
        return whole(entry, view.location(entry));
    }

    private long versionOf(final long entry) {
        return whole(entry, intact(view.version(view.ordinal(entry))));
    }

    private long whole(final long entry, final long read) {
        if (!view.isIntact(entry)) {
            throw new ViewDamagedException(home, "the view fails its checks");
        }
        return read;
    }

    private long intact(final long code) {
        if (code < 0) {
            throw new ViewDamagedException(home, "the view fails its checks");
        }
        return code;
    }

    /** Unmaps the view, closes files and wipes keys. Idempotent. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            release();
        }
    }

    private void release() {
        CloseHelper.quietCloseAll(blocks, mapped, opening, hasher, key);
    }
}
