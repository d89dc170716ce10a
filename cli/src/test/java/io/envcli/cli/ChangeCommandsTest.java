package io.envcli.cli;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** {@code rollback}, and imports with {@code --dry-run}, {@code --strict} and {@code --prune}. */
class ChangeCommandsTest {
    @TempDir
    Path folder;
    private Sandbox sandbox;
    private String app = "";

    @BeforeEach
    void sandbox() throws IOException {
        sandbox = new Sandbox(folder);
        app = folder.resolve("app").toString();
        sandbox.file("app/.env.prod", "URL=one\nOLD=1\n");
    }

    private Sandbox.Result load(final String... more) {
        final String[] all = new String[more.length + 4];
        System.arraycopy(new String[]{"import", app, "--durability", "process"}, 0, all, 0, 4);
        System.arraycopy(more, 0, all, 4, more.length);
        return sandbox.run(all);
    }

    @Test
    void aDryRunSaysWhatWouldChangeAndMakesNoStore() throws IOException {
        final Sandbox.Result first = load("--dry-run");
        assertEquals(0, first.status());
        assertEquals("+\tprod\tOLD\n+\tprod\tURL\n", first.out());
        assertEquals("dry run: 2 new, 0 changed, 0 as they are, 0 unset; nothing was changed\n", first.err());
        assertFalse(Files.exists(sandbox.store()));
        load();
        sandbox.file("app/.env.prod", "URL=two\nNEW=1\n");
        assertEquals("+\tprod\tNEW\n~\tprod\tURL\n", load("--dry-run").out());
        final Sandbox.Result json = load("--dry-run", "--prune", "--json");
        assertEquals(1.0, json.number("pruned"));
        assertEquals(Map.of("change", "unset", "environment", "prod", "name", "OLD"), json.array("changes").get(1));
        assertEquals("one\n", sandbox.run("get", "URL", "--env", "prod").out());
        assertEquals(1, sandbox.run("log").out().lines().count());
    }

    @Test
    void aDryRunAndTheImportAgree() throws IOException {
        load();
        sandbox.file("app/.env.prod", "URL=one\nNEW=1\nNEW=2\n");
        final Sandbox.Result dry = load("--dry-run", "--prune", "--json");
        final Sandbox.Result real = load("--prune", "--json");
        for (final String field : new String[]{"variables", "unchanged", "pruned", "rejected", "warnings", "files"}) {
            assertEquals(dry.number(field), real.number(field), field);
        }
        assertEquals("NEW=2\nURL=one\n", sandbox.run("export", "--env", "prod").out());
    }

    @Test
    void strictAndPruneImportNothingIfALineIsRejected() throws IOException {
        load();
        sandbox.file("app/.env.prod", "URL=two\nnot a variable\n");
        for (final String option : new String[]{"--strict", "--prune"}) {
            final Sandbox.Result result = load(option);
            assertEquals(1, result.status());
            assertTrue(result.err().endsWith(
                    "env-cli: nothing was imported: 1 line was rejected, and " + option + " takes all or none\n"),
                    result.err());
            assertEquals("null", load(option, "--json").json().get("version"));
            assertEquals("dry run: nothing would be imported, since lines are rejected; nothing was changed",
                    load(option, "--dry-run").err().lines().toList().getLast());
        }
        assertEquals("one\n", sandbox.run("get", "URL", "--env", "prod").out());
        assertEquals("1\n", sandbox.run("get", "OLD", "--env", "prod").out());
    }

    @Test
    void aRollbackIsANewVersionAndCanBeRolledBack() throws IOException {
        load();
        sandbox.file("app/.env.prod", "URL=two\nNEW=1\n");
        load("--prune");
        final Sandbox.Result dry = sandbox.run("rollback", "1", "--dry-run");
        assertEquals(0, dry.status());
        assertTrue(dry.out().matches("-\tprod\tNEW\t\\w+\t\n\\+\tprod\tOLD\t\t\\w+\n~\tprod\tURL\t\\w+\t\\w+\n"),
                dry.out());
        assertEquals("two\n", sandbox.run("get", "URL", "--env", "prod").out());
        final Sandbox.Result result = sandbox.run("rollback", "1");
        assertEquals("rolled back to version 1 (version 3, durability power)\n", result.err());
        assertEquals("OLD=1\nURL=one\n", sandbox.run("export", "--env", "prod").out());
        assertEquals("nothing to change: the store is as it was at version 1\n", sandbox.run("rollback", "1").err());
        assertEquals(4.0, sandbox.run("rollback", "2", "--json").number("version"));
        assertEquals("NEW=1\nURL=two\n", sandbox.run("export", "--env", "prod").out());
        assertTrue(sandbox.run("history", "OLD", "--env", "prod").out().contains("\trollback to version 1\n"));
        assertEquals(2, sandbox.run("rollback", "9").status());
        assertEquals(2, sandbox.run("rollback", "monday").status());
        assertEquals(2, sandbox.run("rollback").status());
    }
}
