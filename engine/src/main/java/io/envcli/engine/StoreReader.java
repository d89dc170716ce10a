package io.envcli.engine;

import io.envcli.engine.internal.files.Variables;
import io.envcli.engine.internal.store.Failures;
import io.envcli.engine.internal.store.StatusReport;
import io.envcli.engine.internal.view.VersionLog;
import io.envcli.engine.internal.view.Versions;
import io.envcli.engine.internal.view.ViewDamagedException;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Answers from a store as it was at one version, in any process, beside a writer or without one. What it answers is proved:
 * the view says where a value stands, the journal's sealed block that it is the one asked for.
 *
 * <p>Threading: one thread at a time.
 */
public final class StoreReader implements AutoCloseable {
    private final StoreConfig config;
    private final Snapshot snapshot;
    private final ProvedChanges changes;
    private final Answers answers;

    private StoreReader(final StoreConfig config, final ReadAccess access) {
        this.config = config;
        this.snapshot = new Snapshot(config, access);
        this.changes = new ProvedChanges(snapshot);
        this.answers = new Answers(snapshot, changes);
    }

    /**
     * Opens a store for reading, at its newest version. A view that cannot be trusted is rebuilt first.
     *
     * @param config where it is; what concerns writing is ignored.
     * @return the reader; the caller closes it.
     * @throws StoreException if there is no store, the key is not its key, it is damaged, or in an older state than it was.
     */
    public static StoreReader open(final StoreConfig config) {
        return new StoreReader(config, ReadAccess.ORDINARY);
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
        return new StoreReader(config, ReadAccess.SALVAGED);
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
        return new StoreReader(config, ReadAccess.AS_IT_IS);
    }

    /** As {@link #open(StoreConfig)}, whatever state the store was put back to. */
    static StoreReader openOlder(final StoreConfig config) {
        return new StoreReader(config, ReadAccess.OLDER);
    }

    /** Why the store is refused, as one in an older state than it was; null if it is not. */
    @Nullable
    String older() {
        try {
            return snapshot.home().older();
        } catch (final IOException | ViewDamagedException e) {
            throw Failures.of(config.directory(), e);
        }
    }

    /** Has the store expected from now on to have come as far as the version read. */
    void recordHead() {
        try {
            snapshot.home().recordHead(snapshot.view());
        } catch (final IOException | ViewDamagedException e) {
            throw Failures.of(config.directory(), e);
        }
    }

    /** The same, where the record can be written. */
    void tryRecordHead() {
        try {
            snapshot.home().recordHead(snapshot.view());
        } catch (final IOException _) {
            return; // A read-only configuration watches no store.
        } catch (final ViewDamagedException e) {
            throw Failures.of(config.directory(), e);
        }
    }

    /**
     * What is damaged, and what is lost by it as far as the version that is read. More may come to light with each answer.
     *
     * @return a line each, {@code file:position: what} and {@code version n …}; none if everything asked for was whole.
     */
    public List<String> damage() {
        return snapshot.damage();
    }

    /**
     * Whether a variable that was set in a version is so at the version that is read. It is not proved if a change is lost
     * that may have come after it.
     *
     * @param version that has set it; 0 to ask whether it is proved that something has never been set.
     * @return true if proved; always true of a reader that does not salvage.
     */
    public boolean isProved(final long version) {
        return snapshot.isProved(version);
    }

    /** {@return whether something asked for could not be read, or may have been changed by what is lost} */
    public boolean isIncomplete() {
        return snapshot.isIncomplete();
    }

    /** {@return the version that this reader sees; 0 before the first} */
    public long version() {
        return snapshot.view().version();
    }

    /** Moves on to the newest version. */
    public void refresh() {
        snapshot.refresh();
    }

    /**
     * Moves to a version: from here on the reader answers as the store was then, until {@link #refresh()}.
     *
     * @param version from 0, before the first, to the newest one.
     * @throws StoreException of kind INVALID if there is no such version.
     */
    public void moveTo(final long version) {
        snapshot.moveTo(version);
    }

    /**
     * Finds the version that the store had at a time: the highest one that was committed by then, by the writers' clocks.
     *
     * @param time any.
     * @return the version, at most {@link #version()}; 0 if the first one came later.
     */
    public long versionAt(final Instant time) {
        snapshot.checkOpen();
        return snapshot.healed(() -> snapshot.intact(Versions.at(snapshot.view(), time.toEpochMilli())));
    }

    /**
     * Visits the versions up to the one read, the newest first. Each is read from its commit in the journal.
     *
     * @param visitor of each; false ends the visit.
     * @throws StoreException if something cannot be proved; some may have been visited.
     */
    public void forEachVersion(final Predicate<StoreVersion> visitor) {
        snapshot.checkOpen();
        final long[] last = {Long.MAX_VALUE};
        final Predicate<StoreVersion> once = version -> {
            if (version.version() >= last[0]) {
                return true; // It was shown before the store was rekeyed.
            }
            last[0] = version.version();
            return visitor.test(version);
        };
        snapshot.healed(() -> {
            visitVersions(once);
            return true;
        });
    }

    private void visitVersions(final Predicate<StoreVersion> visitor) {
        final OpenHome home = snapshot.home();
        try {
            VersionLog.forEach(home.path(), home.key(), home.storeId(), snapshot.view(), visitor);
        } catch (final IOException e) {
            throw Failures.of(config.directory(), e);
        }
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
        snapshot.checkOpen();
        final byte[] utf8 = Variables.name(name);
        return snapshot.healed(() -> answers.history(environment, utf8));
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
        snapshot.checkOpen();
        final byte[] utf8 = Variables.name(name);
        return snapshot.healed(() -> answers.get(environment, utf8));
    }

    /**
     * Whether an environment has ever had a variable.
     *
     * @param environment its name.
     * @return true if so.
     */
    public boolean hasEnvironment(final String environment) {
        return snapshot.healed(() -> answers.find(environment)) != 0;
    }

    /**
     * Visits the variables of an environment, in the order of the journal: as they were imported, later changes after.
     *
     * @param environment its name; one that does not exist has none.
     * @param visitor     gets each with its value, to be wiped by it.
     * @throws StoreException if something cannot be proved; some may have been visited.
     */
    public void forEach(final String environment, final Consumer<Variable> visitor) {
        final Listing listing = new Listing(snapshot, answers, changes, environment);
        for (int i = 0; i < listing.size(); i++) {
            final Variable variable = listing.read(i);
            if (variable != null) {
                visitor.accept(variable);
            }
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
        return snapshot.healed(() -> answers.list(environment));
    }

    /** {@return the environments that have variables at this version, sorted} */
    public List<String> environments() {
        snapshot.checkOpen();
        return snapshot.healed(answers::environments);
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
        snapshot.checkOpen();
        return snapshot.healed(() -> answers.drift(limit));
    }

    /**
     * What finds the store's values elsewhere, by their fingerprints: those that all environments have at this version.
     *
     * @return what finds them; the caller closes it before this reader.
     */
    public KnownValues knownValues() {
        snapshot.checkOpen();
        return snapshot.healed(answers::knownValues);
    }

    /** {@return what rebuilding the view has taken since this reader was opened, in nanoseconds; 0 if it was whole} */
    public long healingNanos() {
        return snapshot.home().healingNanos();
    }

    /** {@return what the store is like at this version} */
    public StoreStatus status() {
        snapshot.checkOpen();
        final OpenHome home = snapshot.home();
        try {
            return StatusReport.of(config, home.storeId(), snapshot.view(), home.healingNanos());
        } catch (final IOException e) {
            throw Failures.of(config.directory(), e);
        }
    }

    /** Unmaps the view, closes files and wipes keys. Idempotent. */
    @Override
    public void close() {
        snapshot.close();
    }
}
