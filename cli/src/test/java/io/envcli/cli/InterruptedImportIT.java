package io.envcli.cli;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Somebody presses Ctrl-C at an import and, when that takes too long, kills it. Whatever comes next answers soon, and right.
 */
@Timeout(300)
class InterruptedImportIT {
    private static final int VERSIONS = 12;
    private static final int ROUNDS = 8;
    private static final int VARIABLES = 40_000;
    private static final long SOON_NS = 10_000_000_000L;
    private static final long NAP_NS = 1_000_000;

    @TempDir
    Path folder;
    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);
    private int committed;

    @Test
    void everyAnswerComesSoonAndIsRight() throws Exception {
        System.out.println("seed " + seed);
        final Sandbox sandbox = new Sandbox(folder);
        new Launcher(sandbox); // sets the environment
        for (int i = 0; i < VERSIONS; i++) {
            assertEquals(0, sandbox.runWith("value " + i, "put", "SMALL", "--durability", "process").status());
        }
        long whole = 0;
        for (int round = 0; round <= ROUNDS; round++) {
            write(round);
            final Process child = start(sandbox);
            final long start = System.nanoTime();
            if (round > 0) {
                await(child, start + (long) (random.nextDouble() * whole));
                new ProcessBuilder("kill", "-INT", String.valueOf(child.pid())).start().waitFor();
                await(child, System.nanoTime() + random.nextInt(50_000_000));
                child.destroyForcibly();
            }
            assertTrue(child.waitFor(60, TimeUnit.SECONDS));
            whole = round == 0 ? System.nanoTime() - start : whole;
            check(sandbox, round, child.exitValue() == 0);
        }
    }

    private void write(final int generation) throws IOException {
        final StringBuilder text = new StringBuilder();
        for (int i = 0; i < VARIABLES; i++) {
            text.append("NAME_").append(i).append("=\"generation ").append(generation).append("\"\n");
        }
        Files.writeString(folder.resolve("in.env"), text);
    }

    private Process start(final Sandbox sandbox) throws IOException {
        final ProcessBuilder builder = new ProcessBuilder(Launcher.SCRIPT.toString(), "import", "in.env", "--env", "e",
                "--durability", "process").directory(folder.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        builder.environment().putAll(sandbox.environment());
        return builder.start();
    }

    private static void await(final Process child, final long until) {
        while (child.isAlive() && System.nanoTime() - until < 0) {
            LockSupport.parkNanos(NAP_NS);
        }
    }

    private void check(final Sandbox sandbox, final int round, final boolean acknowledged) {
        final String context = "round " + round + ", seed " + seed;
        final String found = soon(sandbox, context, "get", "NAME_7", "--env", "e").out();
        assertTrue(found.equals("generation " + round + "\n")
                || (!acknowledged && found.equals("generation " + committed + "\n")), context + ": " + found);
        committed = found.equals("generation " + round + "\n") ? round : committed;
        final Sandbox.Result list = soon(sandbox, context, "list", "--env", "e", "--reveal");
        assertEquals(VARIABLES, list.out().lines().filter(line -> line.contains(found.strip())).count(), context);
        assertTrue(soon(sandbox, context, "status", "--json").number("version") > VERSIONS, context);
        assertEquals(List.of(), soon(sandbox, context, "verify", "--json").array("findings"), context);
    }

    private static Sandbox.Result soon(final Sandbox sandbox, final String context, final String... arguments) {
        final long start = System.nanoTime();
        final Sandbox.Result result = sandbox.run(arguments);
        final long took = System.nanoTime() - start;
        assertEquals(0, result.status(), context + ": " + arguments[0] + ": " + result.err());
        assertTrue(took < SOON_NS, context + ": " + arguments[0] + " took " + took / 1_000_000 + " ms");
        return result;
    }
}
