package io.envcli.cli;

import io.envcli.engine.StoreConfig;
import io.envcli.engine.StoreReader;
import io.envcli.engine.StoreVerifier;
import io.envcli.offheap.testing.SmallDisk;
import io.envcli.offheap.testing.Strace;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A disk that fails or is full, at each place where the store asks it for something in turn. */
class FailingDiskIT {
    private static final int VARIABLES = 2_000;
    private static final String BEFORE = "before";
    private static final String AFTER = "after";
    private static final int MOST_PLACES = 20;
    private static final String SYNCS = "fsync,fdatasync";

    @TempDir
    Path folder;
    private Sandbox sandbox;
    private Launcher launcher;

    @BeforeEach
    void launcher() throws IOException {
        sandbox = new Sandbox(folder);
        launcher = new Launcher(sandbox);
        final StringBuilder text = new StringBuilder();
        for (int i = 0; i < VARIABLES; i++) {
            text.append("NAME_").append(i).append('=').append(AFTER).append('\n');
        }
        sandbox.file("in.env", text.toString());
    }

    private StoreConfig config() {
        return StoreConfig.builder().directory(sandbox.store()).keyFile(sandbox.key()).build();
    }

    /** How a command is prepared, which is done anew for each place. */
    @FunctionalInterface
    private interface Preparation {
        void run() throws Exception;
    }

    /**
     * Imports with one call made to fail: the first one of a thread, then the second, until none fails any more.
     *
     * @return the errors that were printed.
     */
    private List<String> failEach(final String calls, final String error, final int most,
            final Preparation preparation) throws Exception {
        final Path trace = folder.resolve("trace");
        final Strace strace = new Strace(trace);
        final List<String> errors = new ArrayList<>();
        for (int place = 1; place <= most; place++) {
            Files.deleteIfExists(trace);
            preparation.run();
            final Launcher.Result result = launcher.exec(new byte[0],
                    strace.command(List.of("-e", "trace=" + calls, "-e",
                            "inject=" + calls + ":error=" + error + ":when=" + place), Launcher.SCRIPT.toString(),
                            "import", "in.env", "--env", "e"));
            if (strace.injected().isEmpty()) {
                assertEquals(0, result.status(), result.err());
                assertEquals(AFTER, onlyValue(), "nothing failed");
                return errors;
            }
            final String where = strace.injected() + ": " + result.err();
            if (result.status() == 0 && String.valueOf(strace.injected()).contains("/config/env-cli")) {
                // The head record watches the store; where it cannot be kept, the store is written all the same.
                assertEquals(AFTER, onlyValue(), where);
                continue;
            }
            assertEquals(2, result.status(), where);
            assertEquals("", result.out(), "no acknowledgement");
            assertEquals(1, result.err().lines().count(), where);
            assertFalse(result.err().contains("defect") || result.err().contains(AFTER), where);
            errors.add(result.err());
            checkStore(where);
        }
        assertTrue(most < MOST_PLACES, () -> "there is no end of calls that can fail: " + errors);
        return errors;
    }

    /** The store has the version before, or the whole import; and it can be written. */
    private void checkStore(final String where) throws IOException {
        if (!sandbox.run("status").err().isEmpty()) {
            assertFalse(Files.exists(sandbox.store().resolve("journal/000001/19700101F.cq4")), where);
            return; // It failed before there was a store.
        }
        assertTrue(Set.of(BEFORE, AFTER, "").contains(onlyValue()), where);
        assertEquals(List.of(), StoreVerifier.verify(config()).findings(), where);
        assertEquals(0, sandbox.runWith("1", "put", "NEXT").status(), where);
    }

    /** The value that all variables have; empty if there is none. */
    private String onlyValue() {
        try (StoreReader reader = StoreReader.open(config())) {
            final Set<String> values = new HashSet<>();
            final Set<String> names = new TreeSet<>();
            reader.forEach("e", variable -> {
                values.add(variable.value());
                names.add(variable.name());
            });
            assertTrue(names.isEmpty() || names.size() == VARIABLES, "variables: " + names.size());
            assertTrue(values.size() <= 1, "values of several versions: " + values);
            return values.isEmpty() ? "" : values.iterator().next();
        }
    }

    private void newStore() throws Exception {
        delete(sandbox.store());
    }

    private void newStoreAndKey() throws Exception {
        newStore();
        Files.deleteIfExists(sandbox.key());
    }

    private void oldStore() throws Exception {
        newStore();
        sandbox.file("before.env", Files.readString(folder.resolve("in.env")).replace(AFTER, BEFORE));
        assertEquals(0, sandbox.run("import", folder.resolve("before.env").toString(), "--env", "e").status());
    }

    private void storeOfClassProcess() throws Exception {
        newStore();
        assertEquals(0, sandbox.run("import", folder.resolve("before.env").toString(), "--env", "e", "--durability",
                "process").status());
    }

    private static void delete(final Path path) throws IOException {
        if (Files.exists(path)) {
            try (var paths = Files.walk(path)) {
                for (final Path each : paths.sorted((a, b) -> b.compareTo(a)).toList()) {
                    Files.delete(each);
                }
            }
        }
    }

    private static void assertNamed(final List<String> errors, final String... names) {
        for (final String name : names) {
            assertTrue(errors.stream().anyMatch(error -> error.contains(name)), () -> name + " in " + errors);
        }
    }

    @Test
    void noSyncThatFailsIsAcknowledged() throws Exception {
        oldStore(); // makes the key
        assertNamed(failEach(SYNCS, "EIO", MOST_PLACES, this::newStore),
                "19700101F.cq4: cannot be synced: Input/output error", "/000001: cannot be synced",
                "/journal: cannot be synced", "/store: cannot be synced");
        assertNamed(failEach(SYNCS, "EIO", 2, this::newStoreAndKey), "key.", "/config/env-cli: cannot be synced");
        // First what the lesser class left, then what the import has written.
        assertTrue(failEach(SYNCS, "EIO", MOST_PLACES, this::storeOfClassProcess).size() >= 5);
    }

    @Test
    void noRoomIsTheSameErrorWhereverItIsRefused() throws Exception {
        oldStore();
        for (final Preparation preparation : List.<Preparation>of(this::newStore, this::oldStore)) {
            final List<String> errors = failEach("fallocate", "ENOSPC", MOST_PLACES, preparation);
            assertTrue(errors.size() >= 3, errors::toString);
            errors.forEach(error -> assertTrue(error.startsWith("env-cli: disk full: "), error));
        }
    }

    /** The new key counts, and the next writer deletes what is left. */
    @Test
    void aRekeyingThatCannotDeleteWhatItReplacedSaysThatItTookEffect() throws Exception {
        oldStore();
        final String key = Files.readString(sandbox.key());
        final Path left = sandbox.store().toRealPath().resolve("retired");
        final Strace strace = new Strace(folder.resolve("trace"));
        final Launcher.Result result = launcher.exec(new byte[0],
                strace.command(List.of("-P", left.resolve("000001/19700101F.cq4").toString(), "-e",
                        "trace=unlink,unlinkat", "-e", "inject=unlink,unlinkat:error=EIO"),
                        Launcher.SCRIPT.toString(), "rekey"));
        assertEquals(2, result.status(), result.err());
        assertEquals(1, strace.injected().size(), result.err());
        assertTrue(result.err().contains("rekeyed to sealed-2, but what it replaced could not be"), result.err());
        assertTrue(Files.exists(left), "the journal under the old key");
        assertNotEquals(key, Files.readString(sandbox.key()));
        assertEquals(BEFORE, onlyValue());
        checkStore("with what was not deleted");
        assertFalse(Files.exists(left), "the next writer has deleted it");
        assertEquals(0, sandbox.run("rekey", "--retire").status());
        assertEquals(BEFORE, onlyValue());
    }

    @Test
    void aDiskThatIsReallyFullIsTheSame() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(folder.resolve("data"), "4m")) {
            oldStore();
            sandbox.file("large.env", ("N=" + "x".repeat(1_000) + "\n").repeat(8_000));
            final Launcher.Result result = launcher.run("import", "in.env", "large.env", "--env", "e");
            assertEquals(2, result.status(), result.err());
            assertTrue(result.err().startsWith("env-cli: disk full: " + disk.folder()), result.err());
            assertEquals(BEFORE, onlyValue());
            assertEquals(List.of(), StoreVerifier.verify(config()).findings());
        }
    }
}
