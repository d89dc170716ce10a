package io.envcli.engine;

import io.envcli.engine.StoreException.Kind;
import io.envcli.offheap.testing.LeakCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What can be known of a store whose key is not at hand, and what a listing shows of one whose key is. */
@ExtendWith(LeakCheck.class)
final class StoreStatusTest {
    @TempDir
    private Path top;

    private StoreConfig config() {
        return StoreConfig.builder().directory(top.resolve("store")).keyFile(top.resolve("key"))
                .durability(Durability.PROCESS).build();
    }

    private StoreConfig withoutKey() {
        return StoreConfig.builder().directory(top.resolve("store")).keyFile(top.resolve("no key")).build();
    }

    @Test
    void countsAndTimeAreKnownWithoutTheKey() {
        final StoreStatus expected;
        try (Store store = Store.open(config())) {
            store.put("production", "A", "1");
            store.put("staging", "A", "2");
            store.put("staging", "B", "3");
            store.unset("production", "A");
        }
        try (StoreReader reader = StoreReader.open(config())) {
            expected = reader.status();
        }
        final StoreStatus status = StoreStatus.withoutKey(withoutKey());
        assertTrue(status.isCounted());
        assertEquals(4, status.version());
        assertEquals(2, status.variables());
        assertEquals(expected.environments(), status.environments());
        assertEquals(expected.lastCommitMillis(), status.lastCommitMillis());
        assertEquals(expected.segments(), status.segments());
        assertEquals(expected.journalBytes(), status.journalBytes());
        assertEquals(expected.viewBytes(), status.viewBytes());
        assertFalse(status.writerActive());
        assertEquals("", status.storeId());
    }

    @Test
    void aWriterAtWorkIsSeenAndItsCountsAreTrue() {
        try (Store store = Store.open(config())) {
            store.put("e", "A", "1");
            final StoreStatus status = StoreStatus.withoutKey(withoutKey());
            assertTrue(status.writerActive());
            assertEquals(1, status.version());
            assertEquals(1, status.variables());
        }
    }

    @Test
    void withoutAViewNothingIsCountedAndNothingIsMade() throws IOException {
        try (Store store = Store.open(config())) {
            store.put("e", "A", "1");
        }
        final Path view = top.resolve("store/view");
        try (Stream<Path> files = Files.list(view)) {
            for (final Path file : files.toList()) {
                Files.delete(file);
            }
        }
        final StoreStatus status = StoreStatus.withoutKey(withoutKey());
        assertFalse(status.isCounted());
        assertTrue(status.journalBytes() > 0);
        try (Stream<Path> files = Files.list(view)) {
            assertEquals(List.of(), files.toList());
        }
    }

    @Test
    void aViewBehindTheJournalIsNotBelieved() throws IOException {
        try (Store store = Store.open(config())) {
            store.put("e", "A", "1");
        }
        final Path old;
        try (Stream<Path> files = Files.list(top.resolve("store/view"))) {
            old = Files.copy(files.findFirst().orElseThrow(), top.resolve("old"));
        }
        final Path newest;
        try (Store store = Store.open(config())) {
            store.put("e", "B", "2");
        }
        try (Stream<Path> files = Files.list(top.resolve("store/view"))) {
            newest = files.sorted().toList().getLast();
        }
        Files.write(newest, Files.readAllBytes(old));
        assertFalse(StoreStatus.withoutKey(withoutKey()).isCounted());
    }

    @Test
    void whereThereIsNoStoreThereIsNoStatus() {
        assertEquals(Kind.NOT_A_STORE,
                assertThrows(StoreException.class, () -> StoreStatus.withoutKey(withoutKey())).kind());
    }

    @Test
    void whatAnImportSetsTwiceIsVisitedWhereItWasSetLast() throws IOException {
        final Path file = Files.writeString(top.resolve("e.env"), "A=1\nB=2\nA=3\n");
        try (Store store = Store.open(config())) {
            store.importFrom(ImportRequest.of(file), ImportProgress.NONE);
            store.put("e", "C", "4");
        }
        try (StoreReader reader = StoreReader.open(config())) {
            final List<String> visited = new ArrayList<>();
            reader.forEach("e", variable -> visited.add(variable.name() + "=" + variable.value()));
            assertEquals(List.of("B=2", "A=3", "C=4"), visited);
        }
    }

    @Test
    void aListingIsInTheOrderOfTheNamesBytesAndShowsWhatGetShows() {
        try (Store store = Store.open(config())) {
            for (final String name : List.of("\uD83D\uDE00", "\uFF21", "b", "A", "a")) {
                store.put("e", name, "value of " + name);
            }
            store.put("e", "gone", "x");
            store.unset("e", "gone");
        }
        try (StoreReader reader = StoreReader.open(config())) {
            final List<ListedVariable> listed = reader.list("e");
            assertEquals(List.of("A", "a", "b", "\uFF21", "\uD83D\uDE00"),
                    listed.stream().map(ListedVariable::name).toList());
            for (final ListedVariable variable : listed) {
                final Variable same = Objects.requireNonNull(reader.get("e", variable.name()));
                assertEquals(same.fingerprint(), variable.fingerprint());
                assertEquals(same.version(), variable.version());
                assertFalse(variable.toString().contains("value of"));
            }
            assertEquals(List.of(), reader.list("other"));
        }
    }
}
