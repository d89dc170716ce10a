package io.envcli.offheap;

import io.envcli.offheap.testing.LeakCheck;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Growth beside the writer, against a model: versions of variables in some environments, with transactions that overlap. */
@ExtendWith(LeakCheck.class)
class HashIndexGrowthTest {
    private static final int CAPACITY = 1 << 14;
    private static final int ENVIRONMENTS = 5;
    private static final int VARIABLES = 4000;

    @TempDir
    private Path folder;

    private final Map<Long, TreeMap<Long, Long>> model = new HashMap<>();
    private final Map<Long, Long> imported = new HashMap<>();
    private HashIndexFolder view = new HashIndexFolder(Path.of("none"), HashIndexTest.STORE, HashIndexTest.BOOT);
    private Random random = new Random(0);
    private long number;
    private long version;
    private int importOrdinal;

    @BeforeEach
    void begin() {
        final long seed = System.nanoTime();
        System.out.println("seed = " + seed);
        random = new Random(seed);
        view = new HashIndexFolder(folder.resolve("view"), HashIndexTest.STORE, HashIndexTest.BOOT);
    }

    @Test
    void whatHasGrownBesideTheWriterIsTheSame() throws IOException {
        HashIndex index = view.create(CAPACITY, CAPACITY);
        try (Names names = new Names()) {
            for (int generation = 2; generation <= 3; generation++) {
                final HashIndex before = index;
                while (index == before) {
                    if (index.room() < 100 || index.transactionRoom() < 100) {
                        awaitGrown(index); // on a busy machine
                    } else {
                        change(index, names);
                    }
                    index = view.growAhead(index);
                }
                assertEquals(generation, index.generation());
                check(names);
                for (int i = 0; i < 2000; i++) {
                    change(index, names);
                }
                check(names);
            }
        } finally {
            index.close();
        }
        try (Names names = new Names()) {
            check(names);
        }
    }

    @Test
    void aWriterWithoutRoomTakesOverWhatHasBegun() throws IOException {
        HashIndex index = view.create(CAPACITY, CAPACITY);
        try (Names names = new Names()) {
            while (index.entryCount() < index.room()) {
                change(index, names);
            }
            assertEquals(index, view.growAhead(index), "it has begun");
            while (index.room() > 2 * ENVIRONMENTS) {
                change(index, names);
            }
            index = view.grow(index);
            assertEquals(2, index.generation());
            change(index, names);
            check(names);
        } finally {
            index.close();
        }
    }

    @Test
    void whatIsNotNeededAnyMoreIsDeleted() throws IOException {
        final HashIndex index = view.create(CAPACITY, CAPACITY);
        try (Names names = new Names()) {
            while (index.entryCount() < index.room()) {
                change(index, names);
            }
            index.growAhead(view);
            awaitGrown(index);
            assertTrue(Files.exists(unfinished()));
        } finally {
            index.close();
        }
        assertFalse(Files.exists(unfinished()));
        assertFalse(Files.exists(view.file(2)));
    }

    @Test
    void aFailureIsReportedByTheGrowthThatIsNeeded() throws IOException {
        HashIndex index = view.create(CAPACITY, CAPACITY);
        try (Names names = new Names()) {
            Files.createDirectory(view.file(2));
            while (index.entryCount() < index.room()) {
                change(index, names);
            }
            assertEquals(index, view.growAhead(index));
            final HashIndex full = index;
            assertThrows(IOException.class, () -> view.grow(full));
            change(index, names);
            Files.delete(view.file(2));
            index = view.grow(index);
            change(index, names);
            check(names);
        } finally {
            index.close();
        }
    }

    @Test
    void anImportAloneGrowsNothingAhead() throws IOException {
        try (HashIndex index = view.create(CAPACITY, CAPACITY); Names names = new Names()) {
            for (int i = 0; i < CAPACITY / 3; i++) {
                set(index, names, index.transaction(1), random.nextInt(ENVIRONMENTS), i, false);
            }
            assertEquals(index, view.growAhead(index));
            assertFalse(index.hasGrownAhead());
            assertFalse(Files.exists(unfinished()));
        }
    }

    @Test
    void whatIsShortIsDoubledAlone() throws IOException {
        HashIndex index = view.create(10 * CAPACITY, 64);
        try (Names names = new Names()) {
            final long entries = index.room();
            for (int i = 0; i < 1000; i++) {
                if (index.transactionRoom() < 3) {
                    awaitGrown(index);
                }
                index = view.growAhead(index);
                change(index, names);
            }
            assertTrue(index.generation() > 3, "transactions were short");
            assertEquals(entries, index.room() + index.entryCount(), "entries were not");
            check(names);
        } finally {
            index.close();
        }
    }

    @Test
    void aGrowthOfWhatIsNotShortAnyMoreIsGivenUp() throws IOException {
        HashIndex index = view.create(CAPACITY, CAPACITY / 2);
        try (Names names = new Names()) {
            for (int i = 0; index.entryCount() < index.room(); i++) {
                set(index, names, i == 0 ? index.transaction(++number) : 1, 0, i, false);
            }
            commit(index, 1, Map.of());
            assertEquals(index, view.growAhead(index), "entries are short");
            awaitGrown(index);
            while (index.transactionRoom() > 0) {
                index.abandon(index.transaction(++number));
            }
            index = view.grow(index);
            assertTrue(index.transactionRoom() > 0);
        } finally {
            index.close();
        }
    }

    private Path unfinished() {
        return folder.resolve("view").resolve(view.file(2).getFileName() + HashIndexBuilder.UNFINISHED);
    }

    private static void awaitGrown(final HashIndex index) {
        final long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!index.hasGrownAhead()) {
            assertTrue(System.nanoTime() < deadline, "it never grew");
            Thread.onSpinWait();
        }
    }

    /** A put that commits; now and then a change of an import that commits or is given up much later. */
    private void change(final HashIndex index, final Names names) {
        if (importOrdinal == 0) {
            importOrdinal = index.transaction(++number);
        }
        if (random.nextInt(8) == 0) {
            final long key = key(random.nextInt(ENVIRONMENTS), random.nextInt(VARIABLES));
            final boolean unset = random.nextInt(4) == 0;
            imported.put(key, set(index, names, importOrdinal, (int) (key >>> 32), (int) key, unset));
        }
        final long key = key(random.nextInt(ENVIRONMENTS), random.nextInt(VARIABLES));
        final int ordinal = index.transaction(++number);
        final long value = set(index, names, ordinal, (int) (key >>> 32), (int) key, random.nextInt(10) == 0);
        commit(index, ordinal, Map.of(key, value));
        if (random.nextInt(1500) == 0) {
            if (random.nextBoolean()) {
                commit(index, importOrdinal, imported);
            } else {
                index.abandon(importOrdinal);
            }
            imported.clear();
            importOrdinal = 0;
        }
    }

    private static long key(final int environment, final int name) {
        return ((long) environment << 32) | name;
    }

    /** Returns the value; negative for an unset. */
    private long set(final HashIndex index, final Names names, final int ordinal, final int environment, final int name,
            final boolean unset) {
        final long value = ++number;
        final int inIndex = index.environment(names.hash(-1 - environment), value * 16);
        final int code = index.upsert(inIndex, names.hash(name), names.fingerprint(value), ordinal, value * 16,
                unset ? VariableTable.UNSET : 0);
        assertTrue(code > 0, "code=" + code);
        return unset ? -value : value;
    }

    private void commit(final HashIndex index, final int ordinal, final Map<Long, Long> changes) {
        index.commit(ordinal, ++version, 0, 0);
        changes.forEach((key, value) -> model.computeIfAbsent(key, _ -> new TreeMap<>()).put(version, value));
    }

    /** Every variable, now and at a version of the past, and what the index says of itself. */
    private void check(final Names names) throws IOException {
        try (HashIndexReader newest = requireNonNull(view.openNewest())) {
            assertEquals(version, newest.version());
            assertEquals(List.of(), newest.verify().findings());
            final HashIndexReader past = newest.at(1 + random.nextLong(version));
            for (int environment = 0; environment < ENVIRONMENTS; environment++) {
                for (int name = 0; name < VARIABLES; name++) {
                    final TreeMap<Long, Long> history = model.getOrDefault(key(environment, name), new TreeMap<>());
                    check(newest, names, environment, name, history);
                    check(past, names, environment, name, history);
                }
            }
        }
    }

    private static void check(final HashIndexReader reader, final Names names, final int environment, final int name,
            final NavigableMap<Long, Long> history) {
        final int inIndex = reader.findEnvironment(names.hash(-1 - environment));
        final long entry = inIndex == 0 ? 0 : reader.find(inIndex, names.hash(name));
        final Map.Entry<Long, Long> expected = history.floorEntry(reader.version());
        if (expected == null || expected.getValue() < 0) {
            assertEquals(0, entry, () -> environment + "/" + name);
        } else {
            assertTrue(entry > 0, () -> environment + "/" + name + ": " + entry);
            assertEquals(expected.getValue() * 16, reader.location(entry), () -> environment + "/" + name);
        }
    }
}
