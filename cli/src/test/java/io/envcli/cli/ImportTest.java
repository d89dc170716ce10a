package io.envcli.cli;

import io.envcli.offheap.testing.LeakCheck;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

@ExtendWith(LeakCheck.class)
class ImportTest {
    /** Tests run in the module's folder. */
    private static final Path SAMPLES = Path.of("../samples");
    private static final Path BROKEN = Path.of("../samples-broken");
    private static final int SAMPLE_VARIABLES = 138;

    @TempDir
    Path folder;
    private Sandbox sandbox;

    @BeforeEach
    void sandbox() {
        sandbox = new Sandbox(folder);
    }

    @Test
    void theSamplesAreClean() {
        final Sandbox.Result result = sandbox.run("import", SAMPLES.toString());
        assertEquals(0, result.status(), result.err());
        assertEquals("", result.err());
        assertTrue(result.out().startsWith("Imported 138 variables from 9 files into 9 environments\n"), result.out());
        assertTrue(result.out().contains("version     1, durability power\n"), result.out());
        assertTrue(result.out().contains(sandbox.store().toString()), result.out());
        assertTrue(result.out().contains("TZ in services/web/production (8 others of the store agree)"), result.out());
        assertEquals(1, result.out().lines().filter(line -> line.contains("others of the store agree")).count(),
                result.out());
        assertEquals("warn\n", sandbox.run("get", "LOG_LEVEL", "--env", "services/api/production").out());
        assertEquals("8\n", sandbox.run("get", "QUEUE_PREFETCH", "--env", "services/worker/staging").out());
    }

    @Test
    void oneSampleSecretIsUsedTwice() {
        sandbox.run("import", SAMPLES.toString());
        assertEquals(fingerprint("services/api/production", "SESSION_SECRET"),
                fingerprint("services/web/production", "COOKIE_SECRET"));
        assertFalse(fingerprint("services/api/staging", "SESSION_SECRET")
                .equals(fingerprint("services/web/staging", "COOKIE_SECRET")));
    }

    private String fingerprint(final String environment, final String name) {
        return sandbox.run("list", "--env", environment).out().lines().filter(line -> line.startsWith(name + "\t"))
                .map(line -> line.substring(name.length() + 1, name.length() + 33)).findFirst().orElseThrow();
    }

    @Test
    void jsonHasTheFieldsPromised() {
        final Sandbox.Result result = sandbox.run("import", SAMPLES.toString(), "--json", "--durability", "process");
        final Map<String, Object> json = result.json();
        assertTrue(json.keySet().containsAll(List.of("variables", "rejected", "warnings", "files", "bytes",
                "environments", "version", "durability", "seconds", "variables_per_second", "journal_bytes")),
                json + "");
        assertEquals((long) SAMPLE_VARIABLES, json.get("variables"));
        assertEquals(0L, json.get("rejected"));
        assertEquals(0L, json.get("warnings"));
        assertEquals(9L, json.get("files"));
        assertEquals(9L, json.get("environments"));
        assertEquals(1L, json.get("version"));
        assertEquals("process", json.get("durability"));
        assertTrue(result.number("seconds") > 0);
        assertTrue(result.number("variables_per_second") > 0);
        assertTrue(result.number("journal_bytes") > 0);
        assertEquals(List.of("TZ"), json.get("differing"));
    }

    @Test
    void jsonNamesEveryRejectAndWarningWithFileAndPlace() throws Exception {
        final Path file = sandbox.file("tree/a.env", "A=1\njunk\nA=not-to-be-shown\n");
        sandbox.file("tree/b.env", "B=1\n");
        final Sandbox.Result result = sandbox.run("import", folder.resolve("tree").toString(), "--json", "--quiet");
        assertEquals(1, result.status(), result.err());
        assertEquals(List.of(List.of(file.toString(), 2L, "no-equals")), places(result.array("rejects")));
        assertEquals(List.of(List.of(file.toString(), 3L, "duplicate")), places(result.array("warned")));
        assertEquals(1L, result.field("rejected"));
        assertEquals(1L, result.field("warnings"));
        assertFalse(result.out().contains("not-to-be-shown"), "no value is shown");
        final Sandbox.Result stdin = sandbox.runWith("junk\n", "import", "-", "--json");
        assertEquals(List.of(List.of("-", 1L, "no-equals")), places(stdin.array("rejects")));
        assertEquals(List.of(), stdin.array("warned"));
    }

    private static List<List<Object>> places(final List<?> diagnostics) {
        return diagnostics.stream().map(each -> (Map<?, ?>) each).map(each -> {
            assertTrue(((Number) required(each, "column")).intValue() > 0, each + "");
            assertFalse(required(each, "message").toString().isEmpty(), each + "");
            return List.of(required(each, "file"), required(each, "line"), required(each, "reason"));
        }).toList();
    }

    private static Object required(final Map<?, ?> object, final String field) {
        return Objects.requireNonNull(object.get(field), field);
    }

    @Test
    void importingTwiceMakesTwoVersionsAndTheSameAnswers() {
        sandbox.run("import", SAMPLES.toString());
        final String before = sandbox.run("export", "--env", "services/web/staging").out();
        final Map<String, Object> again = sandbox.run("import", SAMPLES.toString(), "--json").json();
        assertEquals(2L, again.get("version"));
        assertEquals((long) SAMPLE_VARIABLES, again.get("unchanged"));
        assertEquals(before, sandbox.run("export", "--env", "services/web/staging").out());
    }

    @Test
    void mistakesAreRejectedWithPlaceAndReasonAndTheRestGoesIn() {
        final Sandbox.Result result = sandbox.run("import", BROKEN.toString());
        assertEquals(1, result.status(), result.err());
        assertTrue(
                result.err()
                        .contains("not-utf8.env:2:9: value is not valid UTF-8 (byte 0xE8); the line was rejected\n"),
                result.err());
        assertTrue(result.err().contains("warning: ") && result.err().contains("duplicate.env:4:1: "), result.err());
        assertTrue(result.out().contains("rejected    6 ("), result.out());
        assertTrue(result.out().contains("no-equals 2"), result.out());
        assertTrue(result.out().contains("warnings    2 ("), result.out());
        assertFalse((result.out() + result.err()).contains("fake-token"), "no value is shown");
        assertEquals("5000\n", sandbox.run("get", "TIMEOUT_MS", "--env", "duplicate").out());
        assertEquals(1, sandbox.run("get", "TOKEN", "--env", "nul").status());
        final Sandbox.Result quiet = sandbox.run("import", BROKEN.toString(), "--quiet");
        assertEquals("", quiet.out());
        assertEquals(6, quiet.err().lines().count(), quiet.err());
        assertFalse(quiet.err().contains("warning"), quiet.err());
    }

    @Test
    void aFileWithoutVariablesMakesNoEnvironment() throws Exception {
        final Path empty = sandbox.file("tree/api/.env", "");
        sandbox.file("tree/web/.env", "# nothing yet\n");
        sandbox.file("tree/.env", "A=1\n");
        final Sandbox.Result result = sandbox.run("import", folder.resolve("tree").toString());
        assertEquals(0, result.status(), result.err());
        assertTrue(result.out().startsWith("Imported 1 variable from 3 files into 1 environment\n"), result.out());
        assertTrue(result.out().contains("  empty       2 files have no variables: " + empty + ", "), result.out());
        assertEquals("default\n", sandbox.run("list", "--environments").out());
        final Map<String, Object> json = sandbox.run("import", empty.toString(), "--json").json();
        assertEquals(0L, json.get("environments"));
        assertEquals(0L, json.get("variables"));
        assertEquals(1L, json.get("empty_files"));
        assertEquals(2L, json.get("version"));
        assertEquals(1L, sandbox.run("status", "--json").field("environments"));
        assertTrue(sandbox.run("import", "-").out().contains("1 file has no variables: stdin\n"));
    }

    @Test
    void aFileNameOfAnyCharactersIsShownAsOneHarmlessLine() throws Exception {
        final String shown = folder.resolve("tree") + "/.env.new\\x0aline\\x1b";
        final Path file = sandbox.file("tree/.env.new\nline\u001b", "A=1\njunk\nA=2\n");
        final String tree = folder.resolve("tree").toString();
        assertEquals("env-cli: " + shown + ": environment 'new\\x0aline\\x1b' has a control character;"
                + " choose another (--env names one)\n", sandbox.run("import", tree).err());
        final List<String> diagnostics = sandbox.run("import", tree, "--env", "a").err().lines().toList();
        assertEquals(2, diagnostics.size(), diagnostics + "");
        assertTrue(diagnostics.get(0).startsWith(shown + ":2:1: "), diagnostics + "");
        assertTrue(diagnostics.get(1).startsWith("warning: " + shown + ":3:1: "), diagnostics + "");
        assertTrue(sandbox.run("parse", file.toString()).err().startsWith(shown + ":2:1: "));
        Files.delete(file);
        for (final String verb : List.of("import", "parse")) {
            assertTrue(sandbox.run(verb, file.toString()).err().startsWith("env-cli: " + shown + ": no such file"),
                    verb);
        }
    }

    @Test
    void aSlipLeavesNoStoreBehind() throws Exception {
        final String nothing = Files.createDirectory(folder.resolve("nothing here")).toString();
        assertEquals(2, sandbox.run("import", nothing).status());
        assertFalse(Files.exists(sandbox.store()), "no store was made");
        assertFalse(Files.exists(sandbox.key()), "no key was made");
    }

    @Test
    void manyRejectsAreCountedAndTheFirstShown() throws Exception {
        final Path file = sandbox.file("a.env", "junk\n".repeat(1000) + "A=1\n");
        final Sandbox.Result result = sandbox.run("import", file.toString());
        assertEquals(1, result.status());
        assertTrue(result.err().startsWith(file + ":1:1: "), result.err());
        assertTrue(result.err().endsWith("... and 990 more rejected; 'env-cli parse FILE' lists those of a file\n"),
                result.err());
        assertTrue(result.out().contains("rejected    1,000"), result.out());
        final Sandbox.Result quiet = sandbox.run("import", file.toString(), "--quiet");
        assertEquals("", quiet.out());
        assertEquals(result.err(), quiet.err(), "rejects are shown and counted all the same");
    }

    @Test
    void manyWarningsAreNotEvenCountedIfItIsToBeQuiet() throws Exception {
        final Path file = sandbox.file("a.env", "A=1\n".repeat(30));
        final String more = "... and 19 more warnings";
        final Sandbox.Result loud = sandbox.run("import", file.toString());
        assertTrue(loud.err().contains(more), loud.err());
        assertEquals("", sandbox.run("import", file.toString(), "--quiet").err());
    }

    @Test
    void stdinInBothDialects() {
        assertEquals(0, sandbox.runWith("A='1'\n", "import", "-", "--quiet").status());
        assertEquals("1\n", sandbox.run("get", "A").out());
        assertEquals(0,
                sandbox.runWith("A='2'\n3\0B=4", "import", "-", "--dialect", "environ", "--env", "laptop").status());
        assertEquals("'2'\n3\n", sandbox.run("get", "A", "--env", "laptop").out());
        assertEquals("4\n", sandbox.run("get", "B", "--env", "laptop").out());
    }

    @Test
    void oneEnvironmentForAll() {
        final Map<String, Object> json = sandbox.run("import", SAMPLES.toString(), "--env", "all", "--json").json();
        assertEquals(1L, json.get("environments"));
        assertEquals("all\n", sandbox.run("list", "--environments").out());
    }

    @Test
    void whatCannotBeReadChangesNothing() throws Exception {
        sandbox.runWith("1", "put", "A");
        final String empty = Files.createDirectory(folder.resolve("nothing here")).toString();
        for (final String path : List.of(folder.resolve("missing.env").toString(), empty)) {
            final Sandbox.Result result = sandbox.run("import", SAMPLES.toString(), path);
            assertEquals(path.equals(empty) ? 0 : 2, result.status(), result.err());
        }
        final Sandbox.Result nothing = sandbox.run("import", empty);
        assertEquals(2, nothing.status());
        assertTrue(nothing.err().contains(empty) && nothing.err().contains(".env"), nothing.err());
    }

    @Test
    void progressIsForTerminals() {
        sandbox.terminals(false, false, true).set("NO_COLOR", "1");
        final Sandbox.Result result = sandbox.run("import", SAMPLES.toString());
        assertFalse(result.out().contains("\r") || result.out().contains("\u001b"), result.out());
        assertTrue(result.err().isEmpty() || result.err().endsWith("\r\u001b[K"), "the line is taken away again");
    }

    @Test
    void everySampleFileSetsNoNameTwice() throws Exception {
        try (var files = Files.walk(SAMPLES)) {
            for (final Path file : files.filter(it -> it.getFileName().toString().startsWith(".env")).toList()) {
                final List<?> pairs = sandbox.run("parse", file.toString(), "--json").array("variables");
                final Set<Object> names = new HashSet<>();
                pairs.forEach(pair -> assertTrue(names.add(((List<?>) pair).getFirst()), file + ": " + pair));
            }
        }
    }
}
