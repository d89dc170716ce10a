package io.envcli.offheap;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The index against a model made of maps: transactions that overlap, unsetting, growth, closing and opening. */
class HashIndexModelTest {
    private static final int ENVIRONMENTS = 3;
    private static final int NAMES = 12;
    private static final int VALUES = 3;

    @Property(tries = 300)
    void answersAsAModelDoes(@ForAll @Size(max = 250) final List<@IntRange(min = 0, max = 999_999) Integer> steps)
            throws IOException {
        final long before = OffHeap.totalBytes();
        final Path folder = Files.createTempDirectory("index-model");
        try (Run run = new Run(folder)) {
            for (final int step : steps) {
                run.step(step);
            }
            run.verify();
        } finally {
            delete(folder);
        }
        assertEquals(before, OffHeap.totalBytes(), "bytes leaked");
    }

    private static void delete(final Path folder) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (final Path file : files) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    private record Key(int environment, int name) {}

    private record Change(int ordinal, int value, long location) {
        static final int UNSET = -1;
    }

    /** Index and model side by side. */
    private static final class Run implements AutoCloseable {
        private final HashIndexFolder folder;
        private final Names names = new Names();
        private final Map<Key, List<Change>> changes = new HashMap<>();
        private final Map<Integer, Long> versions = new HashMap<>();
        private final List<Integer> open = new ArrayList<>();
        private final Map<Integer, Integer> environments = new TreeMap<>();
        private HashIndex index;
        private long version;
        private long location;

        Run(final Path path) throws IOException {
            folder = new HashIndexFolder(path, HashIndexTest.STORE, HashIndexTest.BOOT);
            index = folder.create(2, 1);
        }

        /** A number's digits say what happens: most are settings, in an open transaction or one of their own. */
        void step(final int step) throws IOException {
            index = folder.reserve(index, 2, 1);
            final int choice = step % 100;
            final int rest = step / 100;
            if (choice < 10) {
                open.add(index.transaction(step));
            } else if (choice < 20 && !open.isEmpty()) {
                commit(open.remove(/* index */ rest % open.size()));
            } else if (choice < 23 && !open.isEmpty()) {
                index.abandon(open.remove(/* index */ rest % open.size()));
            } else if (choice == 23) {
                index = folder.grow(index);
            } else if (choice == 24) {
                index.close();
                index = requireNonNull(folder.openForWriting());
            } else if (choice < 60 || open.isEmpty()) {
                final int ordinal = index.transaction(step);
                set(rest, ordinal);
                commit(ordinal);
            } else {
                set(rest, open.get(step % open.size()));
            }
        }

        private void commit(final int ordinal) {
            version += 1 + ordinal % 2;
            index.commit(ordinal, version, version << 8, version);
            versions.put(ordinal, version);
        }

        private void set(final int choice, final int ordinal) {
            final int environment = choice % ENVIRONMENTS;
            final int name = choice / ENVIRONMENTS % NAMES;
            final int value = choice / ENVIRONMENTS / NAMES % (VALUES + 1) - 1;
            final int id = environments.computeIfAbsent(environment,
                    absent -> index.environment(names.hash(-absent - 1), 16 + absent * 16L));
            final List<Change> list = changes.computeIfAbsent(new Key(environment, name), absent -> new ArrayList<>());
            final int expected = list.isEmpty() ? HashIndex.INSERTED
                    : list.stream().anyMatch(change -> change.ordinal == ordinal) ? HashIndex.REPLACED
                            : HashIndex.NEW_VERSION;
            location += 16;
            assertEquals(expected, index.upsert(id, names.hash(name), names.fingerprint(value), ordinal, location,
                    value == Change.UNSET ? VariableTable.UNSET : 0));
            list.add(new Change(ordinal, value, location));
        }

        void verify() throws IOException {
            for (long at = 0; at <= version; at++) {
                verify(index.reader().at(at));
            }
            changes.forEach(this::verifyCurrent);
            final HashIndexReport report = index.reader().verify();
            // Counters are written by commits and by closing.
            index.close();
            try (HashIndexReader mapped = requireNonNull(folder.openNewest());
                    HashIndexReader once = requireNonNull(folder.openNewestOnce())) {
                assertEquals(version, mapped.version());
                verify(mapped);
                verify(once);
                final HashIndexReport closed = mapped.verify();
                assertTrue(closed.isIntact(), closed::toString);
                assertEquals(changes.size(), closed.variables());
                assertEquals(versions.size(), closed.versions());
                assertEquals(report.entries(), closed.entries());
            }
        }

        private void verifyCurrent(final Key key, final List<Change> list) {
            final Change current = visible(list, version);
            for (int value = 0; value < VALUES; value++) {
                assertEquals(current != null && current.value == value,
                        Names.holds(index, environments.getOrDefault(key.environment, 0), names.hash(key.name),
                                names.fingerprint(value)));
            }
        }

        private void verify(final HashIndexReader reader) {
            final Map<Integer, Map<Long, Long>> listed = new HashMap<>();
            changes.forEach((key, list) -> {
                final Change expected = visible(list, reader.version());
                final int environment = environments.getOrDefault(key.environment, 0);
                final long entry = reader.find(environment, names.hash(key.name));
                if (expected == null || expected.value == Change.UNSET) {
                    assertEquals(HashIndex.NOT_FOUND, entry);
                    assertEquals(expected == null, reader.findChange(environment, names.hash(key.name)) == 0);
                } else {
                    assertEquals(expected.location, reader.location(entry));
                    assertEquals(Names.fingerprint0(expected.value), reader.fingerprint0(entry));
                    listed.computeIfAbsent(environment, absent -> new HashMap<>()).put(expected.location,
                            version(expected));
                }
                assertEquals(list.stream().filter(change -> sees(change, reader.version())).count(),
                        reader.history(environment, names.hash(key.name), (e, l, f0, f1, v) -> {}));
            });
            for (final int environment : environments.values()) {
                final Map<Long, Long> found = new HashMap<>();
                reader.forEach(environment, (entry, at, f0, f1, v) -> found.put(at, v));
                assertEquals(listed.getOrDefault(environment, Map.of()), found);
            }
            assertEquals(environments.size(), reader.forEachEnvironment((id, at, variables) -> assertTrue(id > 0)));
        }

        private boolean sees(final Change change, final long at) {
            return version(change) <= at;
        }

        private long version(final Change change) {
            return versions.getOrDefault(change.ordinal, Long.MAX_VALUE);
        }

        private @Nullable Change visible(final List<Change> list, final long at) {
            Change best = null;
            for (final Change change : list) {
                if (sees(change, at)
                        && (best == null || version(change) >= version(best))) {
                    best = change;
                }
            }
            return best;
        }

        @Override
        public void close() {
            index.close();
            names.close();
        }
    }
}
