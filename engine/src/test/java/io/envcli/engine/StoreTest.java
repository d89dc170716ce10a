package io.envcli.engine;

import io.envcli.engine.StoreException.Kind;
import io.envcli.engine.dialect.Dialect;
import io.envcli.offheap.testing.LeakCheck;
import io.envcli.ringbuffers.Layout;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

@ExtendWith(LeakCheck.class)
final class StoreTest {
    @TempDir
    private Path top;

    private StoreConfig.Builder config() {
        return StoreConfig.builder().directory(top.resolve("store")).keyFile(top.resolve("config/key"))
                .durability(Durability.PROCESS);
    }

    @ParameterizedTest
    @EnumSource(Layout.class)
    void whatIsPutIsGotInEveryLayout(final Layout layout) {
        final StoreConfig config = config().layout(layout).build();
        try (Store store = Store.open(config)) {
            assertEquals(1, store.put("production", "DATABASE_URL", "postgres://db/1"));
            assertEquals(2, store.put("production", "DATABASE_URL", "postgres://db/2"));
            assertEquals(3, store.put("staging", "DATABASE_URL", ""));
            assertEquals("postgres://db/2", get(store, "production", "DATABASE_URL"));
            assertEquals("", get(store, "staging", "DATABASE_URL"));
            assertNull(get(store, "production", "OTHER"));
            assertNull(get(store, "other", "DATABASE_URL"));
        }
        try (StoreReader reader = StoreReader.open(config)) {
            assertEquals(3, reader.version());
            assertEquals(List.of("production", "staging"), reader.environments());
            assertEquals("postgres://db/2", value(reader.get("production", "DATABASE_URL")));
        }
    }

    @Test
    void everyClassOfDurabilityIsAnswered() {
        for (final Durability durability : Durability.values()) {
            final StoreConfig config = config().directory(top.resolve(durability.label())).durability(durability)
                    .build();
            try (Store store = Store.open(config)) {
                store.put("e", "A", "1");
            }
            try (StoreReader reader = StoreReader.open(config)) {
                assertEquals("1", value(reader.get("e", "A")), durability.label());
            }
        }
    }

    @Test
    void expectedPutsDoNotMakeTheViewGrow() throws IOException {
        assertEquals(2, generationAfter(6_000, 0), "without room the view grows");
        assertEquals(2, generationAfter(20_000, 20_000), "room is made once, when the store is opened");
        assertEquals(3, generationAfter(10_000, 6_000), "and it grows when there come more");
        assertThrows(IllegalArgumentException.class, () -> config().expectedPuts(-1).build());
    }

    private long generationAfter(final int puts, final long expected) throws IOException {
        final Path store = top.resolve(puts + "-" + expected);
        try (Store opened = Store.open(config().directory(store).expectedPuts(expected).build())) {
            final PutStream stream = opened.stream("e");
            for (int i = 0; i < puts; i++) {
                stream.put("V" + i, new byte[]{'1'});
            }
        }
        try (Stream<Path> files = Files.list(store.resolve("view"))) {
            return Long.parseLong(files.map(file -> file.getFileName().toString()).collect(Collectors.joining()));
        }
    }

    @Test
    void anEqualValueAddsNoVersion() {
        try (Store store = Store.open(config().build())) {
            assertEquals(1, store.put("e", "A", "1"));
            assertEquals(1, store.put("e", "A", "1"));
            assertEquals(2, store.put("e", "A", "2"));
        }
    }

    @Test
    void whatIsUnsetIsGoneAndMayComeBack() {
        try (Store store = Store.open(config().build())) {
            assertEquals(0, store.unset("e", "A"));
            store.put("e", "A", "1");
            assertEquals(2, store.unset("e", "A"));
            assertEquals(0, store.unset("e", "A"));
            assertNull(get(store, "e", "A"));
            store.put("e", "A", "1");
            assertEquals("1", get(store, "e", "A"));
            assertEquals(1, store.status().variables());
        }
    }

    @Test
    void importingAFolderMakesOneVersion() throws IOException {
        write("app/.env", "A=1\nB='two'\n");
        write("app/.env.staging", "A=1\nC=\"x\\ny\"\n# comment\n");
        try (Store store = Store.open(config().build())) {
            final ImportReport report = store.importFrom(ImportRequest.of(top.resolve("app")), ImportProgress.NONE);
            assertEquals(1, report.version());
            assertEquals(2, report.files());
            assertEquals(4, report.variables());
            assertEquals(2, report.environments());
            assertEquals(0, report.rejected());
            assertEquals(Map.of("A", "1", "B", "two"), all(store, "default"));
            assertEquals(Map.of("A", "1", "C", "x\ny"), all(store, "staging"));
        }
    }

    @Test
    void importingTwiceMakesTwoVersionsAndTheSameAnswers() throws IOException {
        write("app/.env", "A=1\nB=2\n");
        try (Store store = Store.open(config().build())) {
            final ImportRequest request = ImportRequest.of(top.resolve("app"));
            final ImportReport first = store.importFrom(request, ImportProgress.NONE);
            final ImportReport second = store.importFrom(request, ImportProgress.NONE);
            assertEquals(2, second.version());
            assertEquals(2, second.variables());
            assertEquals(2, second.unchanged());
            assertTrue(second.journalBytes() < first.journalBytes());
            assertEquals(Map.of("A", "1", "B", "2"), all(store, "default"));
            try (StoreReader reader = store.reader()) {
                assertEquals(1, found(reader.get("default", "A")).version());
            }
        }
    }

    @Test
    void theLastDuplicateWinsWithAWarning() throws IOException {
        write("app/.env", "A=1\nB=x\nA=2\nA=1\n");
        try (Store store = Store.open(config().build())) {
            for (int round = 0; round < 2; round++) {
                final ImportReport report = store.importFrom(ImportRequest.of(top.resolve("app")),
                        ImportProgress.NONE);
                assertEquals(2, report.variables(), "round " + round);
                assertEquals(2, report.warnings(), "round " + round);
                assertEquals(Map.of("A", "1", "B", "x"), all(store, "default"), "round " + round);
            }
        }
    }

    @Test
    void filesThatMeetInOneEnvironmentApplyInOrderAndAreReported() throws IOException {
        write("app/.env.staging", "A=first\nONLY=1\n");
        write("app/staging.env", "A=second\n");
        try (Store store = Store.open(config().build())) {
            final ImportReport report = store.importFrom(ImportRequest.of(top.resolve("app")), ImportProgress.NONE);
            assertEquals(Map.of("A", "second", "ONLY", "1"), all(store, "staging"));
            assertEquals(1, report.warnings());
            assertEquals("staging.env", Path.of(report.sources().get(0).path()).getFileName().toString());
        }
    }

    @Test
    void rejectsCarryLineAndReasonAndTheRestIsImported() throws IOException {
        Files.createDirectories(top.resolve("app"));
        Files.write(top.resolve("app/.env"),
                new byte[]{'A', '=', '1', '\n', 'B', '=', (byte) 0xff, '\n', 'C', '=', '3', '\n'});
        try (Store store = Store.open(config().build())) {
            final ImportReport report = store.importFrom(ImportRequest.of(top.resolve("app")), ImportProgress.NONE);
            assertEquals(1, report.rejected());
            assertEquals(2, report.sources().get(0).diagnostics().get(0).line());
            assertEquals(Map.of("A", "1", "C", "3"), all(store, "default"));
        }
    }

    @Test
    void aStreamGoesIntoOneEnvironment() {
        try (Store store = Store.open(config().build())) {
            final ImportRequest request = new ImportRequest(List.of(),
                    new ByteArrayInputStream("A=1\0B=x\ny\0".getBytes(StandardCharsets.UTF_8)), Dialect.ENVIRON, "ci");
            assertEquals(2, store.importFrom(request, ImportProgress.NONE).variables());
            assertEquals(Map.of("A", "1", "B", "x\ny"), all(store, "ci"));
        }
    }

    @Test
    void aFileThatVanishesChangesNothingAndTheStoreGoesOn() throws IOException {
        write("app/.env", "A=1\n");
        write("app/.env.z", "A=1\n");
        try (Store store = Store.open(config().build())) {
            store.put("default", "A", "0");
            final ImportProgress vanish = (files, bytes, total) -> {
                try {
                    Files.deleteIfExists(top.resolve("app/.env.z"));
                } catch (final IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            };
            final StoreException e = assertThrows(StoreException.class,
                    () -> store.importFrom(ImportRequest.of(top.resolve("app")), vanish));
            assertEquals(Kind.IO, e.kind());
            assertTrue(String.valueOf(e.getMessage()).contains(".env.z"), e.getMessage());
            assertEquals("0", get(store, "default", "A"));
            assertEquals(2, store.put("default", "B", "1"));
            assertNull(get(store, "z", "A"));
        }
        assertTrue(StoreVerifier.verify(config().build()).intact());
    }

    @Test
    void thousandsOfVariablesAcrossSlabsSurviveReopening() throws IOException {
        final StringBuilder text = new StringBuilder();
        final Map<String, String> truth = new TreeMap<>();
        for (int i = 0; i < 30_000; i++) {
            final String value = "value-" + "x".repeat(i % 97) + i;
            text.append("NAME_").append(i).append('=').append(value).append('\n');
            truth.put("NAME_" + i, value);
        }
        write("app/.env", text.toString());
        final StoreConfig config = config().slabBytes(131_136).slots(4).build();
        try (Store store = Store.open(config)) {
            assertEquals(30_000,
                    store.importFrom(ImportRequest.of(top.resolve("app")), ImportProgress.NONE).variables());
            assertEquals(truth, all(store, "default"));
        }
        try (StoreReader reader = StoreReader.open(config)) {
            assertEquals(truth, all(reader, "default"));
            assertEquals(0, reader.status().recoveryNanos());
        }
    }

    @Test
    void aMissingOrDamagedViewIsRebuilt() throws IOException {
        final StoreConfig config = config().build();
        try (Store store = Store.open(config)) {
            for (int i = 0; i < 500; i++) {
                store.put("e" + i % 7, "NAME_" + i, "value " + i);
            }
        }
        for (final boolean missing : new boolean[]{true, false}) {
            for (final Path file : files(top.resolve("store/view"))) {
                if (missing) {
                    Files.delete(file);
                } else {
                    final byte[] bytes = Files.readAllBytes(file);
                    java.util.Arrays.fill(bytes, 0, 256, (byte) 0x55);
                    Files.write(file, bytes);
                }
            }
            try (StoreReader reader = StoreReader.open(config)) {
                for (int i = 0; i < 500; i++) {
                    assertEquals("value " + i, value(reader.get("e" + i % 7, "NAME_" + i)));
                }
                assertNotEquals(0, reader.status().recoveryNanos());
            }
        }
    }

    @Test
    @Timeout(60)
    void aSegmentThatAKilledWriterHasOnlyBegunIsNoObstacle() throws IOException {
        try (Store store = Store.open(config().build())) {
            store.put("e", "A", "1");
        }
        // As after a kill: the lock does not say that the store was left clean.
        Files.delete(top.resolve("store/lock"));
        Files.createDirectory(top.resolve("store/journal/000002"));
        for (int round = 0; round < 2; round++) {
            try (StoreReader reader = StoreReader.open(config().build())) {
                assertEquals("1", value(reader.get("e", "A")));
            }
            for (final Path file : files(top.resolve("store/view"))) {
                Files.delete(file); // the second round rebuilds
            }
        }
        try (Store store = Store.open(config().build())) {
            assertEquals(2, store.put("e", "A", "2"));
        }
    }

    @Test
    void aStoreWhoseFirstWriterWasKilledAtOnceIsBegunAnew() throws IOException {
        Store.open(config().directory(top.resolve("other")).build()).close(); // makes the key
        Files.createDirectories(top.resolve("store/journal/000001"));
        assertEquals(Kind.NOT_A_STORE,
                assertThrows(StoreException.class, () -> StoreReader.open(config().build())).kind());
        try (Store store = Store.open(config().build())) {
            assertEquals(1, store.put("e", "A", "1"));
            assertEquals("1", get(store, "e", "A"));
        }
    }

    @Test
    void manyImportsThatFailLeaveAStoreThatCanBeRebuilt() throws IOException {
        write("app/.env", "A=1\n");
        write("app/.env.z", "A=1\n");
        final ImportProgress fail = (files, bytes, total) -> {
            throw new IllegalStateException("the caller gives up");
        };
        try (Store store = Store.open(config().build())) {
            for (int i = 0; i < 20; i++) {
                assertThrows(StoreException.class,
                        () -> store.importFrom(ImportRequest.of(top.resolve("app")), fail));
            }
            store.put("e", "A", "1");
        }
        for (final Path file : files(top.resolve("store/view"))) {
            Files.delete(file);
        }
        try (StoreReader reader = StoreReader.open(config().build())) {
            assertEquals(1, reader.version());
            assertEquals("1", value(reader.get("e", "A")));
            assertEquals(List.of("e"), reader.environments());
        }
    }

    @Test
    void aClosedReaderSaysSo() {
        try (Store store = Store.open(config().build())) {
            store.put("e", "A", "1");
            final StoreReader reader = store.reader();
            reader.close();
            assertEquals(Kind.CLOSED, assertThrows(StoreException.class, () -> reader.get("e", "A")).kind());
        }
    }

    @Test
    void aFolderThatIsNoStoreIsRefusedAndLeftAlone() throws IOException {
        write("store/precious.txt", "x");
        final StoreException e = assertThrows(StoreException.class, () -> Store.open(config().build()));
        assertEquals(Kind.NOT_A_STORE, e.kind());
        assertEquals(List.of(top.resolve("store/precious.txt")), files(top.resolve("store")));
        assertFalse(Files.exists(top.resolve("config/key")));
        assertEquals(Kind.NOT_A_STORE,
                assertThrows(StoreException.class, () -> StoreReader.open(config().build())).kind());
    }

    @Test
    void aWrongOrMissingKeyIsRefused() throws IOException {
        try (Store store = Store.open(config().build())) {
            store.put("e", "A", "1");
        }
        final StoreConfig missing = config().keyFile(top.resolve("other/key")).build();
        assertEquals(Kind.KEY, assertThrows(StoreException.class, () -> StoreReader.open(missing)).kind());
        assertEquals(Kind.KEY, assertThrows(StoreException.class, () -> Store.open(missing)).kind());
        assertFalse(Files.exists(top.resolve("other/key")), "an existing store never gets a new key");
        try (Store other = Store.open(config().directory(top.resolve("second")).keyFile(top.resolve("other/key"))
                .build())) {
            other.put("e", "A", "2");
        }
        assertEquals(Kind.KEY, assertThrows(StoreException.class, () -> StoreReader.open(missing)).kind());
        assertEquals(Kind.KEY, assertThrows(StoreException.class, () -> Store.open(missing)).kind());
        try (StoreReader reader = StoreReader.open(config().build())) {
            assertEquals("1", value(reader.get("e", "A")));
        }
    }

    @Test
    void aSecondWriterIsRefused() {
        try (Store store = Store.open(config().build())) {
            assertEquals(Kind.LOCKED,
                    assertThrows(StoreException.class, () -> Store.open(config().build())).kind());
            assertEquals(1, store.put("e", "A", "1"));
        }
    }

    @Test
    void aReaderKeepsItsVersionUntilRefreshed() {
        try (Store store = Store.open(config().build())) {
            store.put("e", "A", "1");
            try (StoreReader reader = store.reader()) {
                store.put("e", "A", "2");
                store.put("e", "B", "1");
                store.unset("e", "A");
                assertEquals("1", value(reader.get("e", "A")));
                assertNull(reader.get("e", "B"));
                reader.refresh();
                assertNull(reader.get("e", "A"));
                assertEquals("1", value(reader.get("e", "B")));
            }
        }
    }

    @Test
    void driftNamesTheOddOneOut() {
        try (Store store = Store.open(config().build())) {
            for (final String environment : List.of("a", "b", "c", "d")) {
                store.put(environment, "LOG_LEVEL", environment.equals("c") ? "debug" : "info");
                store.put(environment, "PORT", environment);
                store.put(environment, "SAME", "1");
            }
            try (StoreReader reader = store.reader()) {
                assertEquals(List.of(new Drift("LOG_LEVEL", 3, List.of("c"))), reader.drift(10));
            }
        }
    }

    @Test
    void badArgumentsAreRefusedAndChangeNothing() {
        try (Store store = Store.open(config().build())) {
            for (final List<String> bad : List.of(List.of("", "A"), List.of("e", ""), List.of("e", "A=B"),
                    List.of("e/../x", "A"))) {
                assertEquals(Kind.INVALID, assertThrows(StoreException.class,
                        () -> store.put(bad.get(0), bad.get(1), "v")).kind());
            }
            assertEquals(Kind.INVALID, assertThrows(StoreException.class, () -> store.put("e", "A", "x\0y")).kind());
            assertEquals(0, store.status().version());
        }
        final Store closed = Store.open(config().build());
        closed.close();
        assertEquals(Kind.CLOSED, assertThrows(StoreException.class, () -> closed.put("e", "A", "1")).kind());
    }

    static Map<String, String> all(final StoreReader reader, final String environment) {
        final Map<String, String> all = new TreeMap<>();
        reader.forEach(environment, variable -> assertNull(all.put(variable.name(), variable.value())));
        return all;
    }

    private static Map<String, String> all(final Store store, final String environment) {
        try (StoreReader reader = store.reader()) {
            return all(reader, environment);
        }
    }

    private static @Nullable String get(final Store store, final String environment, final String name) {
        try (StoreReader reader = store.reader()) {
            return value(reader.get(environment, name));
        }
    }

    private static Variable found(final @Nullable Variable variable) {
        return Objects.requireNonNull(variable);
    }

    private static @Nullable String value(final @Nullable Variable variable) {
        return variable == null ? null : variable.value();
    }

    private void write(final String file, final String text) throws IOException {
        final Path path = top.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private static List<Path> files(final Path folder) throws IOException {
        try (var walk = Files.walk(folder)) {
            return new ArrayList<>(walk.filter(Files::isRegularFile).toList());
        }
    }
}
