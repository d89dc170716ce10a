package io.envcli.cli;

import io.envcli.offheap.testing.LeakCheck;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

/** The verbs that need a store, one variable at a time. */
@ExtendWith(LeakCheck.class)
class StoreCommandsTest {
    private static final String SECRET = "hunter2-not-to-be-shown";

    @TempDir
    Path folder;
    private Sandbox sandbox;

    @BeforeEach
    void sandbox() {
        sandbox = new Sandbox(folder);
    }

    private void put(final String environment, final String name, final String value) {
        final Sandbox.Result result = sandbox.runWith(value, "put", name, "--env", environment, "--durability",
                "process");
        assertEquals(0, result.status(), result.err());
    }

    @Test
    void whatWasPutIsGot() {
        final Sandbox.Result put = sandbox.runWith(SECRET + "\n", "put", "TOKEN");
        assertEquals(0, put.status(), put.err());
        assertEquals("", put.out());
        assertEquals("TOKEN set in default (version 1, durability power)\n", put.err());
        final Sandbox.Result get = sandbox.run("get", "TOKEN");
        assertEquals(0, get.status(), get.err());
        assertEquals(SECRET + "\n", get.out());
        assertEquals("", get.err());
        assertEquals(SECRET, sandbox.run("get", "TOKEN", "--raw").out());
        assertEquals(Map.of("environment", "default", "name", "TOKEN", "found", true, "value", SECRET),
                sandbox.run("get", "TOKEN", "--json").json());
        assertTrue(Files.exists(sandbox.store()));
        assertTrue(Files.exists(sandbox.key()));
    }

    @Test
    void putTellsScriptsTheVersion() {
        assertEquals(Map.of("environment", "default", "name", "A", "version", 1L, "durability", "process"),
                sandbox.runWith("1", "put", "A", "--json", "--durability=process").json());
        assertEquals(Map.of("environment", "default", "name", "A", "version", 2L, "durability", "power"),
                sandbox.runWith("2", "put", "A", "--json").json());
        final Sandbox.Result quiet = sandbox.runWith("3", "put", "A", "--quiet");
        assertEquals("", quiet.out() + quiet.err());
        assertEquals("3\n", sandbox.run("get", "A").out());
    }

    @Test
    void oneLineFeedIsTakenOffUnlessRaw() throws Exception {
        for (final String[] pair : new String[][]{{"a", "a"}, {"a\n", "a"}, {"a\r\n", "a\r"}, {"a\n\n", "a\n"},
            {"", ""}, {"\n", ""}, {" a ", " a "}}) {
            put("default", "A", pair[0]);
            assertEquals(pair[1], sandbox.run("get", "A", "--raw").out());
        }
        sandbox.runWith("a\n", "put", "A", "--raw");
        assertEquals("a\n", sandbox.run("get", "A", "--raw").out());
        final Path file = sandbox.file("value", "from a file\n");
        assertEquals(0, sandbox.run("put", "A", "--from-file", file.toString()).status());
        assertEquals("from a file\n", sandbox.run("get", "A").out());
        assertEquals(2, sandbox.run("put", "A", "--from-file", folder.resolve("missing").toString()).status());
    }

    @Test
    void aValueThatCannotBeIsRefusedAndNothingChanged() {
        put("default", "A", "before");
        for (final byte[] value : List.of(new byte[]{'a', 0}, new byte[]{(byte) 0xFF}, new byte[131_072],
                "x".repeat(131_070).getBytes(StandardCharsets.UTF_8))) {
            final Sandbox.Result result = sandbox.runWith(value, "put", "A");
            assertEquals(2, result.status(), result.err());
            assertEquals("", result.out());
            assertTrue(result.err().startsWith("env-cli: "), result.err());
        }
        assertEquals("before\n", sandbox.run("get", "A").out());
    }

    @Test
    void theLargestValueGoesThrough() {
        final byte[] value = "y".repeat(131_071 - "A=".length()).getBytes(StandardCharsets.UTF_8);
        assertEquals(0, sandbox.runWith(value, "put", "A").status());
        assertArrayEquals(value, sandbox.run("get", "A", "--raw").stdout());
    }

    @Test
    void unsetRemovesAndSaysSo() {
        put("prod", "A", "1");
        put("prod", "B", "2");
        final Sandbox.Result unset = sandbox.run("unset", "A", "--env", "prod");
        assertEquals(0, unset.status(), unset.err());
        assertEquals("A unset in prod (version 3, durability power)\n", unset.err());
        final Sandbox.Result get = sandbox.run("get", "A", "--env", "prod");
        assertEquals(1, get.status());
        assertEquals("", get.out());
        assertEquals("env-cli: A is not set in prod; it was unset (see 'env-cli history A --env prod')\n", get.err());
        assertEquals(1, sandbox.run("unset", "A", "--env", "prod").status());
        assertEquals("2\n", sandbox.run("get", "B", "--env", "prod").out());
    }

    @Test
    void environmentsAreApart() {
        put("default", "A", "1");
        put("services/api/staging", "A", "2");
        assertEquals("1\n", sandbox.run("get", "A").out());
        assertEquals("2\n", sandbox.run("get", "A", "--env", "services/api/staging").out());
        assertEquals("2\n", sandbox.run("--env", "services/api/staging", "get", "A").out());
        assertEquals("default\nservices/api/staging\n", sandbox.run("list", "--environments").out());
        assertEquals(List.of("default", "services/api/staging"),
                sandbox.run("list", "--environments", "--json").json().get("environments"));
        final Sandbox.Result near = sandbox.run("list", "--env", "services/api/stagign");
        assertEquals(1, near.status());
        assertTrue(near.err().contains("did you mean services/api/staging?"), near.err());
        assertEquals(2, sandbox.runWith("1", "put", "A", "--env", "a//b").status());
        assertEquals(2, sandbox.runWith("1", "put", "A", "--env", "../b").status());
    }

    @Test
    void listShowsFingerprintsNotValues() {
        put("default", "TOKEN", SECRET);
        put("default", "ANOTHER", SECRET);
        put("default", "Z", "z");
        final Sandbox.Result list = sandbox.run("list");
        assertEquals(0, list.status());
        assertFalse(list.out().contains(SECRET));
        final List<String[]> rows = list.out().lines().map(line -> line.split("\t", -1)).toList();
        assertEquals(List.of("ANOTHER", "TOKEN", "Z"), rows.stream().map(row -> row[0]).toList());
        assertTrue(rows.get(0)[1].matches("[0-9a-f]{32}"), list.out());
        assertEquals(rows.get(0)[1], rows.get(1)[1], "equal values have equal fingerprints");
        assertFalse(rows.get(0)[1].equals(rows.get(2)[1]));
        assertEquals(List.of("2", "1", "3"), rows.stream().map(row -> row[2]).toList());
        assertTrue(sandbox.run("list", "--reveal").out().contains("TOKEN=" + SECRET + "\n"));
        final Object first = sandbox.run("list", "--json").array("variables").getFirst();
        assertEquals(Map.of("name", "ANOTHER", "fingerprint", rows.get(0)[1], "version", 2L), first);
    }

    @Test
    void exportReadsBack() throws Exception {
        put("default", "PLAIN", "a");
        put("default", "LINES", "a\nb \"c\" #d");
        put("default", "EMPTY", "");
        put("default", "UMLAUT", "Grüezi");
        final Sandbox.Result dotenv = sandbox.run("export");
        assertEquals(0, dotenv.status(), dotenv.err());
        final Path file = sandbox.file("exported.env", dotenv.out());
        assertEquals(List.of(List.of("EMPTY", ""), List.of("LINES", "a\nb \"c\" #d"), List.of("PLAIN", "a"),
                List.of("UMLAUT", "Grüezi")), sandbox.run("parse", file.toString(), "--json").json().get("variables"));
        final Map<String, Object> expected = Map.of("EMPTY", "", "LINES", "a\nb \"c\" #d", "PLAIN", "a", "UMLAUT",
                "Grüezi");
        assertEquals(expected, sandbox.run("export", "--format", "json").json());
        assertEquals(expected, sandbox.run("export", "--json").json());
        assertEquals(2, sandbox.run("export", "--format", "yaml").status());
        assertEquals(2, sandbox.run("export", "--format", "dotenv", "--json").status());
    }

    @Test
    void exportSaysWhatDotenvCannotWrite() {
        put("default", "A", "a");
        put("default", "NOT-FOR DOTENV", SECRET);
        final Sandbox.Result result = sandbox.run("export");
        assertEquals(1, result.status());
        assertEquals("A=a\n", result.out());
        assertEquals("default: NOT-FOR DOTENV: left out: a name in dotenv has only letters, digits, '_', '.' and '-';"
                + " export it with --format json, or give it such a name\n", result.err());
    }

    @Test
    void putWarnsOfANameThatDotenvCannotWrite() {
        final Sandbox.Result result = sandbox.runWith(SECRET, "put", "a b");
        assertEquals(0, result.status());
        assertTrue(result.err().contains("warning: a b: 'export' cannot write such a name as dotenv"), result.err());
        assertTrue(result.err().contains("export --format json"), result.err());
        assertFalse(result.err().contains(SECRET), result.err());
        assertEquals("", sandbox.runWith(SECRET, "put", "a b", "--quiet").err());
        assertFalse(sandbox.runWith(SECRET, "put", "A.b-C_1").err().contains("warning"));
    }

    @Test
    void aFileThatGivesNoValueIsNamed() throws Exception {
        final String folderName = Files.createDirectory(folder.resolve("a folder")).toString();
        final String missing = folder.resolve("missing").toString();
        final String large = sandbox.file("large", "x".repeat(131_073)).toString();
        for (final String[] pair : new String[][]{{folderName, "a folder holds no value; name a file"},
            {missing, "no such file; check the path"}, {large, "keep it in a file and set the file's path"}}) {
            final Sandbox.Result result = sandbox.run("put", "A", "--from-file", pair[0]);
            assertEquals(2, result.status());
            assertTrue(result.err().startsWith("env-cli: " + pair[0] + ": "), result.err());
            assertTrue(result.err().contains(pair[1]), result.err());
        }
        assertFalse(Files.exists(sandbox.store()), "no store was made");
    }

    @Test
    void aFileThatMayNotBeReadIsNamed() throws Exception {
        final Path file = sandbox.file("secret", SECRET);
        Files.setPosixFilePermissions(file, Set.of());
        assumeFalse(Files.isReadable(file), "skipped: root reads every file");
        final Sandbox.Result result = sandbox.run("put", "A", "--from-file", file.toString());
        assertEquals(2, result.status());
        assertEquals("env-cli: " + file + ": permission denied; check who may read or write it\n", result.err());
    }

    @Test
    void whatIsNotFoundIsJsonAsWell() {
        put("prod", "A", "1");
        final Sandbox.Result get = sandbox.run("get", "B", "--env", "prod", "--json");
        assertEquals(1, get.status());
        assertEquals(Map.of("environment", "prod", "name", "B", "found", false), get.json());
        assertTrue(get.err().contains("B is not set in prod"), get.err());
        assertEquals(Map.of("environment", "nope", "name", "A", "found", false),
                sandbox.run("get", "A", "--env", "nope", "--json").json());
        final Sandbox.Result unset = sandbox.run("unset", "B", "--env", "prod", "--json");
        assertEquals(1, unset.status());
        assertEquals(Map.of("environment", "prod", "name", "B", "found", false), unset.json());
        final Sandbox.Result list = sandbox.run("list", "--env", "nope", "--json");
        assertEquals(1, list.status());
        assertEquals(Map.of("environment", "nope", "variables", List.of(), "found", false), list.json());
    }

    @Test
    void theNearEnvironmentsAreNamed() {
        put("services/api/production", "A", "1");
        put("services/web/production", "A", "1");
        put("default", "A", "1");
        final Sandbox.Result result = sandbox.run("get", "A", "--env", "production");
        assertEquals(1, result.status());
        assertTrue(result.err().contains("did you mean services/api/production or services/web/production?"),
                result.err());
    }

    @Test
    void theKeyThatWasTriedIsNamedAndWhoNamedIt() throws Exception {
        put("default", "A", "1");
        final Path wrong = sandbox.folder().resolve("wrong");
        sandbox.runWith("1", "put", "A", "--store", folder.resolve("other").toString(), "--key-file",
                wrong.toString());
        final String store = sandbox.store().toString();
        final Sandbox.Result byOption = sandbox.run("get", "A", "--key-file", wrong.toString());
        assertEquals(2, byOption.status());
        assertEquals("env-cli: " + wrong + ": wrong key: the store " + store
                + " was made with another; restore that one"
                + " from a copy, or name its file (key file: named by --key-file; --key-file or ENV_CLI_KEY_FILE names"
                + " another)\n",
                byOption.err());
        assertEquals(2, sandbox.run("verify", "--key-file", wrong.toString()).status());
        assertEquals(byOption.err(), sandbox.runWith("1", "put", "A", "--key-file", wrong.toString()).err());
        sandbox.set("ENV_CLI_KEY_FILE", wrong.toString());
        assertTrue(sandbox.run("list").err().contains(" (key file: named by ENV_CLI_KEY_FILE;"));
        sandbox.set("ENV_CLI_KEY_FILE", "");
        Files.delete(sandbox.key());
        final Sandbox.Result missing = sandbox.run("get", "A");
        assertTrue(missing.err().startsWith("env-cli: " + sandbox.key() + ": the key of the store is not there"),
                missing.err());
        assertTrue(missing.err().contains(" (key file: the default, in the configuration folder;"), missing.err());
    }

    @Test
    void withoutTheKeyStatusSaysWhatCanBeKnown() throws Exception {
        put("prod", "TOKEN", SECRET);
        put("default", "A", "1");
        assertEquals("present", sandbox.run("status", "--json").field("key"));
        final Path key = Files.move(sandbox.key(), folder.resolve("put away"));
        final Sandbox.Result status = sandbox.run("status");
        assertEquals(0, status.status(), status.err());
        assertTrue(status.out().contains("missing: names and values cannot be read\n"), status.out());
        assertTrue(status.out().contains(sandbox.key() + ": the key of the store is not there"), status.out());
        assertTrue(status.out().contains("2 variables in 2 environments"), status.out());
        final Map<String, Object> json = sandbox.run("status", "--json").json();
        assertEquals("missing", json.get("key"));
        assertEquals(2L, json.get("version"));
        assertEquals(2L, json.get("variables"));
        assertEquals(2L, json.get("environments"));
        assertEquals(1L, json.get("segments"));
        assertTrue(((Number) Objects.requireNonNull(json.get("journal_bytes"))).longValue() > 0);
        assertTrue(String.valueOf(json.get("committed")).startsWith("20"), json + "");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
        final Sandbox.Result open = sandbox.run("status", "--key-file", key.toString(), "--json");
        assertEquals("unusable", open.field("key"));
        assertTrue(open.field("key_problem").toString().contains("chmod 600"), open.out());
        assertFalse(Files.exists(sandbox.key()), "no key was made");
    }

    @Test
    void withoutKeyAndViewTheCountsAreNotKnown() throws Exception {
        put("default", "A", "1");
        Files.delete(sandbox.key());
        try (DirectoryStream<Path> view = Files.newDirectoryStream(sandbox.store().resolve("view"))) {
            for (final Path file : view) {
                Files.delete(file);
            }
        }
        final Sandbox.Result status = sandbox.run("status");
        assertEquals(0, status.status(), status.err());
        assertTrue(status.out().contains("version       not known"), status.out());
        final Map<String, Object> json = sandbox.run("status", "--json").json();
        assertEquals("null", json.get("version"));
        assertEquals("null", json.get("variables"));
        assertEquals("null", json.get("committed"));
        assertEquals(false, json.get("writer_active"));
    }

    @Test
    void theOrderIsThatOfTheBytes() {
        for (final String name : List.of("\uD83D\uDE00", "\uFF21", "b", "ä", "B", "a")) {
            put("default", name, "1");
        }
        final List<String> sorted = List.of("B", "a", "b", "ä", "\uFF21", "\uD83D\uDE00");
        assertEquals(sorted, sandbox.run("list").out().lines().map(line -> line.split("\t", -1)[0]).toList());
        assertEquals(sorted,
                sandbox.run("list", "--reveal").out().lines().map(line -> line.split("=", -1)[0]).toList());
        assertEquals(sorted, List.copyOf(sandbox.run("export", "--json").json().keySet()));
    }

    @Test
    void aTerminalIsNotObeyed() {
        put("default", "A\u001b[2J", "x\u001b]0;title\u0007\ny");
        sandbox.terminals(true, true, true).set("NO_COLOR", "1");
        assertEquals("x\\x1b]0;title\\x07\ny\n", sandbox.run("get", "A\u001b[2J").out());
        for (final String line : List.of("list", "list --reveal", "list --json", "export --json")) {
            assertFalse(sandbox.run(line.split(" ", -1)).out().contains("\u001b"), line);
        }
    }

    @Test
    void verifyAndStatusOfAWholeStore() {
        put("prod", "TOKEN", SECRET);
        put("default", "A", "1");
        final Sandbox.Result verify = sandbox.run("verify");
        assertEquals(0, verify.status(), verify.out() + verify.err());
        assertTrue(verify.out().startsWith("intact: 2 versions, 2 changes"), verify.out());
        final Map<String, Object> verified = sandbox.run("verify", "--json").json();
        assertEquals(true, verified.get("intact"));
        assertEquals(List.of(), verified.get("findings"));
        final Sandbox.Result status = sandbox.run("status");
        assertEquals(0, status.status(), status.err());
        assertTrue(status.out().contains(sandbox.store().toString()), status.out());
        assertTrue(status.out().contains("2 variables in 2 environments"), status.out());
        final Map<String, Object> json = sandbox.run("status", "--json").json();
        assertEquals(2L, json.get("version"));
        assertEquals(2L, json.get("variables"));
        assertEquals(2L, json.get("environments"));
        assertEquals(false, json.get("writer_active"));
        assertFalse((json + "").contains("TOKEN"));
    }

    @Test
    void readingWhereThereIsNoStoreMakesNone() {
        for (final String line : List.of("get A", "list", "export", "verify", "status")) {
            final Sandbox.Result result = sandbox.run(line.split(" ", -1));
            assertEquals(2, result.status(), line + ": " + result.err());
            assertEquals("", result.out());
            assertTrue(result.err().contains(sandbox.store().toString()), result.err());
        }
        assertFalse(Files.exists(sandbox.store()));
        assertFalse(Files.exists(sandbox.key()));
    }

    @Test
    void storeAndKeyGoWhereTheyAreTold() {
        final String store = folder.resolve("my store").toString();
        final String key = folder.resolve("my key").toString();
        assertEquals(0, sandbox.runWith("1", "put", "A", "--store", store, "--key-file", key).status());
        assertEquals("1\n", sandbox.run("--store", store, "get", "A", "--key-file=" + key).out());
        sandbox.set("ENV_CLI_KEY_FILE", key);
        assertEquals("1\n", sandbox.run("get", "A", "--store", store).out());
        assertFalse(Files.exists(sandbox.store()));
        assertFalse(Files.exists(sandbox.key()));
    }
}
