package io.envcli.engine;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * What {@link KilledChild}ren have said, and so what every version must look like. What was under way when a child was killed
 * may be a version or not: which, and of what, the store says, and then it must be there whole.
 */
final class KilledWorkload {
    /** What a version holds: the round, and of each variable put the number of the operation; absent if not set. */
    private record State(long round, Map<String, Long> puts) {
        static final State EMPTY = new State(0, Map.of());
    }

    /** What a version has changed. Exactly one of: a round, a rollback, a put or an unset. */
    private record Change(long round, long rollback, int thread, long operation) {
        static Change of(final String kind, final long number) {
            return switch (kind) {
                case "import" -> new Change(number, -1, -1, -1);
                case "rollback" -> new Change(-1, number, -1, -1);
                default -> new Change(-1, -1, Integer.parseInt(kind), number);
            };
        }
    }

    private final NavigableMap<Long, Set<Change>> changes = new TreeMap<>();
    private final NavigableMap<Long, State> states = new TreeMap<>(Map.of(0L, State.EMPTY));
    private final Map<String, Change> underWay = new HashMap<>();
    /** The highest version acknowledged, of all and of rollbacks. */
    private long acknowledged;
    private long rolledBack;
    private final Map<String, Long> acknowledgedOf = new HashMap<>();

    /** Takes a child's words down. */
    void said(final List<String> lines) {
        underWay.clear();
        for (final String line : lines) {
            final String[] words = line.split(" ", -1);
            switch (words[0]) {
                case "open" -> {
                    // Until here nothing can be under way.
                }
                case "begin" -> underWay.put(actor(words[1]), Change.of(words[1], Long.parseLong(words[2])));
                case "done" -> {
                    final Change change = underWay.remove(actor(words[1]));
                    assertEquals(change, Change.of(words[1], Long.parseLong(words[2])));
                    done(words[1], Change.of(words[1], Long.parseLong(words[2])), Long.parseLong(words[3]));
                }
                default -> throw new AssertionError("the child says: " + line);
            }
        }
    }

    /** Imports and rollbacks are one thread's. */
    private static String actor(final String kind) {
        return kind.equals("rollback") ? "import" : kind;
    }

    private void done(final String kind, final Change change, final long version) {
        if (version > 0) {
            changes.computeIfAbsent(version, _ -> new HashSet<>()).add(change);
            acknowledged = Math.max(acknowledged, version);
            acknowledgedOf.merge(kind, version, Math::max);
            rolledBack = kind.equals("rollback") ? Math.max(rolledBack, version) : rolledBack;
        }
    }

    /** What was put and acknowledged otherwise. */
    void put(final long operation, final long version) {
        done("0", Change.of("0", operation), version);
    }

    /**
     * Checks everything at the newest version and at some earlier ones.
     *
     * @return the newest version.
     */
    long check(final StoreReader reader, final Random random) {
        final long newest = reader.version();
        FaultTable.Lost.unless(newest >= acknowledged,
                () -> "version " + newest + " where " + acknowledged + " was acknowledged");
        final long before = states.lastKey();
        findWhatWasUnderWay(reader, before);
        underWay.clear();
        for (long version = before + 1; version <= newest; version++) {
            final long next = version;
            final Set<Change> made = changes.getOrDefault(version, Set.of());
            // What was unset already may still be journaled, as a version that changes nothing.
            assertTrue(!made.isEmpty() || source(reader, next).equals("put"), () -> "nobody has made version " + next);
            State state = Objects.requireNonNull(states.lastEntry()).getValue();
            for (final Change change : made) {
                state = after(state, change);
            }
            states.put(version, state);
        }
        assertEquals(newest, states.lastKey(), "versions that were acknowledged");
        same(reader, random);
        for (int i = 0; i < 4; i++) {
            reader.moveTo(random.nextLong(Math.max(0, newest - 100), newest + 1));
            same(reader, random);
        }
        return newest;
    }

    private static String source(final StoreReader reader, final long wanted) {
        final StringBuilder source = new StringBuilder();
        reader.forEachVersion(version -> {
            source.append(version.version() == wanted ? version.source() : "");
            return version.version() > wanted;
        });
        return source.toString();
    }

    private void findWhatWasUnderWay(final StoreReader reader, final long before) {
        for (final Map.Entry<String, Change> each : underWay.entrySet()) {
            final Change change = each.getValue();
            if (change.operation >= 0) {
                findPut(reader, each.getKey(), change, before);
            } else {
                reader.forEachVersion(version -> {
                    final boolean is = change.round >= 0 ? version.source().contains("import-" + change.round)
                            : version.source().equals(Store.ROLLBACK + change.rollback)
                                    && !changes.containsKey(version.version());
                    if (is) {
                        done(each.getKey(), change, version.version());
                    }
                    return version.version() > before + 1 && !is;
                });
            }
        }
    }

    private void findPut(final StoreReader reader, final String thread, final Change put, final long before) {
        final List<VariableChange> history = reader.history(KilledChild.environment(put.thread),
                KilledChild.name(put.operation));
        final long known = Math.max(before, Math.max(rolledBack, acknowledgedOf.getOrDefault(thread, 0L)));
        if (!history.isEmpty() && history.getFirst().version() > known) {
            assertEquals(!KilledChild.unsets(put.operation), history.getFirst().isSet());
            done(thread, put, history.getFirst().version());
        }
    }

    private State after(final State state, final Change change) {
        if (change.rollback >= 0) {
            return Objects.requireNonNull(states.get(change.rollback));
        }
        if (change.round >= 0) {
            return new State(change.round, state.puts);
        }
        final Map<String, Long> puts = new HashMap<>(state.puts);
        final String variable = change.thread + " " + KilledChild.name(change.operation);
        if (KilledChild.unsets(change.operation)) {
            puts.remove(variable);
        } else {
            puts.put(variable, change.operation);
        }
        return new State(state.round, puts);
    }

    private void same(final StoreReader reader, final Random random) {
        final State state = Objects.requireNonNull(states.get(reader.version()));
        assertEquals(state.round, Rounds.check(reader, random), () -> "at version " + reader.version());
        for (int thread = 0; thread < KilledChild.PUTTERS; thread++) {
            final Map<String, String> expected = new HashMap<>();
            for (final Map.Entry<String, Long> put : state.puts.entrySet()) {
                if (put.getKey().startsWith(thread + " ")) {
                    expected.put(put.getKey().substring(2), KilledChild.value(thread, put.getValue()));
                }
            }
            final Map<String, String> found = new HashMap<>();
            reader.forEach(KilledChild.environment(thread),
                    variable -> found.put(variable.name(), variable.value()));
            assertEquals(expected, found, () -> "at version " + reader.version());
        }
    }
}
