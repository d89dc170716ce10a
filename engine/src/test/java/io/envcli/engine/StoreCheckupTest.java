package io.envcli.engine;

import io.envcli.journal.UserKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The doctor's look at a store that was rekeyed: lock, journal and view are in its home then. */
final class StoreCheckupTest {
    @TempDir
    private Path folder;
    private StoreConfig config;

    @BeforeEach
    void makeRekeyedStore() {
        config = config("key");
        try (Store store = Store.open(config)) {
            store.put("default", "NAME", "value");
        }
        StoreRekey.rekey(config);
    }

    private StoreConfig config(final String key) {
        return StoreConfig.builder().directory(folder.resolve("store")).keyFile(folder.resolve("config").resolve(key))
                .expectedBytes(0).build();
    }

    @Test
    void aRekeyedStoreIsWhole() {
        final StoreCheckup checkup = StoreCheckup.of(config);
        assertEquals(new StoreCheckup(true, false, checkup.writerPid(), true, StoreCheckup.View.WHOLE,
                StoreCheckup.Key.FITS, ""), checkup);
    }

    @Test
    void itsWriterIsSeen() {
        try (Store store = Store.open(config)) {
            final StoreCheckup checkup = StoreCheckup.of(config);
            assertTrue(checkup.writerActive());
            assertEquals(ProcessHandle.current().pid(), checkup.writerPid());
            assertEquals(StoreCheckup.View.IN_USE, checkup.view());
            store.put("default", "NAME", "other");
        }
    }

    @Test
    void aWrongKeyIsRefused() throws IOException {
        UserKey.create(folder.resolve("config/other")).close();
        final StoreCheckup checkup = StoreCheckup.of(config("other"));
        assertEquals(StoreCheckup.Key.REFUSED, checkup.key());
        assertTrue(checkup.keyProblem().contains("wrong key"), checkup.keyProblem());
        assertEquals(StoreCheckup.View.WHOLE, checkup.view());
        assertEquals(StoreCheckup.Key.REFUSED, StoreCheckup.of(config("none")).key());
    }

    @Test
    void aStoreThatCannotBeOpenedSaysNothingOfTheKey() throws IOException {
        try (Stream<Path> files = Files.walk(StoreHomes.newest(config.directory()).resolve("journal"))) {
            for (final Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                Files.write(file, new byte[100]);
            }
        }
        final StoreCheckup checkup = StoreCheckup.of(config);
        assertEquals(StoreCheckup.Key.UNKNOWN, checkup.key(), checkup.toString());
        assertFalse(checkup.keyProblem().isEmpty());
    }
}
