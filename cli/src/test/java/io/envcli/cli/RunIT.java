package io.envcli.cli;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A command that is started with the variables of an environment, as a process of its own. */
class RunIT {
    private static final int TIMEOUT_S = 60;

    @TempDir
    Path folder;
    private Sandbox sandbox;
    private Launcher launcher;

    @BeforeEach
    void store() {
        sandbox = new Sandbox(folder);
        launcher = new Launcher(sandbox);
        put("TOKEN", "it's a \"value\"\nof two lines \u00e9");
        put("with.dot", "dotted");
        put("LEVEL", "debug");
    }

    private void put(final String name, final String value) {
        assertEquals(0, sandbox.runWith(value, "put", name, "--env", "e", "--raw", "--durability", "process").status());
    }

    private Launcher.Result sh(final String script) throws IOException, InterruptedException {
        return launcher.run("run", "--env", "e", "--", "sh", "-c", script);
    }

    @Test
    void theCommandHasTheVariablesAndWhatWasHere() throws Exception {
        sandbox.set("HERE", "kept").set("root", "mine").set("LC_ALL", "C").set("JAVA_TOOL_OPTIONS", "-Dx=1");
        final Launcher.Result result = launcher.run("run", "--env", "e", "--", "env", "-0");
        assertEquals(0, result.status(), result.err());
        assertEquals("", result.err());
        final List<String> variables = List.of(result.out().split("\0", -1));
        for (final String expected : List.of("TOKEN=it's a \"value\"\nof two lines \u00e9", "with.dot=dotted",
                "LEVEL=debug", "HERE=kept", "root=mine", "LC_ALL=C", "JAVA_TOOL_OPTIONS=-Dx=1")) {
            assertTrue(variables.contains(expected), expected + " in " + variables);
        }
        assertFalse(result.out().contains("ENV_CLI_KEPT"), result.out());
        assertFalse(result.out().contains("LC_CTYPE"), result.out());
    }

    @Test
    void onlyGivesNothingElseAndPrefixComesBeforeEachName() throws Exception {
        final Launcher.Result result = launcher.run("run", "--env", "e", "--only", "--prefix", "TF_VAR_", "--", "env");
        assertEquals(0, result.status(), result.err());
        assertEquals(List.of("TF_VAR_LEVEL=debug", "TF_VAR_TOKEN=it's a \"value\"", "TF_VAR_with.dot=dotted",
                "of two lines \u00e9"), result.out().lines().sorted().toList());
    }

    @Test
    void whatIsSetHereStaysUnlessOverridden() throws Exception {
        sandbox.set("LEVEL", "mine");
        final Launcher.Result kept = sh("printf %s \"$LEVEL\"");
        assertEquals("mine", kept.out());
        assertEquals(
                "warning: LEVEL is set here already, to something else, and left so; --override takes what e has\n",
                kept.err());
        assertEquals("", launcher.run("run", "--env", "e", "--quiet", "--", "true").err());
        assertEquals("debug",
                launcher.run("run", "--env", "e", "--override", "--", "sh", "-c", "printf %s \"$LEVEL\"").out());
    }

    @Test
    void itsExitStatusIsTheResult() throws Exception {
        assertEquals(42, sh("exit 42").status());
        assertEquals(128 + 15, launcher.exec(new byte[0], List.of("sh", "-c",
                Launcher.SCRIPT + " run --env e -- sh -c 'kill -TERM $$'; exit $?")).status());
        assertEquals(127, launcher.run("run", "--env", "e", "--", "no-such-command").status());
        assertEquals(126, launcher.run("run", "--env", "e", "--", "/etc/passwd").status());
        assertEquals("env-cli: no-such-command: no such command on the PATH\n",
                launcher.run("run", "--env", "e", "--", "no-such-command").err());
        assertEquals(1, launcher.run("run", "--env", "nowhere", "--", "true").status());
        assertEquals(2, launcher.run("run", "--env", "e", "true").status());
        assertEquals(2, launcher.run("run", "--env", "e", "--").status());
        assertEquals(2, launcher.run("run", "--env", "e", "--json", "--", "true").status());
    }

    @Test
    void argumentsAndStandardStreamsAreTheCommands() throws Exception {
        assertEquals("a|||b c|--help|--|",
                launcher.run("--store", sandbox.store().toString(), "run", "--env", "e", "--",
                        "printf", "%s|", "a", "", "", "b c", "--help", "--").out());
        assertEquals("from stdin", launcher.runWith("from stdin", "run", "--env", "e", "--", "cat").out());
        final Path script = sandbox.file("bin/plain-text", "printf '%s %s' \"$0\" \"$1\"");
        assertTrue(script.toFile().setExecutable(true));
        sandbox.set("PATH", script.getParent() + ":" + sandbox.environment().get("PATH"));
        assertEquals(script + " x", launcher.run("run", "--env", "e", "--", "plain-text", "x").out());
    }

    @Test
    void theCommandIsTheSameProcessWithNothingLeftOfTheJvm() throws Exception {
        final Launcher.Result result = launcher.exec(new byte[0], List.of("sh", "-c", "echo $$; ulimit -n; exec "
                + Launcher.SCRIPT + " run --env e -- sh -c 'echo $$; ulimit -n; ls -l /proc/self/fd'"));
        final List<String> lines = result.out().lines().toList();
        assertEquals(lines.subList(0, 2), lines.subList(2, 4), result.out() + result.err());
        assertFalse(result.out().contains(".jar"), result.out());
        assertFalse(result.out().contains("/lib/modules"), result.out());
        final String plain = launcher.exec(new byte[0], List.of("sh", "-c", "grep Sig[BI] /proc/self/status")).out();
        assertEquals(standardSignals(plain), standardSignals(sh("grep Sig[BI] /proc/self/status").out()));
    }

    /** Blocked and ignored ones of the first 31: the C library has uses of its own for the next. */
    private static List<Long> standardSignals(final String status) {
        return status.lines().map(line -> Long.parseLong(line, line.indexOf('\t') + 1, line.length(), 16) & 0x7FFF_FFFF)
                .toList();
    }

    @Test
    void signalsReachTheCommand() throws Exception {
        final ProcessBuilder builder = new ProcessBuilder(Launcher.SCRIPT.toString(), "run", "--env", "e", "--", "sh",
                "-c",
                "trap 'echo quit; exit 7' QUIT; echo ready; while :; do sleep 0.05; done").directory(folder.toFile());
        builder.environment().clear();
        builder.environment().putAll(sandbox.environment());
        final Process process = builder.start();
        try (InputStream out = process.getInputStream()) {
            assertEquals("ready\n", new String(out.readNBytes(6), StandardCharsets.UTF_8));
            new ProcessBuilder("kill", "-QUIT", String.valueOf(process.pid())).start().waitFor();
            assertTrue(process.waitFor(TIMEOUT_S, TimeUnit.SECONDS));
            assertEquals(7, process.exitValue());
            assertEquals("quit\n", new String(out.readAllBytes(), StandardCharsets.UTF_8));
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void noValueIsWrittenAnywhere() throws Exception {
        put("SECRET", "a-secret-that-nobody-else-has");
        assertEquals(0, sh("test \"$SECRET\" = a-secret-that-nobody-else-has").status());
        try (var files = Files.walk(folder)) {
            for (final Path file : files.filter(Files::isRegularFile).toList()) {
                assertFalse(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
                        .contains("a-secret-that-nobody-else-has"), file.toString());
            }
        }
    }
}
