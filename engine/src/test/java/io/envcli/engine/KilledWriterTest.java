package io.envcli.engine;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * A writer that is killed leaves its view as it was at that instant. Readers use it if it has all that is committed, and only
 * then. A copy of the files of an open store is what such a writer leaves.
 */
final class KilledWriterTest {
    @TempDir
    private Path top;
    private Path killed = Path.of("");
    private final Map<String, String> expected = new TreeMap<>();

    @BeforeEach
    void folder() {
        killed = top.resolve("killed");
    }

    private StoreConfig config(final Path store) {
        return StoreConfig.builder().directory(store).keyFile(top.resolve("key")).durability(Durability.PROCESS)
                .build();
    }

    private void put(final Store store, final String name, final String value) {
        store.put(DamagedStore.ENVIRONMENT, name, value);
        expected.put(name, value);
    }

    private void copy(final String part) throws IOException {
        final Path from = top.resolve("store").resolve(part);
        try (Stream<Path> all = Files.walk(from)) {
            for (final Path path : (Iterable<Path>) all::iterator) {
                final Path to = killed.resolve(part).resolve(from.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(to);
                } else {
                    Files.createDirectories(to.getParent());
                    Files.copy(path, to, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    private long recoveryNanos() {
        try (StoreReader reader = StoreReader.open(config(killed))) {
            assertEquals(expected, DamagedStore.content(reader));
            final StoreStatus status = reader.status();
            assertEquals(expected.size(), status.variables());
            return status.recoveryNanos();
        }
    }

    @Test
    void aViewThatHasAllThatIsCommittedIsReadAsItIs() throws IOException {
        try (Store store = Store.open(config(top.resolve("store")))) {
            for (int i = 0; i < 300; i++) {
                put(store, "NAME_" + i % 200, "value " + i);
            }
            copy("journal");
            copy("view");
            copy("lock");
        }
        assertEquals(0, recoveryNanos());
        assertEquals(0, recoveryNanos(), "it stays so");
        try (Store store = Store.open(config(killed))) {
            put(store, "NEXT", "of the next writer");
        }
        assertEquals(0, recoveryNanos());
        assertTrue(StoreVerifier.verify(config(killed)).intact());
    }

    @Test
    void aViewThatLacksACommitIsMadeAnew() throws IOException {
        try (Store store = Store.open(config(top.resolve("store")))) {
            put(store, "A", "1");
            copy("view");
            put(store, "A", "2");
            copy("journal");
            copy("lock");
        }
        assertNotEquals(0, recoveryNanos());
        assertEquals(0, recoveryNanos(), "by whoever came first");
    }

    @Test
    void aHoleInTheJournalIsNotTakenForItsEnd() throws IOException {
        try (Store store = Store.open(config(top.resolve("store")))) {
            put(store, "A", "1");
            copy("view");
            copy("journal");
            final Path file = killed.resolve("journal/000001/19700101F.cq4");
            final long end = end(file);
            put(store, "A", "2");
            put(store, "B", "3");
            copy("journal");
            copy("lock");
            try (FileChannel channel = FileChannel.open(file,
                    StandardOpenOption.WRITE)) {
                channel.write(ByteBuffer.allocate(64), end);
            }
        }
        final StoreException refused = assertThrows(StoreException.class,
                this::recoveryNanos);
        assertEquals(StoreException.Kind.DAMAGED, refused.kind());
    }

    @Test
    void aCommitWithoutTheHeaderOfItsDocumentCounts() throws IOException {
        try (Store store = Store.open(config(top.resolve("store")))) {
            put(store, "A", "1");
            put(store, "B", "2");
            copy("view");
            copy("journal");
            copy("lock");
        }
        final Path file = killed.resolve("journal/000001/19700101F.cq4");
        final byte[] bytes = Files.readAllBytes(file);
        int commit = bytes.length - 8;
        while (bytes[commit] != 'E' || bytes[commit + 1] != 'C' || bytes[commit + 2] != 'J'
                || bytes[commit + 3] != 'F') {
            commit -= 4;
        }
        Arrays.fill(bytes, commit - 4, commit, (byte) 0);
        Files.write(file, bytes);
        assertEquals(2, StoreBackup.backup(config(killed), top.resolve("backup")).version());
        try (StoreReader reader = StoreReader.open(config(top.resolve("backup")))) {
            assertEquals(expected, DamagedStore.content(reader));
        }
        recoveryNanos();
    }

    /** Behind the last byte that is not zero, rounded up to where the next document begins. */
    private static long end(final Path file) throws IOException {
        final byte[] bytes = Files.readAllBytes(file);
        int end = bytes.length;
        while (bytes[end - 1] == 0) {
            end--;
        }
        return (end + 3L) / 4 * 4;
    }
}
