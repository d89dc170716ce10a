package io.envcli.engine;

import io.envcli.engine.StoreException.Kind;
import io.envcli.offheap.DiskObserver;
import io.envcli.offheap.FileSpace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Backups are whole, of one version, and come back as they were; or there is none. */
final class StoreBackupTest {
    @TempDir
    private Path top;

    private StoreConfig config(final String store) {
        return StoreConfig.builder().directory(top.resolve(store)).keyFile(top.resolve("key"))
                .durability(Durability.PROCESS).build();
    }

    @Test
    void aStoreThatIsWrittenToIsBackedUpAtOneVersion() throws Exception {
        final AtomicBoolean done = new AtomicBoolean();
        try (Store store = Store.open(StoreConfig.builder().directory(top.resolve("store")).keyFile(top.resolve("key"))
                .durability(Durability.PROCESS).segmentBytes(1 << 20).build())) {
            final byte[] value = new byte[20_000]; // So that segments roll.
            Arrays.fill(value, (byte) 'x');
            final Thread writer = new Thread(() -> {
                for (int i = 1; !done.get(); i++) {
                    store.put("e", "BIG", (i + " " + new String(value, StandardCharsets.US_ASCII))
                            .getBytes(StandardCharsets.US_ASCII));
                    store.put("e", "COUNT", String.valueOf(2 * i));
                }
            });
            store.put("e", "COUNT", "0");
            writer.start();
            try {
                long last = 0;
                for (int i = 0; i < 6; i++) {
                    final String name = "backup" + i;
                    final long floor = last + 40;
                    while (version(store) < floor) {
                        Thread.onSpinWait();
                    }
                    final BackupReport report = StoreBackup.backup(config("store"), top.resolve(name));
                    assertTrue(report.version() >= floor && report.sealsChecked(), () -> report + " after " + floor);
                    last = report.version();
                    assertTrue(StoreVerifier.verify(config(name)).intact());
                    try (StoreReader reader = StoreReader.open(config(name))) {
                        assertEquals(report.version(), reader.version());
                        final long count = Long.parseLong(
                                Objects.requireNonNull(reader.get("e", "COUNT")).value());
                        assertEquals((report.version() - 1) / 2 * 2, count);
                    }
                }
            } finally {
                done.set(true);
                writer.join();
            }
        }
        try (Store store = Store.open(config("backup5"))) {
            assertTrue(store.put("e", "AFTER", "value") > 1);
        }
        assertTrue(StoreVerifier.verify(config("backup5")).intact());
    }

    private static long version(final Store store) {
        try (StoreReader reader = store.reader()) {
            return reader.version();
        }
    }

    @Test
    void whatIsRestoredIsTheStore() throws IOException {
        final DamagedStore store = new DamagedStore(top, new Random(2));
        final BackupReport backedUp = StoreBackup.backup(store.config(), top.resolve("backup"));
        assertEquals(8, backedUp.version());
        try (Stream<Path> all = Files.walk(top.resolve("backup"))) {
            assertTrue(all.noneMatch(path -> path.endsWith("key") || path.endsWith("view")), "neither key nor view");
        }
        final StoreException taken = assertThrows(StoreException.class,
                () -> StoreBackup.restore(top.resolve("backup"), store.config()));
        assertEquals(Kind.INVALID, taken.kind());
        final BackupReport restored = StoreBackup.restore(top.resolve("backup"), store.config(top.resolve("restored")));
        assertTrue(restored.version() == 8 && restored.sealsChecked(), restored::toString);
        try (Store writer = Store.open(store.config(top.resolve("restored"))); StoreReader reader = writer.reader()) {
            assertEquals(store.at(8, Set.of()), DamagedStore.content(reader));
            reader.moveTo(4);
            assertEquals(store.at(4, Set.of()), DamagedStore.content(reader));
            assertEquals(9, writer.put("e", "NAME", "value"));
        }
        StoreBackup.copyKey(store.config(), top.resolve("key.copy"));
        assertEquals(Files.readString(top.resolve("key")), Files.readString(top.resolve("key.copy")));
        assertThrows(StoreException.class, () -> StoreBackup.copyKey(store.config(), top.resolve("key.copy")));
        final StoreConfig keyless = StoreConfig.builder().directory(top.resolve("keyless")).keyFile(top.resolve("none"))
                .build();
        assertFalse(StoreBackup.restore(top.resolve("backup"), keyless).sealsChecked());
    }

    @Test
    void aBackupThatWasCutOrChangedIsNoShorterOne() throws IOException {
        final DamagedStore store = new DamagedStore(top, new Random(3));
        final Path backup = top.resolve("backup");
        StoreBackup.backup(store.config(), backup);
        final Path file = backup.resolve("journal/000001/19700101F.cq4");
        final byte[] bytes = Files.readAllBytes(file);
        for (final int length : new int[]{bytes.length / 2, store.frames(3).getLast() - 4,
            store.frames(2).getLast() - 4}) {
            Files.write(file, Arrays.copyOf(bytes, length));
            assertFalse(StoreVerifier.verify(store.config(backup)).intact(), () -> "cut to " + length);
            assertEquals(Kind.DAMAGED, assertThrows(StoreException.class,
                    () -> StoreBackup.restore(backup, store.config(top.resolve("restored")))).kind());
            assertFalse(Files.exists(top.resolve("restored")));
        }
        store.damageImport();
        assertEquals(Kind.DAMAGED, assertThrows(StoreException.class,
                () -> StoreBackup.backup(store.config(), top.resolve("other"))).kind());
        assertFalse(Files.exists(top.resolve("other")));
    }

    /** Whatever step it fails at, there is no backup; and what a killed one leaves is not taken for a store. */
    @Test
    void aBackupThatFailsIsNone() throws IOException {
        final DamagedStore store = new DamagedStore(top, new Random(4));
        final List<Path> synced = new ArrayList<>();
        observe(path -> {
            if (path.toString().contains(".unfinished")) {
                synced.add(path);
            }
        });
        try {
            StoreBackup.backup(store.config(), top.resolve("whole"));
        } finally {
            FileSpace.observe(DiskObserver.NONE);
        }
        assertTrue(synced.stream().anyMatch(path -> path.endsWith("19700101F.cq4")), synced::toString);
        assertTrue(synced.stream().anyMatch(path -> path.endsWith("lock")), synced::toString);
        assertTrue(synced.size() >= 5, () -> "files and folders: " + synced);
        for (int i = 0; i < synced.size(); i++) {
            final int fatal = i;
            final int[] count = new int[1];
            observe(path -> {
                if (path.toString().contains(".unfinished") && count[0]++ == fatal) {
                    throw new UncheckedIOException(new IOException("the disk is gone"));
                }
            });
            try {
                assertThrows(StoreException.class, () -> StoreBackup.backup(store.config(), top.resolve("failed")));
            } finally {
                FileSpace.observe(DiskObserver.NONE);
            }
            assertFalse(Files.exists(top.resolve("failed")));
        }
        final Path killed = Files.createDirectory(top.resolve(".failed.unfinished"));
        copy(top.resolve("whole"), killed);
        Files.createFile(killed.resolve("unfinished"));
        assertEquals(Kind.NOT_A_STORE,
                assertThrows(StoreException.class, () -> StoreReader.open(store.config(killed))).kind());
        assertEquals(8, StoreBackup.backup(store.config(), top.resolve("failed")).version());
        assertFalse(Files.exists(killed));
    }

    private static void copy(final Path from, final Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (final Path path : (Iterable<Path>) all.skip(1)::iterator) {
                Files.copy(path, to.resolve(from.relativize(path).toString()));
            }
        }
    }

    private interface Syncing {
        void to(Path path);
    }

    private static void observe(final Syncing syncing) {
        FileSpace.observe(new DiskObserver() {
            @Override
            public void allocated(final Path file) {}

            @Override
            public void syncing(final Path path) {
                syncing.to(path);
            }

            @Override
            public void synced(final Path path) {}
        });
    }
}
