package io.envcli.cli;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** {@code --at}, {@code history} and {@code log}. */
class VersionsCommandsTest {
    @TempDir
    Path folder;
    private Sandbox sandbox;

    @BeforeEach
    void threeVersions() throws IOException {
        sandbox = new Sandbox(folder);
        sandbox.file("app/.env.prod", "URL=first\nLEVEL=info\n");
        assertEquals(0, run("import", folder.resolve("app").toString()).status());
        assertEquals(0, sandbox.runWith("second", "put", "URL", "--env", "prod", "--durability", "process").status());
        assertEquals(0, run("unset", "LEVEL", "--env", "prod").status());
    }

    private Sandbox.Result run(final String... arguments) {
        return sandbox.run(arguments);
    }

    @Test
    void everyReadingVerbReadsAtAVersion() {
        assertEquals("second\n", run("get", "URL", "--env", "prod").out());
        assertEquals("second\n", run("get", "URL", "--env", "prod", "--at", "2").out());
        assertEquals("first\n", run("get", "URL", "--env", "prod", "--at", "1").out());
        assertEquals("LEVEL=info\nURL=first\n", run("export", "--env", "prod", "--at", "1").out());
        assertEquals("LEVEL=info\nURL=second\n", run("list", "--reveal", "--env", "prod", "--at", "2").out());
        assertEquals(1, run("list", "--env", "prod", "--at", "3").out().lines().count());
        assertEquals("prod\n", run("list", "--environments", "--at", "1").out());
        assertEquals("", run("list", "--environments", "--at", "0").out());
    }

    @Test
    void aTimeIsTheVersionCommittedByThen() {
        assertEquals("second\n",
                run("get", "URL", "--env", "prod", "--at", Instant.now().plusSeconds(60).toString()).out());
        assertEquals("second\n",
                run("get", "URL", "--env", "prod", "--at", LocalDate.now(ZoneId.systemDefault()).plusDays(2).toString())
                        .out());
        assertEquals("second\n",
                run("get", "URL", "--env", "prod", "--at", LocalDate.now(ZoneId.systemDefault()).plusDays(2) + " 10:00")
                        .out());
        final Sandbox.Result before = run("get", "URL", "--env", "prod", "--at", "2020-01-01T10:00");
        assertEquals(1, before.status());
        assertEquals("env-cli: URL is not set in prod at version 0 (see 'env-cli list --env prod --at 0')\n",
                before.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"yesterday", "-1", "2026-13-01", "1.5", "2026-11-23T"})
    void whatIsNoVersionIsRefused(final String at) {
        final Sandbox.Result result = run("get", "URL", "--env", "prod", "--at=" + at);
        assertEquals(2, result.status());
        assertTrue(result.err().startsWith("env-cli: get: '" + at + "' is neither a version nor a time;"),
                result.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"4", "99999999999999999999"})
    void aVersionThatIsNotThereIsRefused(final String at) {
        final Sandbox.Result result = run("get", "URL", "--env", "prod", "--at", at);
        assertEquals(2, result.status());
        assertTrue(result.err().endsWith("the newest is 3\n"), result.err());
    }

    @Test
    void whatWasUnsetSaysSo() {
        final Sandbox.Result result = run("get", "LEVEL", "--env", "prod");
        assertEquals(1, result.status());
        assertEquals("env-cli: LEVEL is not set in prod; it was unset (see 'env-cli history LEVEL --env prod')\n",
                result.err());
    }

    @Test
    void historyTellsEveryChange() {
        final List<?> changes = run("history", "LEVEL", "--env", "prod", "--json", "--reveal").array("changes");
        assertEquals(2, changes.size());
        final Map<?, ?> unset = (Map<?, ?>) changes.getFirst();
        assertEquals(3L, unset.get("version"));
        assertEquals(false, unset.get("set"));
        assertEquals("null", unset.get("fingerprint"));
        final Map<?, ?> set = (Map<?, ?>) changes.getLast();
        assertEquals(1L, set.get("version"));
        assertEquals("info", set.get("value"));
        assertEquals(2L, set.get("line"));
        assertTrue(String.valueOf(set.get("source")).endsWith("/app/.env.prod"));
        final List<String> lines = run("history", "LEVEL", "--env", "prod").out().lines().toList();
        assertTrue(lines.get(0).matches("3\t\\S+Z\tunset\tunset"), lines.get(0));
        assertTrue(lines.get(1).matches("1\t\\S+Z\t[0-9a-f]{32}\t/.*/app/.env.prod:2"), lines.get(1));
        assertFalse(run("history", "LEVEL", "--env", "prod").out().contains("info"));
        assertEquals(1, run("history", "URL", "--env", "prod", "--at", "1").out().lines().count());
    }

    @Test
    void historyOfWhatNeverWasSaysSo() {
        final Sandbox.Result result = run("history", "LEVLE", "--env", "prod");
        assertEquals(1, result.status());
        assertEquals("env-cli: LEVLE was never set in prod (see 'env-cli list --env prod')\n", result.err());
        assertEquals(false, run("history", "URL", "--env", "prud", "--json").field("found"));
    }

    @Test
    void logTellsEveryVersion() {
        final List<?> versions = run("log", "--json").array("versions");
        assertEquals(List.of(3L, 2L, 1L), versions.stream().map(it -> ((Map<?, ?>) it).get("version")).toList());
        assertEquals(List.of("put", "put", folder.resolve("app").toString()),
                versions.stream().map(it -> ((Map<?, ?>) it).get("source")).toList());
        assertEquals(List.of(1L, 1L, 2L), versions.stream().map(it -> ((Map<?, ?>) it).get("variables")).toList());
        assertEquals(2, run("log", "--limit", "2").out().lines().count());
        assertEquals(1, run("log", "--at", "1").out().lines().count());
        assertEquals("", run("log", "--limit", "0").out());
        assertEquals(2, run("log", "--limit", "-3").status());
    }

    @Test
    void onATerminalTablesHaveAHeadingAndFitIt() {
        sandbox.terminals(true, true, true).set("NO_COLOR", "1").columns(40);
        final List<String> lines = run("log").out().lines().toList();
        assertEquals(4, lines.size());
        assertTrue(lines.getFirst().startsWith("VERSION  TIME"), lines.getFirst());
        lines.forEach(line -> assertTrue(line.length() <= 48, line)); // five columns of at least eight
        sandbox.columns(60);
        run("log").out().lines().forEach(line -> assertTrue(line.length() <= 60, line));
        run("history", "URL", "--env", "prod").out().lines().forEach(line -> assertTrue(line.length() <= 60, line));
    }

    @Test
    void aNameCannotCommandTheTerminal() {
        sandbox.runWith("x", "put", "A\u001b[2J\u4F60", "--env", "prod", "--durability", "process");
        sandbox.terminals(false, true, true).set("NO_COLOR", "1");
        final String listed = run("list", "--env", "prod").out();
        assertTrue(listed.contains("A\\x1b[2J\u4F60  "), listed);
        assertFalse(listed.contains("\u001b"), listed);
    }
}
