package io.envcli.cli;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class DiffTest {
    @TempDir
    Path folder;
    private Sandbox sandbox;

    @BeforeEach
    void twoEnvironments() {
        sandbox = new Sandbox(folder);
        put("staging", "SAME", "equal-value");
        put("staging", "URL", "staging-value");
        put("staging", "OLD", "old-value");
        put("production", "SAME", "equal-value");
        put("production", "URL", "production-value");
        put("production", "NEW", "new-value");
    }

    private void put(final String environment, final String name, final String value) {
        assertEquals(0, sandbox.runWith(value, "put", name, "--env", environment, "--durability", "process").status());
    }

    @Test
    void environmentsAreComparedWithoutTheirValues() {
        final Sandbox.Result diff = sandbox.run("diff", "staging", "production");
        assertEquals(1, diff.status());
        final List<String> lines = diff.out().lines().toList();
        assertEquals(3, lines.size(), diff.out());
        assertTrue(lines.get(0).matches("\\+\tNEW\t\t[0-9a-f]{32}"), lines.get(0));
        assertTrue(lines.get(1).matches("-\tOLD\t[0-9a-f]{32}\t"), lines.get(1));
        assertTrue(lines.get(2).matches("~\tURL\t([0-9a-f]{32})\t(?!\\1)[0-9a-f]{32}"), lines.get(2));
        assertFalse(diff.out().contains("value"), diff.out());
        assertFalse(sandbox.run("diff", "staging", "production", "--json").out().contains("-value"));
    }

    @Test
    void valuesAreShownIfAskedFor() {
        assertEquals(List.of("+\tNEW\t\t=new-value", "-\tOLD\t=old-value\t",
                "~\tURL\t=staging-value\t=production-value"),
                sandbox.run("diff", "staging", "production", "--reveal").out().lines().toList());
        final Sandbox.Result json = sandbox.run("diff", "staging", "production", "--reveal", "--json");
        assertEquals(1, json.status());
        assertEquals(true, json.field("differs"));
        final Map<?, ?> url = (Map<?, ?>) json.array("differences").get(2);
        assertEquals("URL", url.get("name"));
        assertTrue(String.valueOf(url.get("left")).endsWith("value=staging-value}"), url.toString());
        assertEquals("null", ((Map<?, ?>) json.array("differences").get(0)).get("left"));
    }

    @Test
    void equalOnesEndWithZero() {
        final Sandbox.Result same = sandbox.run("diff", "staging", "staging");
        assertEquals(0, same.status());
        assertEquals("", same.out());
        assertEquals("no difference: staging at version 6, staging at version 6\n", same.err());
        assertEquals(false, sandbox.run("diff", "6", "@6", "--json").field("differs"));
    }

    @Test
    void versionsAreComparedInOneEnvironmentOrAll() {
        assertEquals("+\tURL\t\t=staging-value\n",
                sandbox.run("diff", "1", "2", "--env", "staging", "--reveal").out());
        assertEquals(List.of("+\tproduction\tSAME\t\t=equal-value", "+\tproduction\tURL\t\t=production-value",
                "+\tstaging\tOLD\t\t=old-value"),
                sandbox.run("diff", "2", "5", "--reveal").out().lines().toList());
        assertEquals("-\tNEW\t=new-value\t\n", sandbox.run("diff", "production", "@5", "--reveal").out());
        assertEquals("-\tNEW\t=new-value\t\n", sandbox.run("diff", "production", "production@5", "--reveal").out());
        assertEquals("~\tURL\t=staging-value\t=production-value\n",
                sandbox.run("diff", "staging@2", "production", "--at", "5", "--reveal").out());
        assertEquals(3, sandbox.run("diff", "@0", "staging").out().lines().count());
        assertEquals(3, sandbox.run("diff", "@2020-01-01", "staging").out().lines().count());
    }

    @Test
    void whatIsCalledLikeAVersionIsAnEnvironment() {
        put("2", "SAME", "equal-value");
        put("a@1", "SAME", "equal-value");
        assertEquals(0, sandbox.run("diff", "2", "a@1").status());
        assertEquals(1, sandbox.run("diff", "@2", "2").status());
    }

    @Test
    void whatIsNotThereIsAFailureAndNoDifference() {
        final Sandbox.Result diff = sandbox.run("diff", "stagin", "production");
        assertEquals(2, diff.status());
        assertTrue(diff.err().startsWith("env-cli: there is no environment stagin; did you mean staging?"), diff.err());
        assertEquals(2, sandbox.run("diff", "staging@99", "production").status());
        assertEquals(2, sandbox.run("diff", "staging").status());
        assertEquals(2, sandbox.run("diff", "1", "2", "--env", "prod").status());
        assertEquals(2, sandbox.run("diff", "staging", "production@monday").status());
    }

    @Test
    void onATerminalTheHeadingsSayWhichSideIsWhich() {
        sandbox.terminals(false, true, true).set("NO_COLOR", "1").columns(80);
        final List<String> lines = sandbox.run("diff", "staging", "production").out().lines().toList();
        assertTrue(lines.getFirst().matches("\\s+NAME\\s+staging\\s+production\\s*"), lines.getFirst());
        assertTrue(sandbox.run("diff", "3", "5").out().lines().toList().getFirst().contains("VERSION 3"));
    }
}
