package io.envcli.cli;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** How it feels: what fits the terminal, and what is said where somebody would otherwise wonder. */
class FeelTest {
    @TempDir
    Path folder;
    private Sandbox sandbox;

    @BeforeEach
    void sandbox() {
        sandbox = new Sandbox(folder);
    }

    @ParameterizedTest
    @EnumSource(Verb.class)
    void helpFitsANarrowTerminal(final Verb verb) {
        sandbox.terminals(true, true, true).columns(60).set("NO_COLOR", "1");
        final List<String> lines = sandbox.run(verb.word(), "--help").out().lines().toList();
        lines.stream().dropWhile(line -> !line.isEmpty())
                .forEach(line -> assertTrue(line.length() <= 60, line)); // examples stay commands to be copied
    }

    @Test
    void theSummaryOfAnImportFitsATerminal() throws IOException {
        for (final String stage : List.of("a", "b", "c", "d")) {
            sandbox.file("app/services/with-a-long-name/.env." + stage,
                    "# nothing but a long comment\nVALUE=" + (stage.equals("d") ? "other" : "same") + "\n");
        }
        sandbox.file("app/.env.example", "A=changeme\n");
        sandbox.terminals(true, true, true).columns(44).set("NO_COLOR", "1");
        final Sandbox.Result result = sandbox.run("import", folder.resolve("app").toString());
        assertEquals(0, result.status(), result.err());
        result.out().lines().skip(1).forEach(line -> assertTrue(DisplayWidth.of(line) <= 44, line));
        assertTrue(result.out().contains("\n  templates   1 file is an example by its"), result.out());
        assertTrue(result.out().contains("\n  differs     VALUE in"), result.out());
    }

    @Test
    void jsonCountsTemplates() throws IOException {
        sandbox.file("app/example.env", "A=1\n");
        sandbox.file("app/.env.local.sample", "A=1\n");
        sandbox.file("app/.env.exemplary", "A=1\n");
        sandbox.file("app/.env.dist", "# empty\n");
        final String app = folder.resolve("app").toString();
        assertEquals(2, sandbox.run("import", app, "--json").number("template_files"));
    }

    @Test
    void aDryRunSaysWhatItWasAfterWhatItShows() throws IOException {
        final Path file = sandbox.file("a.env", "A=1\n");
        sandbox.terminals(true, true, true);
        final ByteArrayOutputStream both = new ByteArrayOutputStream();
        final Shell shell = new Shell(InputStream.nullInputStream(), both, both, sandbox.environment(), true, true,
                true, 80);
        assertEquals(ExitStatus.DONE, Cli.run(List.of("import", file.toString(), "--dry-run", "--no-color"), shell));
        final String text = both.toString(StandardCharsets.UTF_8);
        assertTrue(text.indexOf("NAME") < text.indexOf("dry run: 1 new"), text);
    }

    @Test
    void reasonsThatWereNotAllKeptSaySo() throws IOException {
        final Path file = sandbox.file("a.env", "A=1\n" + "no equals\n".repeat(1_500));
        final Sandbox.Result result = sandbox.run("import", file.toString());
        assertTrue(result.out().contains("rejected    1,500 (of the first 1,000: "), result.out());
    }

    @Test
    void anEnvironmentThatNobodyNamedIsExplained() {
        assertEquals(0, sandbox.runWith("1", "put", "A", "--env", "production", "--durability", "process").status());
        final Sandbox.Result result = sandbox.run("get", "A");
        assertEquals(1, result.status());
        assertTrue(result.err().contains("no environment default, which is meant where --env names none; did you mean"
                + " production?"), result.err());
        assertTrue(sandbox.run("list", "production").err().contains("an environment goes after --env"));
    }

    @Test
    void theEngineNamesNoOptionAndTheCommandLineDoes() throws IOException {
        final Sandbox.Result none = sandbox.run("get", "A");
        assertTrue(none.err().contains("there is no store here; import something first, or name another folder"
                + " (--store names another)"), none.err());
        assertEquals(0, sandbox.runWith("1", "put", "A", "--durability", "process").status());
        sandbox.file("app/.env.a\u0007", "A=1\n");
        final Sandbox.Result environment = sandbox.run("import", folder.resolve("app").toString(), "--dry-run");
        assertTrue(environment.err().contains("--env names one"), environment.err());
        Files.delete(sandbox.key());
        final Sandbox.Result key = sandbox.run("get", "A");
        assertTrue(key.err().contains("--key-file or ENV_CLI_KEY_FILE names another"), key.err());
    }

    @Test
    void aRollbackHasNoLine() throws IOException {
        final Path file = sandbox.file("a.env", "A=1\n");
        assertEquals(0, sandbox.run("import", file.toString(), "--env", "default").status());
        assertEquals(0, sandbox.runWith("2", "put", "A").status());
        assertEquals(0, sandbox.run("rollback", "1").status());
        final Sandbox.Result history = sandbox.run("history", "A", "--json");
        assertEquals("null", ((Map<?, ?>) history.array("changes").getFirst()).get("line"), history.out());
        assertFalse(history.out().contains("\"line\":0"), history.out());
    }

    @Test
    void wrappedTextKeepsEveryCharacter() {
        assertEquals(List.of("ab cd", "efghi", "jkl m"), DisplayWidth.wrap("ab cd efghijkl m", 5));
        assertEquals(List.of("漢字", "漢 x"), DisplayWidth.wrap("漢字漢 x", 4));
        assertEquals("…l/b", DisplayWidth.cutFront("all/b", 4));
        assertEquals("…字", DisplayWidth.cutFront("漢漢字", 4));
        assertEquals("all/b", DisplayWidth.cutFront("all/b", 5));
        assertEquals(List.of(""), DisplayWidth.wrap("", 10));
        assertEquals(2, DisplayWidth.of("\u1100\u1161\u11a8"), "a syllable of three Jamo");
    }
}
