package io.envcli.engine;

import io.envcli.engine.StoreException.Kind;
import io.envcli.engine.dialect.Dialect;
import io.envcli.offheap.testing.LeakCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Reading a store as it was. */
@ExtendWith(LeakCheck.class)
final class VersionsTest {
    @TempDir
    private Path top;

    private StoreConfig config() {
        return StoreConfig.builder().directory(top.resolve("store")).keyFile(top.resolve("key"))
                .durability(Durability.PROCESS).build();
    }

    @Test
    void everyVersionAnswersAsAMapThatWasCopiedThen() {
        final long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        final Random random = new Random(seed);
        final List<Map<String, String>> versions = new ArrayList<>(List.of(new TreeMap<>()));
        try (Store store = Store.open(config())) {
            for (int i = 0; i < 60; i++) {
                final TreeMap<String, String> next = new TreeMap<>(versions.getLast());
                change(store, random, next, i);
                if (!next.equals(versions.getLast())) {
                    versions.add(next);
                }
            }
        }
        check(versions);
        deleteView(); // A view that is rebuilt from the journal knows the same.
        check(versions);
    }

    private static void change(final Store store, final Random random, final Map<String, String> next,
            final int i) {
        final String name = "N" + random.nextInt(6);
        switch (random.nextInt(3)) {
            case 0 -> {
                store.unset("e", name);
                next.remove(name);
            }
            case 1 -> {
                store.put("e", name, "v" + i);
                next.put(name, "v" + i);
            }
            default -> {
                final String text = name + "=a" + i + "\nN7=b" + i + "\n" + name + "=c" + i + "\n";
                store.importFrom(stream(text), ImportProgress.NONE);
                next.put("N7", "b" + i);
                next.put(name, "c" + i);
            }
        }
    }

    private static ImportRequest stream(final String text) {
        return new ImportRequest(List.of(), new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
                Dialect.DOTENV, "e");
    }

    private void check(final List<Map<String, String>> versions) {
        try (StoreReader reader = StoreReader.open(config())) {
            assertEquals(versions.size() - 1, reader.version());
            for (int version = versions.size() - 1; version >= 0; version--) {
                reader.moveTo(version);
                assertEquals(version, reader.version());
                final TreeMap<String, String> found = new TreeMap<>();
                reader.forEach("e", variable -> found.put(variable.name(), variable.value()));
                assertEquals(versions.get(version), found);
                assertEquals(List.copyOf(found.keySet()), reader.list("e").stream().map(ListedVariable::name).toList());
                for (int name = 0; name < 8; name++) {
                    final Variable variable = reader.get("e", "N" + name);
                    assertEquals(found.get("N" + name), variable == null ? null : variable.value());
                    checkHistory(reader, "N" + name, versions.subList(0, version + 1));
                }
            }
            reader.refresh();
            assertEquals(versions.size() - 1, reader.version());
        }
    }

    private static void checkHistory(final StoreReader reader, final String name,
            final List<Map<String, String>> versions) {
        final List<VariableChange> history = reader.history("e", name);
        int next = 0;
        for (int version = versions.size() - 1; version > 0; version--) {
            final String value = versions.get(version).get(name);
            final String before = versions.get(version - 1).get(name);
            if (value == null ? before != null : !value.equals(before)) {
                final VariableChange change = history.get(next++);
                assertEquals(version, change.version());
                assertEquals(value != null, change.isSet());
                assertEquals(change.isSet(), !change.fingerprint().isEmpty());
                if (value != null) {
                    final boolean imported = !value.startsWith("v");
                    assertEquals(imported ? "-" : "", change.source());
                    assertEquals(value.startsWith("c") ? 3 : value.startsWith("b") ? 2 : 1, change.line());
                }
            }
        }
        assertEquals(next, history.size(), name);
    }

    private void deleteView() {
        try (Stream<Path> files = Files.list(top.resolve("store/view"))) {
            for (final Path file : files.toList()) {
                Files.delete(file);
            }
        } catch (final IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void theLogSaysWhoDidWhatWhenAndFromWhere() throws IOException {
        final Instant before = Instant.ofEpochMilli(System.currentTimeMillis());
        Files.writeString(top.resolve(".env"), "A=1\nB=2\nB=3\n");
        try (Store store = Store.open(config())) {
            store.importFrom(ImportRequest.of(top.resolve(".env")), ImportProgress.NONE);
            store.put("e", "A", "1");
            store.unset("e", "A");
            try (StoreReader reader = store.reader()) {
                final List<StoreVersion> log = new ArrayList<>();
                reader.forEachVersion(log::add);
                assertEquals(List.of(3L, 2L, 1L), log.stream().map(StoreVersion::version).toList());
                assertEquals(List.of("put", "put", top.resolve(".env").toString()),
                        log.stream().map(StoreVersion::source).toList());
                assertEquals(System.getProperty("user.name"), log.getFirst().user());
                assertFalse(log.getFirst().time().isBefore(before));
                assertFalse(log.getLast().time().isAfter(log.getFirst().time()));
                log.clear();
                reader.moveTo(2);
                reader.forEachVersion(version -> {
                    log.add(version);
                    return false;
                });
                assertEquals(List.of(2L), log.stream().map(StoreVersion::version).toList());
            }
        }
    }

    @Test
    void aTimeFindsTheVersionThatWasCommittedByThen() {
        final List<Long> times = new ArrayList<>();
        try (Store store = Store.open(config()); StoreReader reader = store.reader()) {
            for (int i = 0; i < 3; i++) {
                store.put("e", "A", "v" + i);
                final long committed = System.currentTimeMillis();
                times.add(committed);
                while (System.currentTimeMillis() <= committed) {
                    Thread.onSpinWait(); // The next commit comes in a later millisecond.
                }
            }
            reader.refresh();
            assertEquals(0, reader.versionAt(Instant.EPOCH));
            for (int i = 0; i < 3; i++) {
                assertEquals(i + 1, reader.versionAt(Instant.ofEpochMilli(times.get(i))));
            }
            assertEquals(3, reader.versionAt(Instant.now().plusSeconds(3600)));
        }
    }

    @Test
    void aVersionThatIsNotThereIsRefused() {
        try (Store store = Store.open(config())) {
            store.put("e", "A", "1");
            try (StoreReader reader = store.reader()) {
                for (final long version : new long[]{2, -1, Long.MAX_VALUE}) {
                    final StoreException e = assertThrows(StoreException.class, () -> reader.moveTo(version));
                    assertEquals(Kind.INVALID, e.kind());
                    assertTrue(String.valueOf(e.getMessage()).contains("the newest is 1"), e.getMessage());
                }
                reader.moveTo(0);
                assertNull(reader.get("e", "A"));
                assertEquals(List.of(), reader.environments());
                store.put("e", "A", "2");
                reader.moveTo(2); // committed since the reader was opened
                assertEquals("2", Objects.requireNonNull(reader.get("e", "A")).value());
            }
        }
    }

    @Test
    void listingsAreComparedByFingerprint() {
        try (Store store = Store.open(config())) {
            for (final String name : List.of("BOTH", "CHANGED", "LEFT", "\uFFFDx", "\uD83D\uDE00")) {
                store.put("a", name, "1");
            }
            store.put("b", "BOTH", "1");
            store.put("b", "CHANGED", "2");
            store.put("b", "RIGHT", "1");
            try (StoreReader reader = store.reader()) {
                final List<Difference> found = Difference.between(reader.list("a"), reader.list("b"));
                assertEquals(List.of("CHANGED:lr", "LEFT:l", "RIGHT:r", "\uFFFDx:l", "\uD83D\uDE00:l"), found.stream()
                        .map(it -> it.name() + ":" + (it.left() == null ? "" : "l") + (it.right() == null ? "" : "r"))
                        .toList());
                assertEquals(List.of(), Difference.between(reader.list("a"), reader.list("a")));
            }
        }
    }
}
