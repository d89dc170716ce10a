package io.envcli.engine;

import io.envcli.engine.StoreException.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What is whole of a damaged store stays readable, nothing wrong is answered as if it were certain, and it can be saved. */
final class SalvageTest {
    private static final long SEED = Long.getLong("salvage.seed", System.nanoTime());
    private static final int CASES = Integer.getInteger("salvage.cases", 12);

    @TempDir
    private Path top;
    private final Random random = new Random(SEED);

    @Test
    void aBlockIsLostAndTheRestAnswers() throws IOException {
        final DamagedStore store = new DamagedStore(top, random);
        final int frame = store.damageImport();
        store.deleteView();
        final StoreException refused = assertThrows(StoreException.class, () -> StoreReader.open(store.config()));
        assertEquals(Kind.DAMAGED, refused.kind());
        assertTrue(String.valueOf(refused.getMessage()).contains("verify --repair"), refused::getMessage);
        try (StoreReader reader = StoreReader.openSalvaging(store.config())) {
            assertEquals(store.lastVersion(), reader.version());
            assertEquals("third", value(reader, "PUT"));
            assertTrue(reader.isProved(7), "of a version behind the one that is damaged");
            final Map<String, String> now = DamagedStore.content(reader);
            assertTrue(now.size() > 2000 && now.size() < 3003,
                    () -> "one block is lost, and these are left: " + now.size());
            assertTrue(store.at(8, Set.of()).entrySet().containsAll(now.entrySet()), "all of it was so");
            assertFalse(reader.isProved(2));
            assertTrue(reader.isIncomplete());
            final String told = String.join("\n", reader.damage());
            assertTrue(told.contains(store.journal() + ":" + frame + ": "), told);
            assertTrue(told.contains("version 2: "), told);
            reader.moveTo(1);
            assertTrue(reader.damage().stream().noneMatch(line -> line.contains("version 2")),
                    "nothing of it was there");
            assertTrue(reader.isProved(1) && !reader.isIncomplete());
        }
        assertTrue(Files.exists(store.store().resolve("view/salvaged-1")), "the next one need not read the journal");
        try (StoreReader reader = StoreReader.openSalvaging(store.config())) {
            assertEquals("third", value(reader, "PUT"));
            assertFalse(reader.damage().isEmpty());
        }
        assertThrows(StoreException.class, () -> StoreReader.open(store.config()),
                "it is no whole view to anybody else");
    }

    @Test
    void aStoreThatIsRestoredIsWholeAgain() throws IOException {
        final DamagedStore store = new DamagedStore(top, random);
        final byte[] whole = Files.readAllBytes(store.journal());
        store.damageImport();
        store.deleteView();
        StoreReader.openSalvaging(store.config()).close();
        Files.write(store.journal(), whole);
        try (StoreReader reader = StoreReader.openSalvaging(store.config())) {
            assertEquals(store.at(8, Set.of()), DamagedStore.content(reader));
            assertTrue(reader.damage().isEmpty());
        }
        assertEquals(store.at(8, Set.of()), current(store.config()));
    }

    @Test
    void ofAWholeViewOnlyWhatIsDamagedIsLeftOut() throws IOException {
        final DamagedStore store = new DamagedStore(top, random);
        store.damageImport();
        try (StoreReader reader = StoreReader.openSalvaging(store.config())) {
            final Map<String, String> now = DamagedStore.content(reader);
            assertTrue(now.size() > 2000 && now.size() < 3003, () -> "left: " + now.size());
            assertTrue(store.at(8, Set.of()).entrySet().containsAll(now.entrySet()));
            assertEquals(now.size(), reader.list(DamagedStore.ENVIRONMENT).size());
            assertTrue(reader.isIncomplete());
            assertTrue(reader.isProved(2), "the view knows every change");
            assertEquals(1, reader.damage().size(), () -> String.join("\n", reader.damage()));
        }
    }

    @Test
    void aReaderIsAnsweredBesideAWriterThatGoesOnWithADamagedView() throws Exception {
        final DamagedStore store = new DamagedStore(top, random);
        final int frame = store.damageImport();
        final AtomicBoolean read = new AtomicBoolean();
        final ExecutorService thread = Executors.newSingleThreadExecutor();
        final StoreConfig roomy = StoreConfig.builder().directory(store.store()).keyFile(top.resolve("key"))
                .expectedPuts(100_000).build();
        try (Store writer = Store.open(roomy)) { // with a view that need not grow, so that it is not found out
            store.zeroEntries(100, 2000); // none that the writer needs
            final Future<Integer> puts = thread.submit(() -> {
                int count = 0;
                while (!read.get()) {
                    writer.put("another", "COUNT", Integer.toString(count++));
                }
                return count;
            });
            try (StoreReader reader = StoreReader.openSalvaging(store.config())) {
                final Map<String, String> now = DamagedStore.content(reader);
                assertTrue(now.size() > 2000 && now.size() < 3003, () -> "left: " + now.size());
                assertTrue(store.at(8, Set.of()).entrySet().containsAll(now.entrySet()));
                assertEquals(2, reader.damage().size(), () -> String.join("\n", reader.damage()));
                assertTrue(reader.damage().getFirst().contains(store.journal() + ":" + frame + ": "));
            } finally {
                read.set(true);
            }
            assertTrue(puts.get() > 0);
        } finally {
            read.set(true);
            thread.shutdown();
            assertTrue(thread.awaitTermination(60, TimeUnit.SECONDS));
        }
    }

    @Test
    void aWriterThatFindsDamageAddsNothing() throws IOException {
        final DamagedStore store = new DamagedStore(top, random);
        store.damageImport();
        store.deleteView();
        final Map<Path, String> before = store.files();
        final StoreException refused = assertThrows(StoreException.class, () -> Store.open(store.config()));
        assertTrue(String.valueOf(refused.getMessage()).contains("verify --repair"), refused::getMessage);
        final Map<Path, String> after = store.files();
        after.keySet().removeIf(file -> file.startsWith("view"));
        assertEquals(before, after);
    }

    @Test
    void whatIsWrittenBehindDamageThatNobodyHasFoundIsSafe() throws IOException {
        final DamagedStore store = new DamagedStore(top, random);
        store.flip(store.frames(3).get(1) + 300);
        try (Store writer = Store.open(store.config())) {
            assertEquals(9, writer.put(DamagedStore.ENVIRONMENT, "NEW", "behind"));
        }
        store.deleteView();
        try (StoreReader reader = StoreReader.openSalvaging(store.config())) {
            assertEquals("behind", value(reader, "NEW"));
            assertTrue(reader.isProved(9));
        }
        final RepairReport report = StoreRepair.repair(store.config(), top.resolve("saved"), false);
        assertEquals(9, report.lastVersion());
        try (StoreReader reader = StoreReader.open(store.config(top.resolve("saved")))) {
            assertEquals("behind", value(reader, "NEW"));
        }
    }

    @Test
    void whateverIsDamagedNothingWrongIsCertainAndWhatIsWholeIsSaved() throws IOException {
        System.out.println("salvage.seed=" + SEED);
        final DamagedStore store = new DamagedStore(top, random);
        final byte[] whole = Files.readAllBytes(store.journal());
        final byte[] lock = Files.readAllBytes(store.store().resolve("lock"));
        final Path head = head();
        final byte[] record = Files.readAllBytes(head);
        for (int i = 0; i < CASES; i++) {
            final byte[] damaged = damage(whole);
            Files.write(store.journal(), damaged);
            // Without it an end that was cut cannot be told from one that was never written.
            final boolean endIsKnown = i % 3 != 0;
            Files.write(store.store().resolve("lock"), endIsKnown ? lock : new byte[0]);
            final boolean headIsKnown = i % 2 == 0;
            Files.write(head, headIsKnown ? record : new byte[0]);
            store.deleteView();
            final String what = "case " + i + ", salvage.seed=" + SEED;
            try {
                read(store, endIsKnown || headIsKnown, what);
            } catch (final StoreException e) {
                assertTrue(e.kind() == Kind.OLDER && headIsKnown && !endIsKnown, () -> what + ": " + e.getMessage());
            }
            repair(store, top.resolve("saved" + i), endIsKnown, what);
        }
    }

    /** The only head record that there is. */
    private Path head() throws IOException {
        try (Stream<Path> records = Files.list(top.resolve("key.heads"))) {
            return records.findFirst().orElseThrow();
        }
    }

    /** One of: a bit, a page, the end, two pages far apart. */
    private byte[] damage(final byte[] whole) {
        final byte[] damaged = whole.clone();
        final int at = DamagedStore.BEGINNING + random.nextInt(whole.length - DamagedStore.BEGINNING - 4096);
        switch (random.nextInt(4)) {
            case 0 -> damaged[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> Arrays.fill(damaged, at, at + 4096, (byte) 0);
            case 2 -> {
                return Arrays.copyOf(damaged, at);
            }
            default -> {
                final int other = DamagedStore.BEGINNING + random.nextInt(whole.length - DamagedStore.BEGINNING - 4096);
                Arrays.fill(damaged, at, at + 512, (byte) 0xFF);
                damaged[other] ^= 1;
            }
        }
        return damaged;
    }

    private static void read(final DamagedStore store, final boolean endIsKnown, final String what) {
        try (StoreReader reader = StoreReader.openSalvaging(store.config())) {
            final Map<String, String> expected = store.at(endIsKnown ? store.lastVersion() : reader.version(),
                    Set.of());
            for (final String name : store.names()) {
                final Variable found = reader.get(DamagedStore.ENVIRONMENT, name);
                if (found == null) {
                    assertTrue(expected.get(name) == null || reader.isIncomplete(), () -> what + ": no " + name);
                } else {
                    assertTrue(store.everOf(name).contains(found.value()), () -> what + ": " + name);
                    assertTrue(!reader.isProved(found.version()) || found.value().equals(expected.get(name)),
                            () -> what + ": " + name + " is answered wrong, and as if that were certain");
                }
            }
        }
    }

    private static void repair(final DamagedStore store, final Path target, final boolean endIsKnown, final String what)
            throws IOException {
        final Map<Path, String> before = store.files();
        final RepairReport report = StoreRepair.repair(store.config(), target, false);
        assertEquals(before, store.files(), () -> what + ": the damaged store was touched");
        final Set<Long> lost = new HashSet<>();
        report.losses().forEach(loss -> {
            for (long version = loss.first(); version <= loss.last(); version++) {
                lost.add(version);
            }
        });
        assertTrue(report.lastVersion() == store.lastVersion() || !endIsKnown, () -> what + ": " + report);
        assertEquals(report.isComplete(), lost.isEmpty() && !report.openEnded());
        assertTrue(report.isComplete() || !report.findings().isEmpty(), () -> what + ": " + report);
        assertTrue(StoreVerifier.verify(store.config(target)).intact(), what);
        try (StoreReader reader = StoreReader.open(store.config(target))) {
            for (long version = report.lastVersion(); version >= 0; version--) {
                final long at = version;
                reader.moveTo(at);
                assertEquals(store.at(at, lost), DamagedStore.content(reader), () -> what + " at version " + at);
            }
        }
        try (Store writer = Store.open(store.config(target))) {
            assertEquals(report.lastVersion() + 1, writer.put("f", "NAME", "value"));
        }
    }

    @Test
    void ofADamagedVersionTheRestIsSavedWhereThatIsAskedFor() throws IOException {
        final DamagedStore store = new DamagedStore(top, random);
        store.damageImport();
        final RepairReport whole = StoreRepair.repair(store.config(), top.resolve("whole"), false);
        assertEquals(1, whole.losses().size());
        final RepairReport.Loss loss = whole.losses().getFirst();
        assertTrue(
                loss.first() == 2 && loss.last() == 2 && loss.changes() == 3000 && loss.whole() > 2000 && !loss.saved(),
                loss::toString);
        assertEquals(store.at(8, Set.of(2L)), current(store.config(top.resolve("whole"))));
        final RepairReport partial = StoreRepair.repair(store.config(), top.resolve("partial"), true);
        assertTrue(partial.losses().getFirst().saved());
        final Map<String, String> saved = current(store.config(top.resolve("partial")));
        assertTrue(store.at(8, Set.of()).entrySet().containsAll(saved.entrySet()));
        assertTrue(saved.size() >= loss.whole(), () -> "saved: " + saved.size());
    }

    @Test
    void nothingIsOverwrittenAndNothingHalfIsLeft() throws IOException {
        final DamagedStore store = new DamagedStore(top, random);
        final Path taken = Files.createDirectory(top.resolve("taken"));
        Files.writeString(taken.resolve("file"), "mine");
        assertEquals(Kind.INVALID,
                assertThrows(StoreException.class, () -> StoreRepair.repair(store.config(), taken, false)).kind());
        assertEquals(Kind.INVALID, assertThrows(StoreException.class,
                () -> StoreRepair.repair(store.config(), store.store().resolve("view/saved"), false)).kind());
        final Path empty = Files.createDirectory(top.resolve("empty"));
        assertTrue(StoreRepair.repair(store.config(), empty, false).isComplete());
        assertEquals(store.at(8, Set.of()), current(store.config(empty)));
    }

    private static Map<String, String> current(final StoreConfig config) {
        try (StoreReader reader = StoreReader.open(config)) {
            return DamagedStore.content(reader);
        }
    }

    private static String value(final StoreReader reader, final String name) {
        return Objects.requireNonNull(reader.get(DamagedStore.ENVIRONMENT, name)).value();
    }

    @Test
    void theFirstSegmentsBeginningIsLost() throws IOException {
        final DamagedStore store = new DamagedStore(top, random);
        final byte[] bytes = Files.readAllBytes(store.journal());
        Arrays.fill(bytes, 0, store.frames(1).getFirst() + 64, (byte) 0);
        Files.write(store.journal(), bytes);
        store.deleteView();
        try (StoreReader reader = StoreReader.openSalvaging(store.config())) {
            assertEquals(store.at(8, Set.of()), DamagedStore.content(reader), "nothing was in it");
            assertNull(reader.get(DamagedStore.ENVIRONMENT, "NONE"));
            assertFalse(reader.isIncomplete());
        }
        assertTrue(StoreRepair.repair(store.config(), top.resolve("saved"), false).isComplete());
        assertEquals(store.at(8, Set.of()), current(store.config(top.resolve("saved"))));
    }
}
