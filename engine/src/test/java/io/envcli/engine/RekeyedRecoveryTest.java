package io.envcli.engine;

import io.envcli.engine.StoreException.Kind;
import io.envcli.engine.internal.store.NewFolder;
import io.envcli.journal.JournalBackup;
import io.envcli.journal.JournalReport;
import io.envcli.journal.UserKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Backup, restore and repair of stores that were rekeyed, or come back older than they were. */
final class RekeyedRecoveryTest {
    @TempDir
    private Path top;

    private static Map<String, String> content(final StoreConfig config) {
        try (StoreReader reader = StoreReader.open(config)) {
            return DamagedStore.content(reader);
        }
    }

    @Test
    void aRekeyedStoreIsBackedUpAndComesBack() throws IOException {
        final DamagedStore store = new DamagedStore(top, new Random(1));
        StoreRekey.rekey(store.config());
        final Path backup = top.resolve("backup");
        assertEquals(8, StoreBackup.backup(store.config(), backup).version());
        assertTrue(StoreVerifier.verify(store.config(backup)).intact());
        assertEquals(store.at(8, Set.of()), content(store.config(backup)));
        final Path copied = top.resolve("copied"); // by another tool, home and all
        try (Stream<Path> all = Files.walk(store.store())) {
            for (final Path path : (Iterable<Path>) all::iterator) {
                Files.copy(path, copied.resolve(store.store().relativize(path).toString()));
            }
        }
        StoreRekey.retire(store.config());
        for (final Path from : new Path[]{backup, copied}) {
            Folders.delete(store.store());
            assertTrue(StoreBackup.restore(from, store.config()).sealsChecked());
            assertTrue(StoreVerifier.verify(store.config()).intact(), from::toString);
            assertEquals(store.at(8, Set.of()), content(store.config()), from::toString);
        }
        try (Store writer = Store.open(store.config())) {
            assertEquals(9, writer.put("e", "NAME", "value"));
        }
        assertEquals(9, StoreRekey.rekey(store.config()));
    }

    @Test
    void anOlderBackupIsReadWithoutComplaint() throws IOException {
        final DamagedStore store = new DamagedStore(top, new Random(2));
        StoreBackup.backup(store.config(), top.resolve("backup"));
        try (Store writer = Store.open(store.config())) {
            writer.put(DamagedStore.ENVIRONMENT, "LATER", "value");
        }
        Folders.delete(store.store());
        StoreBackup.restore(top.resolve("backup"), store.config());
        assertEquals(store.at(8, Set.of()), content(store.config()));
        assertTrue(StoreVerifier.verify(store.config()).intact());
        try (Store writer = Store.open(store.config())) {
            assertEquals(9, writer.put(DamagedStore.ENVIRONMENT, "OTHER", "way"));
        }
        assertEquals("way", content(store.config()).get("OTHER"));
    }

    /** What is restored needs its key, though the store that was there before had the new one. */
    @Test
    void aBackupFromBeforeRekeyingKeepsItsKey() throws IOException {
        final DamagedStore store = new DamagedStore(top, new Random(3));
        StoreBackup.backup(store.config(), top.resolve("backup"));
        StoreRekey.rekey(store.config());
        Folders.delete(store.store());
        StoreBackup.restore(top.resolve("backup"), store.config());
        assertEquals(store.at(8, Set.of()), content(store.config()));
        final StoreConfig other = StoreConfig.builder().directory(top.resolve("other")).keyFile(top.resolve("key"))
                .build();
        try (Store writer = Store.open(other)) {
            writer.put("e", "NAME", "value");
        }
        final StoreException needed = assertThrows(StoreException.class, () -> StoreRekey.retire(other));
        assertEquals(Kind.KEY, needed.kind());
        assertTrue(String.valueOf(needed.getMessage()).contains(store.store().toString()), needed::getMessage);
        StoreRekey.rekey(store.config());
        assertEquals(1, StoreRekey.retire(other));
        assertEquals(store.at(8, Set.of()), content(store.config()));
    }

    @Test
    void whatIsWholeOfARekeyedStoreIsReadAndSaved() throws IOException {
        final DamagedStore store = new DamagedStore(top, new Random(4));
        StoreRekey.rekey(store.config());
        try (Store writer = Store.open(StoreConfig.builder().directory(top.resolve("other")).keyFile(top.resolve("key"))
                .build())) {
            writer.put("e", "NAME", "value");
        }
        StoreRekey.rekey(StoreConfig.builder().directory(top.resolve("other")).keyFile(top.resolve("key")).build());
        final int frame = store.damageImport();
        store.deleteView();
        try (StoreReader reader = StoreReader.openSalvaging(store.config())) {
            assertEquals("third", Objects.requireNonNull(reader.get(DamagedStore.ENVIRONMENT, "PUT")).value());
            assertTrue(reader.isProved(7) && !reader.isProved(2));
            final String told = String.join("\n", reader.damage());
            assertTrue(told.contains(store.journal() + ":" + frame + ": "), told);
        }
        final Path saved = top.resolve("saved");
        final RepairReport report = StoreRepair.repair(store.config(), saved, false);
        assertEquals(1, report.losses().size(), report::toString);
        assertEquals(store.journal(), report.findings().getFirst().file());
        assertTrue(StoreVerifier.verify(store.config(saved)).intact());
        assertEquals(store.at(8, Set.of(2L)), content(store.config(saved)));
        Folders.delete(store.store());
        final RepairReport whole = StoreRepair.repair(store.config(saved), store.store(), false);
        assertTrue(whole.isComplete(), whole::toString);
        assertEquals(store.at(8, Set.of(2L)), content(store.config()), "in the place of another, it is no older state");
    }

    /** Damage is no way around the head record: what is told to be proved is not older than that says. */
    @Test
    void aDamagedOlderStateProvesNothing() throws IOException {
        final DamagedStore store = new DamagedStore(top, new Random(5));
        StoreBackup.backup(store.config(), top.resolve("older"));
        try (Store writer = Store.open(store.config())) {
            writer.put(DamagedStore.ENVIRONMENT, "PUT", "fourth");
        }
        Folders.delete(store.store());
        Files.move(top.resolve("older"), store.store());
        store.damageImport();
        try (StoreReader reader = StoreReader.openSalvaging(store.config())) {
            assertEquals("third", Objects.requireNonNull(reader.get(DamagedStore.ENVIRONMENT, "PUT")).value());
            assertFalse(reader.isProved(7));
            final String told = String.join("\n", reader.damage());
            assertTrue(told.contains("the record beside the key knows of a version"), told);
        }
    }

    @Test
    void aBackupBeginsAnewWhereTheStoreIsRekeyed() throws IOException {
        final DamagedStore store = new DamagedStore(top, new Random(6));
        final AtomicInteger calls = new AtomicInteger();
        final JournalReport copied = NewFolder.make(store.store(), top.resolve("backup"), (home, folder) -> {
            final int call = calls.incrementAndGet();
            try (UserKey key = UserKey.load(top.resolve("key"))) {
                final JournalReport report = JournalBackup.copy(home, key, folder);
                if (call < 3) {
                    StoreRekey.rekey(store.config());
                }
                if (call == 2) {
                    throw new IOException("what was read is no longer there");
                }
                return report;
            }
        });
        assertEquals(3, calls.get());
        assertEquals(8, copied.versions());
        StoreRekey.retire(store.config());
        assertEquals(store.at(8, Set.of()), content(store.config(top.resolve("backup"))), "it has the newest key");
        assertThrows(IOException.class, () -> NewFolder.make(store.store(), top.resolve("other"), (home, folder) -> {
            throw new IOException("the disk is gone");
        }));
        assertFalse(Files.exists(top.resolve("other")));
    }

    @Test
    void backupsAndReadersGoOnWhileAStoreIsRekeyed() throws Exception {
        final DamagedStore store = new DamagedStore(top, new Random(7));
        final AtomicReference<Throwable> failed = new AtomicReference<>();
        final Thread rekeying = new Thread(() -> {
            for (int i = 0; i < 3; i++) {
                StoreRekey.rekey(store.config());
            }
        });
        rekeying.setUncaughtExceptionHandler((_, thrown) -> failed.set(thrown));
        rekeying.start();
        try (StoreReader reader = StoreReader.openSalvaging(store.config())) {
            for (int i = 0; rekeying.isAlive(); i++) {
                final Path backup = top.resolve("backup" + i);
                assertEquals(8, StoreBackup.backup(store.config(), backup).version());
                assertEquals(store.at(8, Set.of()), content(store.config(backup)));
                Folders.delete(backup);
                assertEquals(store.at(8, Set.of()), DamagedStore.content(reader), "nothing is left out");
                assertTrue(reader.damage().isEmpty(), () -> reader.damage().toString());
            }
        } finally {
            rekeying.join();
        }
        assertNull(failed.get());
    }
}
