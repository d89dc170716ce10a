package io.envcli.engine;

import io.envcli.engine.StoreException.Kind;
import io.envcli.offheap.testing.DiskTrace;
import io.envcli.offheap.testing.PowerCut;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A store gets another key: what it answers is the same, whatever happens meanwhile, and the old key opens nothing. */
final class RekeyTest {
    private static final long SEED = Long.getLong("rekey.seed", System.nanoTime());
    private static final int CUTS = Integer.getInteger("rekey.cases", 12);

    @TempDir
    private Path folder;
    private Path top;
    private StoreConfig config;
    private int checked;

    @BeforeEach
    void makeStore() throws IOException {
        top = Files.createDirectory(folder.resolve("top"));
        config = PowerLossWorkload.config(top).build();
        final Path sources = Files.createDirectories(folder.resolve("sources/a/b"));
        try (Store store = Store.open(config)) {
            store.put("production", "KEY", "first");
            store.put("production", "KEY", "second");
            store.put("production", "GONE", "x");
            store.unset("production", "GONE");
            Files.writeString(sources.resolve(".env.staging"), "A=1\nB='two\nlines'\nA=again\n" + lines(300));
            Files.writeString(sources.resolve("c.env"), "LONG=" + "v".repeat(50_000) + "\nUMLÄUT='ä'\nEMPTY=\n");
            importFrom(store);
        }
        try (Store store = Store.open(PowerLossWorkload.config(top).durability(Durability.PROCESS).build())) {
            Files.writeString(sources.resolve("d.env"), lines(1000) + "1BAD LINE\n=\n");
            final ImportReport refused = store.importFrom(ImportRequest.of(folder.resolve("sources")),
                    new ImportOptions(true, false), ImportProgress.NONE);
            assertEquals(0, refused.version(), "so that there are frames that were never committed");
            Files.writeString(sources.resolve("d.env"), lines(2000));
            importFrom(store);
            store.rollback(2);
        }
    }

    private void importFrom(final Store store) {
        store.importFrom(ImportRequest.of(folder.resolve("sources")), ImportProgress.NONE);
    }

    private static String lines(final int count) {
        final StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append("NAME_").append(i).append("=value ").append(i).append(" ".repeat(i % 7)).append("'#x\n");
        }
        return text.toString();
    }

    /** Everything that a store answers, but for fingerprints. */
    private static Map<String, String> answers(final StoreReader reader) {
        final Map<String, String> answers = new TreeMap<>();
        reader.refresh();
        final long newest = reader.version();
        reader.forEachVersion(version -> {
            answers.put("log " + version.version(), version.toString());
            return true;
        });
        for (long at = 0; at <= newest; at++) {
            reader.moveTo(at);
            final String prefix = at + " ";
            for (final String environment : reader.environments()) {
                final StringBuilder all = new StringBuilder();
                reader.forEach(environment, variable -> {
                    all.append(variable.name()).append('=')
                            .append(new String(variable.valueBytes(), StandardCharsets.UTF_8)).append('@')
                            .append(variable.version()).append('\n');
                    variable.wipe();
                });
                answers.put(prefix + environment, all.toString());
            }
        }
        reader.refresh();
        for (final String[] name : new String[][]{{"production", "KEY"}, {"production", "GONE"},
            {"a/b/staging", "A"}, {"a/b/d", "NAME_1999"}, {"a/b/c", "LONG"}}) {
            final List<String> history = new ArrayList<>();
            reader.history(name[0], name[1]).forEach(change -> history.add(change.version() + " " + change.time() + " "
                    + change.isSet() + " " + change.source() + ":" + change.line()));
            answers.put("history " + name[1], history.toString());
        }
        return answers;
    }

    private static Map<String, String> answers(final StoreConfig config) {
        try (StoreReader reader = StoreReader.open(config)) {
            return answers(reader);
        }
    }

    private static Map<String, String> fingerprints(final StoreConfig config) {
        final Map<String, String> all = new TreeMap<>();
        try (StoreReader reader = StoreReader.open(config)) {
            reader.moveTo(6);
            for (final String environment : reader.environments()) {
                reader.list(environment).forEach(v -> all.put(environment + " " + v.name(), v.fingerprint()));
            }
        }
        return all;
    }

    private static List<String> names(final Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(entry -> String.valueOf(entry.getFileName())).sorted().toList();
        }
    }

    @Test
    void everyAnswerStaysAndEveryFingerprintChanges() throws IOException {
        final Map<String, String> before = answers(config);
        final Map<String, String> fingerprints = fingerprints(config);
        final String id;
        try (StoreReader reader = StoreReader.open(config)) {
            id = reader.status().storeId();
        }
        assertEquals(7, StoreRekey.rekey(config));
        assertEquals(before, answers(config));
        assertEquals(List.of("sealed-2"), names(config.directory()));
        assertTrue(StoreVerifier.verify(config).intact());
        final Map<String, String> changed = fingerprints(config);
        assertEquals(fingerprints.keySet(), changed.keySet());
        changed.forEach((name, fingerprint) -> assertNotEquals(fingerprints.get(name), fingerprint, name));
        try (StoreReader reader = StoreReader.open(config)) {
            assertEquals(id, reader.status().storeId());
            assertEquals(1, reader.status().segments(), "small ones were written into one");
        }
        assertEquals(7, StoreRekey.rekey(config));
        assertEquals(List.of("sealed-3"), names(config.directory()));
        assertEquals(3, Files.readAllLines(config.keyFile()).size());
        assertEquals(before, answers(config));
        try (Store store = Store.open(config)) {
            store.rollback(6);
            final ImportReport again = store.importFrom(ImportRequest.of(folder.resolve("sources")),
                    ImportProgress.NONE);
            assertEquals(again.variables(), again.unchanged(), "values are compared by their new fingerprints");
        }
    }

    @Test
    void itTellsHowFarItIs() {
        final List<Long> told = new ArrayList<>();
        StoreRekey.rekey(config, (bytes, totalBytes) -> {
            assertTrue(bytes <= totalBytes, () -> bytes + " of " + totalBytes);
            told.add(bytes);
            told.add(totalBytes);
        });
        assertTrue(told.size() > 4, told::toString);
        assertTrue(told.getFirst() < told.get(told.size() - 2), told::toString);
        assertEquals(told.getLast(), told.get(told.size() - 2), told::toString);
    }

    @Test
    void aRetiredKeyOpensNothing() throws IOException {
        final Map<String, String> before = answers(config);
        final Path old = Files.copy(config.keyFile(), folder.resolve("old"), StandardCopyOption.COPY_ATTRIBUTES);
        StoreRekey.rekey(config);
        final StoreConfig withOld = PowerLossWorkload.config(top).keyFile(old).build();
        assertEquals(Kind.KEY, assertThrows(StoreException.class, () -> StoreReader.open(withOld)).kind());
        assertEquals(1, StoreRekey.retire(config));
        assertEquals(1, Files.readAllLines(config.keyFile()).size());
        assertFalse(Files.readString(config.keyFile()).equals(Files.readString(old)));
        assertEquals(before, answers(config));
        assertEquals(Kind.KEY, assertThrows(StoreException.class, () -> StoreReader.open(withOld)).kind());
        assertEquals(Kind.KEY, assertThrows(StoreException.class, () -> Store.open(withOld)).kind());
        assertEquals(Kind.KEY, assertThrows(StoreException.class, () -> StoreVerifier.verify(withOld)).kind());
        assertEquals(0, StoreRekey.retire(config));
    }

    @Test
    void anOldKeyStaysAsLongAsAnotherStoreNeedsIt() throws IOException {
        final StoreConfig other = StoreConfig.builder().directory(folder.resolve("other")).keyFile(config.keyFile())
                .build();
        try (Store store = Store.open(other)) {
            store.put("default", "OTHER", "value");
        }
        StoreRekey.rekey(config);
        final StoreException e = assertThrows(StoreException.class, () -> StoreRekey.retire(config));
        assertTrue(String.valueOf(e.getMessage()).contains(other.directory() + " ("), e.toString());
        assertEquals(2, Files.readAllLines(config.keyFile()).size());
        try (Store store = Store.open(other)) {
            store.put("default", "OTHER", "still written with the old key");
        }
        assertThrows(StoreException.class, () -> StoreRekey.retire(config));
        assertThrows(StoreException.class, () -> StoreRekey.retire(other));
        final String file = Files.readString(config.keyFile());
        StoreRekey.rekey(other);
        assertEquals(file, Files.readString(config.keyFile()), "both have the same new key");
        assertEquals(1, StoreRekey.retire(config));
        try (StoreReader reader = StoreReader.open(other)) {
            assertEquals(2, reader.version());
        }
    }

    @Test
    void anOldKeyStaysForAStoreThatPowerMayTakeBack() {
        final StoreConfig other = StoreConfig.builder().directory(folder.resolve("other")).keyFile(config.keyFile())
                .durability(Durability.PROCESS).build();
        try (Store store = Store.open(other)) {
            store.put("default", "OTHER", "value");
        }
        StoreRekey.rekey(config);
        final StoreException e = assertThrows(StoreException.class, () -> StoreRekey.retire(config));
        assertTrue(String.valueOf(e.getMessage()).contains(other.directory() + " ("), e.toString());
        try (StoreReader reader = StoreReader.open(other)) {
            assertEquals(1, reader.version(), "it still opens");
        }
        StoreRekey.rekey(other);
        assertEquals(1, StoreRekey.retire(config));
    }

    @Test
    void readersGoOn() {
        final Map<String, String> before = answers(config);
        try (StoreReader idle = StoreReader.open(config);
                StoreReader busy = StoreReader.open(config);
                StoreReader log = StoreReader.open(config);
                StoreReader past = StoreReader.open(config)) {
            past.moveTo(6);
            busy.moveTo(6);
            final StringBuilder seen = new StringBuilder();
            busy.forEach("a/b/d", variable -> {
                seen.append(variable.name()).append('\n');
                if (variable.name().equals("NAME_900")) {
                    StoreRekey.rekey(config);
                }
            });
            assertEquals(2000, seen.toString().lines().count());
            assertEquals(2000, seen.toString().lines().distinct().count());
            final List<Long> versions = new ArrayList<>();
            log.forEachVersion(version -> {
                versions.add(version.version());
                if (version.version() == 6) {
                    StoreRekey.rekey(config);
                }
                return true;
            });
            assertEquals(List.of(7L, 6L, 5L, 4L, 3L, 2L, 1L), versions);
            assertEquals(2000, past.list("a/b/d").size());
            assertEquals(6, past.version(), "a reader stays at its version");
            assertEquals(before, answers(idle));
        }
    }

    /** Killed or without power at any moment, the store has all its answers, with the key file as it is then. */
    @Test
    void killedOrWithoutPowerAtAnyMomentItOpens() throws IOException {
        System.out.println("rekey.seed=" + SEED);
        final Map<String, String> before = answers(config);
        final DiskTrace trace;
        try (DiskTrace running = DiskTrace.of(top)) {
            StoreRekey.rekey(config);
            running.mark();
            StoreRekey.retire(config);
            running.mark();
            trace = running;
        }
        boolean old = false;
        boolean halfway = false;
        for (int cut = 0; cut < trace.length(); cut++) {
            empty();
            trace.writeTo(cut, top);
            final List<String> names = names(config.directory());
            old |= names.contains("journal") && names.contains("sealing");
            halfway |= names.contains("journal") && names.contains("sealed-2");
            check(before, "killed at " + cut);
        }
        assertTrue(old && halfway, "the moments that matter are among them");
        for (int i = 0; i < CUTS; i++) {
            final Random random = new Random(SEED + i);
            final int cut = random.nextInt(trace.length());
            empty();
            new PowerCut(trace, cut, random).writeTo(top);
            OtherBoot.of(StoreHomes.newest(config.directory()));
            check(before, "rekey.seed=" + SEED + " case " + i + ", power cut at " + cut);
        }
    }

    @Test
    void aHomeWithoutAJournalTakesNothingAway() throws IOException {
        final Map<String, String> before = answers(config);
        Files.createDirectory(config.directory().resolve("sealed-9"));
        for (final Runnable use : List.<Runnable>of(() -> answers(config), () -> Store.open(config).close(),
                () -> StoreRekey.rekey(config), () -> StoreRekey.retire(config))) {
            assertEquals(Kind.DAMAGED, assertThrows(StoreException.class, use::run).kind());
        }
        Folders.delete(config.directory().resolve("sealed-9"));
        assertEquals(before, answers(config));
    }

    /** What is left is put where it was, since the record beside the key is of the store there. */
    private void empty() throws IOException {
        for (final String name : names(top)) {
            Folders.delete(top.resolve(name));
        }
    }

    private void check(final Map<String, String> before, final String what) throws IOException {
        try {
            assertEquals(before, answers(config), what);
            try (Store store = Store.open(config)) {
                assertEquals(8, store.put("after", "NAME", what), what);
            }
            assertEquals(1, names(config.directory()).stream().filter(name -> name.matches("journal|seal.*|retired"))
                    .count(), "the next writer deletes what was left: " + names(config.directory()));
            assertTrue(StoreVerifier.verify(config).intact(), what);
            if (checked++ % 5 == 0) {
                StoreRekey.rekey(config);
                StoreRekey.retire(config);
                assertEquals(1, Files.readAllLines(config.keyFile()).size(), what);
                try (StoreReader reader = StoreReader.open(config)) {
                    assertEquals(8, reader.version(), what);
                }
            }
        } catch (final StoreException e) {
            throw new AssertionError(what + ": " + e.getMessage(), e);
        }
    }
}
