package io.envcli.engine;

import io.envcli.engine.StoreException.Kind;
import io.envcli.engine.dialect.Dialect;
import io.envcli.offheap.testing.LeakCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

/** Imports that unset, imports that are refused, and going back. */
@ExtendWith(LeakCheck.class)
final class RollbackAndPruneTest {
    private static final ImportOptions PRUNE = new ImportOptions(false, true);
    private static final ImportOptions STRICT = new ImportOptions(true, false);

    @TempDir
    private Path top;

    private StoreConfig config() {
        return StoreConfig.builder().directory(top.resolve("store")).keyFile(top.resolve("key"))
                .durability(Durability.PROCESS).build();
    }

    private ImportReport load(final Store store, final ImportOptions options) {
        return store.importFrom(ImportRequest.of(top.resolve("app")), options, ImportProgress.NONE);
    }

    private void write(final String file, final String text) throws IOException {
        Files.createDirectories(top.resolve("app"));
        Files.writeString(top.resolve("app").resolve(file), text);
    }

    private static Map<String, String> all(final Store store, final long version) {
        final Map<String, String> all = new TreeMap<>();
        try (StoreReader reader = store.reader()) {
            reader.moveTo(version == 0 ? reader.version() : version);
            for (final String environment : reader.environments()) {
                reader.forEach(environment, it -> all.put(environment + ":" + it.name(), it.value()));
            }
        }
        return all;
    }

    @Test
    void pruningUnsetsWhatTheSourcesLackInTheEnvironmentsTheyGive() throws IOException {
        try (Store store = Store.open(config())) {
            store.put("a", "OLD", "1");
            store.put("a", "KEPT", "same");
            store.put("a", "CHANGED", "1");
            store.put("b", "OTHER", "1");
            store.put("empty", "STAYS", "1");
            write(".env.a", "KEPT=same\nCHANGED=2\nNEW=1\n");
            write(".env.empty", "# nothing\n");
            final ImportReport report = load(store, PRUNE);
            assertEquals(1, report.pruned());
            assertEquals(6, report.version());
            assertEquals(Map.of("a:KEPT", "same", "a:CHANGED", "2", "a:NEW", "1", "b:OTHER", "1", "empty:STAYS", "1"),
                    all(store, 0));
            assertEquals("1", all(store, 5).get("a:OLD"));
            assertEquals(0, load(store, PRUNE).pruned());
            try (StoreReader reader = store.reader()) {
                assertEquals(List.of(6L, 1L),
                        reader.history("a", "OLD").stream().map(VariableChange::version).toList());
                assertEquals(5, reader.status().variables());
            }
        }
        check();
    }

    /** Whoever is acknowledged while an import runs is none of its business. */
    @Test
    void pruningLeavesWhatIsPutMeanwhile() throws IOException {
        try (Store store = Store.open(config())) {
            store.put("default", "OLD", "1");
            final InputStream text = new ByteArrayInputStream("A=1\n".getBytes(StandardCharsets.UTF_8));
            final InputStream meanwhile = new SequenceInputStream(text, new InputStream() {
                @Override
                public int read() {
                    store.put("default", "MEANWHILE", "1");
                    return -1;
                }

                @Override
                public int read(final byte[] bytes, final int offset, final int length) {
                    return read();
                }
            });
            store.importFrom(new ImportRequest(List.of(), meanwhile, Dialect.DOTENV, null), PRUNE, ImportProgress.NONE);
            assertEquals(Map.of("default:A", "1", "default:MEANWHILE", "1"), all(store, 0));
        }
        check();
    }

    @Test
    void manyAreUnsetInOneVersion() throws IOException {
        final StringBuilder text = new StringBuilder("NAME_1=1\n");
        for (int i = 2; i <= 50_000; i++) {
            text.append("NAME_").append(i).append("=value\n");
        }
        try (Store store = Store.open(config())) {
            write(".env.a", text.toString());
            load(store, ImportOptions.NONE);
            write(".env.a", "NAME_1=1\n");
            assertEquals(49_999, load(store, PRUNE).pruned());
            assertEquals(Map.of("a:NAME_1", "1"), all(store, 0));
            assertEquals(3, store.rollback(1));
            assertEquals(50_000, all(store, 0).size());
            assertEquals(all(store, 1), all(store, 3));
        }
        check();
    }

    @Test
    void aRejectKeepsAStrictOrPruningImportOut() throws IOException {
        write(".env.a", "GOOD=1\nbad line\n");
        try (Store store = Store.open(config())) {
            store.put("a", "OLD", "1");
            for (final ImportOptions options : List.of(STRICT, PRUNE)) {
                final ImportReport report = load(store, options);
                assertEquals(0, report.version());
                assertEquals(1, report.rejected());
                assertEquals(Map.of("a:OLD", "1"), all(store, 0));
            }
            assertEquals(2, load(store, ImportOptions.NONE).version());
            write(".env.a", "GOOD=2\n");
            assertEquals(3, load(store, STRICT).version());
        }
        check();
    }

    @Test
    void goingBackIsANewVersion() throws IOException {
        try (Store store = Store.open(config())) {
            store.put("a", "A", "1");
            store.put("b", "B", "lines\nand = signs");
            store.put("a", "A", "2");
            store.unset("b", "B");
            store.put("c", "C", "");
            final Map<String, String> before = all(store, 2);
            assertEquals(6, store.rollback(2));
            assertEquals(before, all(store, 0));
            assertEquals(0, store.rollback(2), "nothing to change");
            assertEquals(7, store.rollback(5));
            assertEquals(Map.of("a:A", "2", "c:C", ""), all(store, 0));
            assertEquals(8, store.rollback(0));
            assertEquals(Map.of(), all(store, 0));
            assertEquals(Kind.INVALID, assertThrows(StoreException.class, () -> store.rollback(9)).kind());
            try (StoreReader reader = store.reader()) {
                assertEquals("rollback to version 2", reader.history("b", "B").get(1).source());
                reader.forEachVersion(version -> {
                    assertEquals("rollback to version 0", version.source());
                    assertEquals(2, version.variables());
                    return false;
                });
            }
        }
        check();
    }

    private void check() {
        assertEquals(List.of(), StoreVerifier.verify(config()).findings());
    }
}
