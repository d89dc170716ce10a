package io.envcli.cli;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Wrong usage: one line that names the remedy, status 2, nothing changed. */
class UsageTest {
    private static final Pattern WORDS = Pattern.compile(" +");
    private static final String SECRET = "hunter2-not-to-be-shown";

    @TempDir
    Path folder;
    private Sandbox sandbox;

    @BeforeEach
    void sandbox() {
        sandbox = new Sandbox(folder);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "lst                          | unknown verb 'lst'; did you mean list?",
        "improt .                     | did you mean import?",
        "xyzzy                        | unknown verb 'xyzzy' (see 'env-cli --help')",
        "--jsn                        | unknown option --jsn; did you mean --json?",
        "--json                       | a verb is missing",
        "--store /x                   | a verb is missing",
        "get A --jsn                  | get: unknown option --jsn; did you mean --json?",
        "get A --enviroment x         | get: unknown option --enviroment; did you mean --env?",
        "get A -x                     | get: unknown option -x (see 'env-cli get --help')",
        "get                          | get: NAME is missing",
        "get A B                      | get: one NAME is expected, 2 arguments were given",
        "get A --env                  | get: --env needs a value",
        "get A --json=yes             | get: --json takes no value",
        "list A                       | list: takes no argument, and was given 'A'",
        "import                       | import: PATH is missing: a file, a folder, or - for stdin",
        "import - x                   | import: - (stdin) cannot be mixed with files",
        "import - --exclude x         | import: --exclude leaves out files below folders, and - (stdin) has none; omit --exclude",
        "import x --durability forever | import: --durability forever is not a durability class",
        "import x --dialect dotnev    | did you mean dotenv?",
        "parse                        | parse: FILE is missing",
        "put A --dialect dotenv       | put: unknown option --dialect",
        "status A                     | status: takes no argument",
        "verify A                     | verify: takes no argument",
        "verify --env x               | verify: --env has no effect here; leave it out",
        "status --env=x               | status: --env has no effect here",
        "parse a.env --env x          | parse: --env has no effect here",
        "list --environments --env x  | list: --environments lists all of them",
        "list --environments --reveal | leave out --reveal",
        "import nowhere.env           | nowhere.env: no such file or folder"})
    void saysWhatIsWrongAndWhatToDo(final String line, final String expected) {
        final Sandbox.Result result = sandbox.run(WORDS.split(line));
        assertEquals(2, result.status(), result.err());
        assertEquals("", result.out());
        assertTrue(result.err().contains(expected), result.err());
        assertTrue(result.err().startsWith("env-cli: "), result.err());
        assertEquals(1, result.err().lines().count(), result.err());
        assertFalse(Files.exists(sandbox.store()), "no store was made");
    }

    @ParameterizedTest
    @ValueSource(strings = {"put A " + SECRET, "put A=" + SECRET, "put A --value=" + SECRET, "put A -" + SECRET,
        "put " + SECRET + "=1 " + SECRET, "--value=" + SECRET + " put A"})
    void aValueInTheWrongPlaceIsNotRepeated(final String line) {
        final Sandbox.Result result = sandbox.runWith("x", WORDS.split(line));
        assertEquals(2, result.status(), result.err());
        assertEquals("", result.out());
        assertFalse(result.err().contains(SECRET), result.err());
        assertFalse(Files.exists(sandbox.store()), "no store was made");
    }

    @Test
    void aValueAsArgumentIsRefusedWithTheReason() {
        final Sandbox.Result result = sandbox.run("put", "A", SECRET);
        assertTrue(result.err().contains("a value is never an argument"), result.err());
        assertTrue(result.err().contains("--from-file"), result.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"list --store=", "get A --env=", "put A --from-file=", "import --key-file= ."})
    void anEmptyValueIsRefused(final String line) {
        final Sandbox.Result result = sandbox.run(WORDS.split(line));
        assertEquals(2, result.status());
        assertTrue(result.err().matches("env-cli: [a-z]+: the value of --[a-z-]+ is empty .*\n"), result.err());
    }

    @Test
    void anEmptyPathIsNotTheCurrentFolder() {
        for (final String verb : List.of("import", "parse")) {
            final Sandbox.Result result = sandbox.run(verb, "");
            assertEquals(2, result.status());
            assertTrue(result.err().startsWith("env-cli: " + verb + ": an argument is empty"), result.err());
        }
        assertFalse(Files.exists(sandbox.store()), "no store was made");
    }

    @Test
    void whatCannotBePutLeavesNoStoreBehind() {
        for (final String[] words : new String[][]{{"put", "a\nb"}, {"put", "A", "--env", "a//b"}}) {
            assertEquals(2, sandbox.runWith("1", words).status());
        }
        assertEquals(2, sandbox.runWith(new byte[]{(byte) 0xFF}, "put", "A").status());
        assertFalse(Files.exists(sandbox.store()), "no store was made");
        assertFalse(Files.exists(sandbox.key()), "no key was made");
    }

    @Test
    void putWithoutAConsoleSaysWhatToDo() {
        final Sandbox.Result result = sandbox.terminals(true, false, false).run("put", "A");
        assertEquals(2, result.status());
        assertTrue(result.err().contains("--from-file"), result.err());
    }

    @Test
    void escapesInArgumentsDoNotReachTheTerminal() {
        final Sandbox.Result result = sandbox.run("\u001b]0;owned\u0007");
        assertEquals(2, result.status());
        assertTrue(result.err().contains("\\x1b]0;owned\\x07"), result.err());
        assertFalse(result.err().contains("\u001b"), result.err());
    }

    @Test
    void argumentFilesAreNotExpanded() throws Exception {
        final Path file = sandbox.file("arguments", "--help");
        assertEquals(1, sandbox.run("parse", "@" + file).err().lines().count());
    }
}
