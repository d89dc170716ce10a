package io.envcli.engine;

import io.envcli.engine.internal.pipeline.EnvironmentKey;
import io.envcli.engine.internal.pipeline.NameHasher;
import io.envcli.engine.internal.view.DriftFinder;
import io.envcli.journal.StoreKeys;
import io.envcli.offheap.HashIndexReader;
import org.agrona.collections.LongArrayList;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.LongStream;

/**
 * The answers of a {@link StoreReader}, each looked for once: where the view is damaged, {@link Snapshot#healed} asks again.
 *
 * <p>Threading: one thread at a time.
 */
final class Answers {
    private static final long DRIFT_LIMIT = 1_000_000;

    private final Snapshot snapshot;
    private final ProvedChanges changes;

    Answers(final Snapshot snapshot, final ProvedChanges changes) {
        this.snapshot = snapshot;
        this.changes = changes;
    }

    private HashIndexReader view() {
        return snapshot.view();
    }

    private long intact(final long code) {
        return snapshot.intact(code);
    }

    /** Number of an environment; 0 if it never had a variable. */
    int find(final String environment) {
        snapshot.checkOpen();
        final NameHasher hasher = snapshot.home().hasher();
        final EnvironmentKey environmentKey = hasher.environment(environment);
        return (int) intact(view().findEnvironment(hasher.hash(environmentKey.utf8())));
    }

    @Nullable
    Variable get(final String environment, final byte[] name) {
        final int number = find(environment);
        final long entry = number == 0 ? 0 : intact(view().find(number, snapshot.home().hasher().hash(name)));
        return entry == 0 ? null : changes.variable(entry, name);
    }

    List<VariableChange> history(final String environment, final byte[] name) {
        final int number = find(environment);
        final LongArrayList entries = new LongArrayList();
        if (number != 0) {
            intact(view().history(number, snapshot.home().hasher().hash(name),
                    (entry, location, f0, f1, version) -> entries.addLong(entry)));
        }
        final NavigableMap<Long, VariableChange> history = new TreeMap<>();
        for (int i = 0; i < entries.size(); i++) {
            final long entry = entries.getLong(i);
            // Of what one transaction has set twice, the last counts, which is shown first.
            history.computeIfAbsent(changes.versionOf(entry), version -> changes.change(entry, version, name));
        }
        return List.copyOf(history.descendingMap().values());
    }

    List<ListedVariable> list(final String environment) {
        final long[] entries = entries(environment);
        ListedVariable[] variables = new ListedVariable[entries.length];
        int count = 0;
        for (final long entry : entries) {
            final ListedVariable variable = snapshot.orLeftOut(() -> changes.listed(entry));
            if (variable != null) {
                variables[count++] = variable;
            }
        }
        variables = count == variables.length ? variables : Arrays.copyOf(variables, count);
        Arrays.sort(variables, ListedVariable.BY_NAME);
        return List.of(variables);
    }

    /**
     * In the order of the journal, in which each block is opened once. That is the order of the entries, but for what an
     * import has set twice.
     */
    long[] entries(final String environment) {
        final int number = find(environment);
        if (number == 0) {
            return new long[0];
        }
        final LongArrayList entries = new LongArrayList();
        intact(view().forEach(number, (entry, location, f0, f1, version) -> entries.addLong(entry)));
        final long[] sorted = entries.toLongArray();
        Arrays.sort(sorted);
        return isInOrder(sorted) ? sorted
                : LongStream.of(sorted).boxed()
                        .sorted(Comparator.comparingLong(view()::location)).mapToLong(Long::longValue).toArray();
    }

    private boolean isInOrder(final long[] entries) {
        for (int i = 1; i < entries.length; i++) {
            if (view().location(entries[i]) < view().location(entries[i - 1])) {
                return false;
            }
        }
        return true;
    }

    List<String> environments() {
        final List<String> names = new ArrayList<>();
        intact(view().forEachEnvironment((number, location, variables) -> {
            if (intact(view().any(number)) != 0) {
                addName(names, number, location);
            }
        }));
        names.sort(null);
        return names;
    }

    /** The name of an environment stands where its first variable was set, and where any other was. */
    private void addName(final List<String> names, final int number, final long first) {
        String name = snapshot.orLeftOut(() -> changes.environmentAt(first));
        if (name == null) {
            final LongArrayList others = new LongArrayList();
            intact(view().forEach(number, (entry, location, f0, f1, version) -> others.addLong(location)));
            for (int i = 0; i < others.size() && name == null; i++) {
                final long other = others.getLong(i);
                name = snapshot.orLeftOut(() -> changes.environmentAt(other));
            }
        }
        if (name != null) {
            names.add(name);
        }
    }

    List<Drift> drift(final int limit) {
        final HashIndexReader view = view();
        if (view.environmentCount() < DriftFinder.FEWEST_ENVIRONMENTS || view.variableCount() > DRIFT_LIMIT) {
            return List.of();
        }
        final DriftFinder finder = new DriftFinder();
        intact(view.forEachEnvironment((number, location, variables) -> {
            finder.environment(number, location);
            intact(view.forEach(number, (entry, at, f0, f1, version) -> finder.variable(view.nameHash(entry), f0, at)));
        }));
        return finder.find(limit, changes::nameAt, changes::environmentAt);
    }

    KnownValues knownValues() {
        final OpenHome home = snapshot.home();
        final KnownValues known = new KnownValues(StoreKeys.derive(home.key(), home.storeId()),
                location -> snapshot.guarded(() -> new KnownValues.Holder(changes.environmentAt(location),
                        changes.nameAt(location))));
        try {
            intact(view().forEachEnvironment((number, place, variables) -> intact(
                    view().forEach(number, (entry, location, f0, f1, version) -> known.add(f0, f1, location)))));
            return known;
        } catch (final RuntimeException | Error e) {
            known.close();
            throw e;
        }
    }
}
