package io.envcli.cli;

import io.envcli.offheap.testing.LeakCheck;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

@ExtendWith(LeakCheck.class)
class ScanTest {
    @TempDir
    Path folder;
    private Sandbox sandbox;
    private String tree;

    @BeforeEach
    void tree() throws Exception {
        sandbox = new Sandbox(folder);
        sandbox.file("tree/a.js",
                "const p = process.env.PORT || 3000;\nprocess.env.TOKEN; process.env[x];\nprocess.env.PATH\n");
        sandbox.file("tree/b.py", "import os\nos.getenv('PORT', '8080')\n");
        sandbox.file("tree/.env", "TOKEN=hunter2-secret\nOLD=1\n");
        tree = folder.resolve("tree").toString();
    }

    @Test
    void aLineAUse() {
        final Sandbox.Result result = sandbox.run("scan", tree);
        assertEquals(0, result.status(), result.err());
        assertEquals("""
                T/.env:1:1	TOKEN	defined	dotenv
                T/.env:2:1	OLD	defined	dotenv
                T/a.js:1:23	PORT	default 3000	process.env
                T/a.js:2:13	TOKEN	required	process.env
                T/a.js:2:32	x	unknown	process.env
                T/a.js:3:13	PATH	required	process.env
                T/b.py:2:12	PORT	default 8080	os.getenv
                """.replace("T/", tree + "/"), result.out());
        assertEquals("3 variables are read, and in 1 place one of unknown name; looked into 3 files, 151 bytes\n",
                result.err());
        assertFalse(Files.exists(sandbox.store()), "needs no store");
        assertEquals("", sandbox.run("scan", tree, "--quiet").err());
    }

    /** A second scan says the same in every form, and only where it may, leaves something behind. */
    @Test
    void theCacheChangesNothingThatIsSaid() throws Exception {
        for (final String form : List.of("--quiet", "--json", "--sarif", "--secrets")) {
            final Sandbox.Result uncached = sandbox.run("scan", tree, form, "--no-cache");
            final Sandbox.Result first = sandbox.run("scan", tree, form);
            final Sandbox.Result second = sandbox.run("scan", tree, form);
            assertEquals(uncached.out(), first.out());
            assertEquals(uncached.out(), second.out());
            assertEquals(uncached.err(), second.err());
        }
        assertTrue(Files.isDirectory(folder.resolve("cache/env-cli/scan")));
    }

    @Test
    void withoutTheCacheNothingIsWritten() {
        assertEquals(0, sandbox.run("scan", tree, "--no-cache").status());
        assertFalse(Files.exists(folder.resolve("cache")));
    }

    @Test
    void json() {
        final Sandbox.Result result = sandbox.run("scan", tree, "--json", "--type", "js");
        final Map<String, Object> json = result.json();
        assertEquals(List.of("uses", "secrets", "problems", "files", "bytes"), List.copyOf(json.keySet()));
        assertEquals("{file=" + tree + "/a.js, line=1, column=23, language=javascript, pattern=process.env, kind=read,"
                + " name=PORT, need=default, default=3000, confidence=accessor}", "" + result.array("uses").get(0));
        assertEquals(
                "{file=" + tree + "/a.js, line=2, column=32, language=javascript, pattern=process.env, kind=unknown,"
                        + " expression=x, confidence=accessor}",
                "" + result.array("uses").get(2));
    }

    @Test
    void againstAFile() throws Exception {
        final String set = sandbox.file("set.env", "PORT=1\nUNUSED=2\n").toString();
        final Sandbox.Result result = sandbox.run("scan", tree, "--against", set);
        assertEquals(1, result.status(), result.err());
        assertEquals("missing\tTOKEN\tT/a.js:2:13\ndefault\tPORT\tT/a.js:1:23\tdefault 3000\n".replace("T/", tree + "/")
                + "default\tPORT\t" + tree + "/b.py:2:12\tdefault 8080\nunused\tUNUSED\n", result.out());
        final Map<?, ?> against = (Map<?, ?>) sandbox.run("scan", tree, "--against", set, "--json").field("against");
        assertEquals(List.of("missing", "unused", "defaults"), List.copyOf(against.keySet()));
        assertEquals(List.of("UNUSED"), against.get("unused"));
        assertEquals(0, sandbox.run("scan", tree, "--against", tree + "/.env").status());
    }

    @Test
    void againstAnEnvironmentOfTheStore() {
        sandbox.run("import", tree);
        assertEquals(0, sandbox.run("scan", tree, "--against", "default").status());
        assertTrue(sandbox.run("scan", tree, "--against", "default").out().endsWith("unused\tOLD\n"));
        final Sandbox.Result misspelt = sandbox.run("scan", tree, "--against", "defualt");
        assertEquals(2, misspelt.status());
        assertTrue(misspelt.err().contains("did you mean default?"), misspelt.err());
        assertEquals("", misspelt.out());
    }

    @Test
    void writesAnExampleButNeverOverOne() throws Exception {
        final Sandbox.Result result = sandbox.run("scan", tree, "--write-example");
        assertEquals(0, result.status(), result.err());
        assertEquals("", result.out());
        final Path example = Path.of(tree, ".env.example");
        assertEquals("# T/a.js:1: has a default\n# T/b.py:2: has a default\nPORT=\n\n# T/a.js:2: required\nTOKEN=\n"
                .replace("T/", tree + "/"), Files.readString(example));
        assertTrue(result.err().contains("; wrote " + example), result.err());
        final Sandbox.Result again = sandbox.run("scan", tree, "--write-example");
        assertEquals(2, again.status());
        assertTrue(again.err().contains(example + ": is there already"), again.err());
        assertEquals("PORT\t0 bytes\nTOKEN\t0 bytes\n", sandbox.run("parse", example.toString()).out());
    }

    @Test
    void aProblemIsAWarning() throws Exception {
        Files.createSymbolicLink(folder.resolve("tree/loop"), folder.resolve("tree"));
        final Sandbox.Result result = sandbox.run("scan", tree, "--follow");
        assertEquals(0, result.status());
        assertTrue(result.err().startsWith("warning: " + tree + "/loop: a symbolic link to a folder"), result.err());
        assertEquals(1, sandbox.run("scan", tree, "--follow", "--json").array("problems").size());
    }

    @Test
    void wrongUsage() {
        for (final List<String> line : List.of(List.of("scan", "PATH is missing"),
                List.of("scan", tree, "--type", "cobol", "type=cobol is unknown; use one of: "),
                List.of("scan", tree + "/none", "no such file"),
                List.of("scan", tree, "--against", "none.env", "none.env: no such file; as the name of an environment"),
                List.of("scan", tree, "--env", "x", "--env has no effect here"),
                List.of("scan", tree + "/a.js", "--write-example", "needs a folder as PATH"))) {
            final Sandbox.Result result = sandbox.run(line.subList(0, line.size() - 1).toArray(String[]::new));
            assertEquals(2, result.status(), result.err());
            assertTrue(result.err().contains(line.getLast()), result.err());
            assertEquals("", result.out());
        }
    }

    @Test
    void controlCharactersOfATreeAreNotObeyed() throws Exception {
        sandbox.file("tree/c\u001b[31m.js", "process.env.X || 'a\tb'\n");
        final Sandbox.Result result = sandbox.run("scan", tree, "--glob", "c*");
        assertEquals(tree + "/c\\x1b[31m.js:1:13\tX\tdefault a\\x09b\tprocess.env\n", result.out());
    }
}
