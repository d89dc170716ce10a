package io.envcli.cli;

import io.envcli.engine.Store;
import io.envcli.engine.StoreConfig;
import io.envcli.offheap.testing.LeakCheck;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Inputs, stores and keys that cannot be: the status says so, the error says what, and the store is as it was. */
@ExtendWith(LeakCheck.class)
class LimitsTest {
    private static final String SECRET = "hunter2-not-to-be-shown";
    private static final int LONGEST = 131_071;

    @TempDir
    Path folder;
    private Sandbox sandbox;

    @BeforeEach
    void aStoreWithOneVariable() {
        sandbox = new Sandbox(folder);
        assertEquals(0, sandbox.runWith("before", "put", "A").status());
    }

    /** Imports a text of which one line is rejected; the others are in the store. */
    private void rejected(final byte[] bad, final String reason) throws IOException {
        final byte[] good = "FIRST=1\n".getBytes(StandardCharsets.UTF_8);
        final byte[] text = new byte[good.length + bad.length];
        System.arraycopy(good, 0, text, 0, good.length);
        System.arraycopy(bad, 0, text, good.length, bad.length);
        final Path file = sandbox.file("bad.env", text);
        final Sandbox.Result result = sandbox.run("import", file.toString(), "--env", "bad");
        assertEquals(1, result.status(), result.err());
        assertTrue(result.err().startsWith(file + ":2:"), result.err());
        assertTrue(result.err().contains(reason), result.err());
        assertEquals(1, result.err().lines().count(), "one line, not the input: " + result.err().length());
        assertTrue(result.err().length() < 400, "the input is not repeated");
        assertFalse((result.out() + result.err()).contains(SECRET), "no value is shown");
        assertEquals("FIRST\n", names("bad"));
    }

    private void rejected(final String bad, final String reason) throws IOException {
        rejected(bad.getBytes(StandardCharsets.UTF_8), reason);
    }

    private String names(final String environment) {
        final StringBuilder names = new StringBuilder();
        sandbox.run("list", "--env", environment).out().lines()
                .forEach(line -> names.append(line, 0, line.indexOf('\t')).append('\n'));
        return names.toString();
    }

    private void asItWas() {
        assertEquals("before\n", sandbox.run("get", "A").out());
        assertEquals(1L, sandbox.run("status", "--json").json().get("version"));
        assertEquals(0, sandbox.run("verify").status());
    }

    private void refused(final Sandbox.Result result, final String... words) {
        assertEquals(2, result.status(), result.err());
        assertEquals("", result.out());
        assertEquals(1, result.err().lines().count(), result.err());
        for (final String word : words) {
            assertTrue(result.err().contains(word), word + " in: " + result.err());
        }
        assertFalse(result.err().contains(SECRET) || result.err().contains("defect"), result.err());
    }

    @Test
    void aNameThatIsTooLongIsRejected() throws IOException {
        rejected("N".repeat(70_000) + "=" + SECRET + "\n", "name");
    }

    @Test
    void nameAndValueOfOneByteTooManyAreRejected() throws IOException {
        rejected("N=" + SECRET + "x".repeat(LONGEST + 1 - 2 - SECRET.length()) + "\n", "longer than 131,071 bytes");
    }

    @Test
    void nulAndBytesThatAreNotUtf8AreRejected() throws IOException {
        rejected("N=" + SECRET + "\0" + "\n", "NUL");
        rejected(("N=" + SECRET + "\u00ff\n").getBytes(StandardCharsets.ISO_8859_1), "UTF-8");
    }

    @Test
    void theLongestNameAndTheLongestVariableAreTaken() throws IOException {
        final String name = "N".repeat(65_535);
        final String value = "v".repeat(LONGEST - 2);
        final Path file = sandbox.file("long.env", name + "=1\nV=" + value + "\n");
        assertEquals(0, sandbox.run("import", file.toString(), "--env", "long").status());
        assertEquals("1\n", sandbox.run("get", name, "--env", "long").out());
        assertEquals(value, sandbox.run("get", "V", "--env", "long", "--raw").out());
    }

    @Test
    void aPutBeyondTheLimitsChangesNothing() {
        refused(sandbox.runWith(SECRET, "put", "N".repeat(70_000)), "70000 bytes");
        refused(sandbox.runWith("x".repeat(LONGEST - 1), "put", "N"), "longer than 131069 bytes");
        refused(sandbox.runWith(SECRET + "\0", "put", "N"), "NUL");
        refused(sandbox.runWith((SECRET + "\u00ff").getBytes(StandardCharsets.ISO_8859_1), "put", "N"), "UTF-8");
        asItWas();
    }

    @Test
    void whatVanishesOrIsAFolderChangesNothing() throws IOException {
        final Path good = sandbox.file("in/.env", "A=after\n");
        refused(sandbox.run("import", good.toString(), folder.resolve("missing.env").toString()), "missing.env");
        asItWas();
    }

    @Test
    void aStoreThatIsNoneIsRefusedAndLeftAlone() throws IOException {
        final Path precious = sandbox.file("theirs/precious.txt", SECRET);
        final Path folderOfOthers = folder.resolve("theirs");
        final Path file = sandbox.file("file", SECRET);
        for (final Path store : List.of(folderOfOthers, file)) {
            for (final String line : List.of("get A", "list", "status", "verify", "export", "import " + file)) {
                refused(sandbox.run((line + " --store " + store).split(" ", -1)), store + ": not a store");
            }
            refused(sandbox.runWith("1", "put", "A", "--store", store.toString()), store + ": not a store");
        }
        assertEquals(SECRET, Files.readString(precious));
        try (var left = Files.list(folderOfOthers)) {
            assertEquals(1, left.count());
        }
        assertEquals(SECRET, Files.readString(file));
    }

    @Test
    void aWrongKeyOrNoneIsRefused() throws IOException {
        final Path other = folder.resolve("other/key");
        assertEquals(0, sandbox.runWith("1", "put", "A", "--store", folder.resolve("other/store").toString(),
                "--key-file", other.toString()).status());
        final Path none = folder.resolve("none");
        final Path in = sandbox.file("in.env", "A=after\n");
        for (final Path key : List.of(other, none, sandbox.file("junk", SECRET))) {
            for (final String line : List.of("get A", "list", "verify", "import " + in)) {
                refused(sandbox.run((line + " --key-file " + key).split(" ", -1)), "key");
            }
        }
        assertFalse(Files.exists(none), "no key is made for a store that has one");
        asItWas();
    }

    @Test
    void aSecondWriterIsRefusedAndReadersAreNot() throws IOException {
        final Path in = sandbox.file("in.env", "A=after\n");
        try (Store writer = Store
                .open(StoreConfig.builder().directory(sandbox.store()).keyFile(sandbox.key()).build())) {
            refused(sandbox.runWith("1", "put", "A"), sandbox.store().toString(), "process");
            refused(sandbox.run("import", in.toString()), sandbox.store().toString(), "process");
            refused(sandbox.run("unset", "A"), sandbox.store().toString(), "process");
            assertEquals("before\n", sandbox.run("get", "A").out());
            assertEquals(2, writer.put("default", "B", "1"));
            assertEquals("1\n", sandbox.run("get", "B").out());
        }
    }
}
