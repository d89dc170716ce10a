package io.envcli.engine;

import io.envcli.engine.StoreException.Kind;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A whole store is put back to an older state, all files together: that is noticed, and can be accepted. */
final class OlderStateTest {
    @TempDir
    private Path folder;
    private StoreConfig config;
    private Path copy;

    @BeforeEach
    void makeStoreAndCopy() throws IOException {
        config = config("store");
        copy = folder.resolve("copy");
        put(config, "one");
        copyTree(config.directory(), copy);
        put(config, "two");
    }

    private StoreConfig config(final String name) {
        return StoreConfig.builder().directory(folder.resolve(name)).keyFile(folder.resolve("config/key"))
                .expectedBytes(0).build();
    }

    private static void put(final StoreConfig to, final String value) {
        try (Store store = Store.open(to)) {
            store.put("default", "NAME", value);
        }
    }

    private static String get(final StoreConfig from) {
        try (StoreReader reader = StoreReader.open(from)) {
            final Variable variable = Objects.requireNonNull(reader.get("default", "NAME"));
            return new String(variable.valueBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void copyTree(final Path from, final Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (final Path path : (Iterable<Path>) all::iterator) {
                Files.copy(path, to.resolve(from.relativize(path).toString()), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    private void putBack() throws IOException {
        Folders.delete(config.directory());
        copyTree(copy, config.directory());
    }

    private static void refuses(final StoreConfig store, final String reason) {
        for (final Runnable use : List.<Runnable>of(() -> get(store), () -> put(store, "three"),
                () -> StoreRekey.rekey(store))) {
            final StoreException e = assertThrows(StoreException.class, use::run);
            assertEquals(Kind.OLDER, e.kind());
            assertTrue(e.toString().contains(reason) && e.toString().contains("verify --accept-older"), e.toString());
        }
        final VerifyReport report = StoreVerifier.verify(store);
        assertEquals(1, report.findings().size(), report.findings().toString());
        assertTrue(report.findings().getFirst().contains(reason), report.findings().toString());
    }

    @Test
    void anOlderStateIsRefusedUntilItIsAccepted() throws IOException {
        putBack();
        refuses(config, "it is at version 1, and was at version 2");
        refuses(config, "it is at version 1, and was at version 2");
        assertTrue(StoreVerifier.acceptOlder(config).intact());
        assertEquals("one", get(config));
        put(config, "other");
        assertEquals("other", get(config));
        assertTrue(StoreVerifier.verify(config).intact());
    }

    @Test
    void noViewIsMadeOfAnOlderState() throws IOException {
        putBack();
        Folders.delete(config.directory().resolve("view"));
        final List<String> before = files();
        for (final Runnable use : List.<Runnable>of(() -> get(config), () -> put(config, "three"),
                () -> StoreRekey.rekey(config))) {
            assertEquals(Kind.OLDER, assertThrows(StoreException.class, use::run).kind());
        }
        assertEquals(before, files());
    }

    @Test
    void nothingIsWrittenToAnOlderState() throws IOException {
        putBack();
        final List<String> before = files();
        assertEquals(Kind.OLDER, assertThrows(StoreException.class, () -> put(config, "three")).kind());
        assertEquals(before, files());
    }

    /** All but the lock, which says who had it last. */
    private List<String> files() throws IOException {
        final List<String> files = new ArrayList<>();
        try (Stream<Path> all = Files.walk(config.directory())) {
            for (final Path file : (Iterable<Path>) all.filter(Files::isRegularFile).sorted()::iterator) {
                if (!file.endsWith("lock")) {
                    files.add(file + " " + Arrays.hashCode(Files.readAllBytes(file)));
                }
            }
        }
        return files;
    }

    @Test
    void anOlderStateThatWentOnElsewhereIsRefusedToo() throws IOException {
        final StoreConfig elsewhere = config("copy");
        put(elsewhere, "a");
        put(elsewhere, "b");
        put(elsewhere, "c");
        putBack();
        refuses(config, "its version 2 is not the one that it had");
    }

    @Test
    void aCopyInAnotherPlaceMayBeOlder() {
        assertEquals("one", get(config("copy")));
        put(config("copy"), "again");
        assertEquals("two", get(config));
    }

    @Test
    void aViewThatLiesIsNoProof() throws IOException {
        final Path newer = folder.resolve("newer");
        copyTree(config.directory(), newer);
        putBack();
        Folders.delete(config.directory().resolve("view"));
        copyTree(newer.resolve("view"), config.directory().resolve("view"));
        Files.copy(newer.resolve("lock"), config.directory().resolve("lock"), StandardCopyOption.REPLACE_EXISTING);
        final StoreException e = assertThrows(StoreException.class, () -> get(config));
        assertTrue(e.kind() == Kind.OLDER || e.kind() == Kind.DAMAGED, e.toString());
    }

    @Test
    void theStateBeforeARekeyingIsOlder() throws IOException {
        StoreRekey.rekey(config);
        assertEquals("two", get(config));
        putBack();
        refuses(config, "it is at version 1, and was at version 2");
    }

    /** Who reads beside whoever has the lock trusts the view: one that is not whole goes before the journal is looked at. */
    @Test
    void aViewThatIsNotWholeIsGoneBeforeTheStoreIsRefused() throws IOException {
        for (final Runnable use : List.<Runnable>of(() -> get(config), () -> put(config, "three"))) {
            putBack();
            final Path view = config.directory().resolve("view");
            try (Stream<Path> files = Files.list(view)) {
                for (final Path file : files.toList()) {
                    Files.write(file, new byte[8192]);
                }
            }
            assertEquals(Kind.OLDER, assertThrows(StoreException.class, use::run).kind());
            try (Stream<Path> files = Files.list(view)) {
                assertEquals(List.of(), files.toList());
            }
        }
    }

    @Test
    void aReadOnlyConfigurationIsNoHindrance() throws IOException {
        final Path configuration = folder.resolve("config");
        final Path heads = configuration.resolve("key.heads");
        Files.setPosixFilePermissions(heads, PosixFilePermissions.fromString("r-x------"));
        Files.setPosixFilePermissions(configuration, PosixFilePermissions.fromString("r-x------"));
        try {
            put(config, "three");
            assertEquals("three", get(config));
            if (!Files.isWritable(heads)) { // root writes everywhere
                final StoreException e = assertThrows(StoreException.class, () -> StoreRekey.rekey(config));
                assertEquals(Kind.KEY, e.kind());
                assertTrue(e.toString().contains("cannot be changed"), e.toString());
                assertEquals("three", get(config));
            }
        } finally {
            Files.setPosixFilePermissions(configuration, PosixFilePermissions.fromString("rwx------"));
            Files.setPosixFilePermissions(heads, PosixFilePermissions.fromString("rwx------"));
        }
    }

    @Test
    void aWriterThatStaysIsRecordedNowAndThen() throws IOException {
        try (Store store = Store.open(config)) {
            final long version = store.put("default", "NAME", "three");
            store.put("default", "NAME", "four");
            assertEquals(3, version);
            new HeadKeeper(config, 1L << 40).acknowledged(version);
            assertTrue(record().contains("\nversion 2 "), record());
            new HeadKeeper(config, 0).acknowledged(version);
            assertTrue(record().contains("\nversion 3 "), record());
        }
        assertTrue(record().contains("\nversion 4 "), record());
    }

    private String record() throws IOException {
        try (Stream<Path> records = Files.list(folder.resolve("config/key.heads"))) {
            return Files.readString(records.findFirst().orElseThrow());
        }
    }

    @Test
    void aRecordThatIsNotWholeSaysNothing() throws IOException {
        try (Stream<Path> records = Files.list(folder.resolve("config/key.heads"))) {
            for (final Path record : (Iterable<Path>) records::iterator) {
                final String text = Files.readString(record);
                assertFalse(text.contains("two"));
                Files.writeString(record, text.replaceFirst("version 2 ", "version 9 "));
            }
        }
        assertEquals("two", get(config));
    }
}
