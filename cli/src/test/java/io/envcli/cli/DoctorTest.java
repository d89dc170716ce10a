package io.envcli.cli;

import io.envcli.engine.Store;
import io.envcli.engine.StoreConfig;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Each thing that can be wrong is found, and told with what to do. */
class DoctorTest {
    @TempDir
    Path folder;
    private Sandbox sandbox;

    @BeforeEach
    void sandbox() {
        sandbox = new Sandbox(folder);
    }

    private Map<String, Map<?, ?>> checks(final Sandbox.Result result) {
        final Map<String, Map<?, ?>> checks = new LinkedHashMap<>();
        for (final Object check : result.array("checks")) {
            final Map<?, ?> fields = (Map<?, ?>) check;
            checks.put(String.valueOf(fields.get("check")), fields);
        }
        return checks;
    }

    private void expect(final int status, final String check, final String mark, final String message,
            final String remedy) {
        final Sandbox.Result result = sandbox.run("doctor", "--json");
        final Map<?, ?> found = checks(result).getOrDefault(check, Map.of());
        assertEquals(mark, found.get("mark"), check + " in " + result.out());
        assertTrue(String.valueOf(found.get("message")).contains(message), String.valueOf(found));
        assertTrue(String.valueOf(found.get("remedy")).contains(remedy), String.valueOf(found));
        assertEquals(status, result.status(), result.out());
        assertEquals(status == 0, result.field("healthy"));
    }

    private void store() {
        assertEquals(0, sandbox.runWith("hunter2", "put", "A", "--durability", "process").status());
    }

    @Test
    void withoutAStoreNothingFailsAndNothingIsMade() throws IOException {
        final Sandbox.Result result = sandbox.run("doctor");
        assertEquals(0, result.status(), result.out());
        assertTrue(result.out().contains("is not there yet"), result.out());
        assertTrue(result.out().lines().reduce((_, last) -> last).orElse("").matches("\\d+ checks: .* 0 failures"),
                result.out());
        try (var left = Files.walk(folder)) {
            assertEquals(1, left.count(), "nothing was left behind");
        }
    }

    @Test
    void aStoreAsItShouldBeIsAllOk() {
        store();
        final Map<String, Map<?, ?>> checks = checks(sandbox.run("doctor", "--json"));
        for (final String check : List.of("store-folder", "key-file", "key-folder", "store", "key", "writer", "view",
                "jvm", "jvm-flags", "allocation")) {
            assertEquals("ok", checks.getOrDefault(check, Map.of()).get("mark"), check + " of " + checks);
        }
        assertTrue(String.valueOf(checks.get("sync")).contains("values={nanoseconds="), String.valueOf(checks));
    }

    @Test
    void noKeyAndAnotherKeyFailWithTheRemedyAndAreNotShown() throws IOException {
        store();
        final String key = Files.readString(sandbox.key());
        final char digit = key.charAt(key.length() - 2);
        Files.writeString(sandbox.key(), key.substring(0, key.length() - 2) + (digit == '0' ? '1' : '0') + "\n");
        expect(1, "key", "fail", "wrong key", "restore it from a copy");
        final String secret = key.strip().substring(key.strip().length() - 32);
        assertFalse(sandbox.run("doctor").out().contains(secret));
        Files.delete(sandbox.key());
        expect(1, "key", "fail", "is not there", "ENV_CLI_KEY_FILE");
        expect(1, "store", "ok", "version 1, 1 variable", "null");
    }

    @Test
    void whatOthersMayAccessIsTold() throws IOException {
        store();
        Files.setPosixFilePermissions(sandbox.key(), PosixFilePermissions.fromString("rw-r--r--"));
        expect(1, "key-file", "fail", "rw-r--r--", "chmod 600");
        Files.setPosixFilePermissions(sandbox.key(), PosixFilePermissions.fromString("rw-------"));
        Files.setPosixFilePermissions(sandbox.store(), PosixFilePermissions.fromString("rwxr-xr-x"));
        expect(0, "store-folder", "warn", "open to others", "chmod -R go=");
        Files.setPosixFilePermissions(folder.resolve("config/env-cli"), PosixFilePermissions.fromString("rwxrwxrwx"));
        expect(1, "key-folder", "fail", "can be written by anybody", "chmod o-w");
        Files.setPosixFilePermissions(folder.resolve("config/env-cli"), PosixFilePermissions.fromString("rwxrwx---"));
        expect(0, "key-folder", "warn", "can be written by others", "chmod go-w");
        Files.setAttribute(folder.resolve("config/env-cli"), "unix:mode", 01777);
        expect(0, "key-folder", "warn", "can be written by others", "chmod go-w");
    }

    @Test
    void aWriterIsNamedAndReadersAreNotRefused() {
        store();
        try (Store store = Store
                .open(StoreConfig.builder().directory(sandbox.store()).keyFile(sandbox.key()).build())) {
            assertEquals(1, store.status().variables());
            expect(0, "writer", "ok", "process " + ProcessHandle.current().pid(), "null");
            expect(0, "view", "ok", "kept by the writer", "null");
        }
    }

    @Test
    void aViewThatIsGoneOrDamagedIsAWarningAndStaysAsItIs() throws IOException {
        store();
        final Path view;
        try (var files = Files.list(sandbox.store().resolve("view"))) {
            view = files.findFirst().orElseThrow();
        }
        Files.write(view, new byte[100]);
        expect(0, "view", "warn", "damaged", "rebuilds it");
        assertEquals(100, Files.size(view));
        Files.delete(view);
        expect(0, "view", "warn", "there is none", "rebuilds it");
    }

    @Test
    void aFolderThatIsNoStoreFails() throws IOException {
        sandbox.file("data/env-cli/store/foreign.txt", "x");
        expect(1, "store", "fail", "foreign.txt", "--store");
    }

    @Test
    void aDiskOfMemoryIsTold() {
        final Path memory = Path.of("/dev/shm");
        assumeTrue(Files.isWritable(memory), "there is no /dev/shm here");
        final Sandbox.Result result = sandbox.run("doctor", "--store", memory.resolve("env-cli-none/store").toString());
        assertTrue(result.out().contains("tmpfs: in memory"), result.out());
        assertTrue(result.out().contains("-> nothing here survives a power cut"), result.out());
    }

    @Test
    void linesFitTheTerminal() {
        sandbox.terminals(false, true, true).columns(50);
        final Sandbox.Result result = sandbox.run("doctor", "--no-color");
        result.out().lines().forEach(line -> assertTrue(DisplayWidth.of(line) <= 50, line));
        assertFalse(result.out().contains("\u001b"), result.out());
        assertTrue(sandbox.run("doctor").out().contains("\u001b[32mok\u001b[0m"));
    }

    @Test
    void flagsAreComparedOneByOne() {
        final String wanted = "# a comment\n--add-exports=java.base/a=ALL-UNNAMED\n  -Xlog:disable -Dx=1\n";
        assertEquals(List.of(), JvmChecks.missing(wanted,
                List.of("-Dx=1", "--add-exports=java.base/a=ALL-UNNAMED", "-Xlog:disable", "-Xmx1g")));
        assertEquals(List.of("-Xlog:disable"),
                JvmChecks.missing(wanted, List.of("-Dx=1", "--add-exports=java.base/a=ALL-UNNAMED")));
    }

    @Test
    void missingStartCachesAreLookedForWhereTheLauncherPutsThem() throws IOException {
        final Path installed = folder.resolve("home/.cache/env-cli/aot");
        final Path beside = folder.resolve("cli/target");
        assertTrue(JvmChecks.noCache(installed.toString(), beside).contains("may not write to " + installed));
        Files.createDirectories(installed);
        assertTrue(JvmChecks.noCache(installed.toString(), beside)
                .contains(installed.resolve("training.log") + " for why"));
        assertTrue(JvmChecks.noCache(null, beside).contains("may not write to " + beside.resolve("aot")));
        assertTrue(JvmChecks.noCache("", beside).contains("set XDG_CACHE_HOME to a folder of yours"));
        final Path lock = Files.createDirectory(installed.resolve("lock"));
        assertTrue(JvmChecks.noCache(installed.toString(), beside).contains("wait a few seconds"));
        Files.setLastModifiedTime(lock, FileTime.from(Instant.now().minus(Duration.ofMinutes(11))));
        assertTrue(JvmChecks.noCache(installed.toString(), beside).contains("run another command"));
    }

    @Test
    void limitsThatAreTooLowAreNamed() {
        final String table = """
                Limit                     Soft Limit           Hard Limit           Units
                Max file size             1048576              unlimited            bytes
                Max address space         unlimited            unlimited            bytes
                Max open files            64                   1048576              files
                """;
        final List<String> tooLow = ProcessLimits.tooLow(table);
        assertEquals(2, tooLow.size(), String.valueOf(tooLow));
        assertTrue(tooLow.get(0).startsWith("Max file size 1048576"), tooLow.get(0));
        assertTrue(tooLow.get(1).startsWith("Max open files 64"), tooLow.get(1));
    }
}
