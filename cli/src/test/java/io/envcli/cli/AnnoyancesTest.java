package io.envcli.cli;

import io.envcli.engine.Store;
import io.envcli.engine.StoreConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What new users stumbled over. */
class AnnoyancesTest {
    @TempDir
    Path folder;

    private StoreConfig config(final Sandbox sandbox) {
        return StoreConfig.builder().directory(sandbox.store()).keyFile(sandbox.key()).build();
    }

    @Test
    void anEmptyValueIsSetWithAWarning() {
        final Sandbox sandbox = new Sandbox(folder);
        final Sandbox.Result put = sandbox.runWith("", "put", "A");
        assertEquals(0, put.status());
        assertTrue(put.err().endsWith(
                "warning: the value is empty; if it came from a variable of a script, that one is not set\n"),
                put.err());
        assertTrue(!sandbox.runWith("x", "put", "A").err().contains("warning"));
    }

    @Test
    void inputWithNulsNamesTheDialectThatReadsIt() throws IOException {
        final Sandbox sandbox = new Sandbox(folder);
        final Sandbox.Result result = sandbox.runWith("A=1\0B=2\0", "import", "-");
        assertEquals(1, result.status());
        assertTrue(result.err().contains("what env -0 writes is read in the dialect environ"), result.err());
        assertEquals(0, sandbox.runWith("A=1\0B=2\0", "import", "-", "--dialect", "environ").status());
    }

    @Test
    void aWriterWaitsForAnotherIfItIsToldTo() {
        final Sandbox sandbox = new Sandbox(folder);
        final CompletableFuture<Sandbox.Result> waiting;
        try (Store other = Store.open(config(sandbox))) {
            other.put("default", "A", "theirs");
            final Sandbox.Result refused = sandbox.runWith("x", "put", "A");
            assertEquals(2, refused.status());
            assertTrue(refused.err().endsWith("; --wait SECONDS waits for it\n"), refused.err());
            assertTrue(sandbox.runWith("x", "put", "A", "--wait", "1").err().endsWith("; waited 1 s\n"));
            assertEquals(2, sandbox.runWith("x", "put", "A", "--wait", "soon").status());
            assertTrue(sandbox.run("rekey").err().endsWith("; --wait SECONDS waits for it\n"));
            assertTrue(sandbox.run("rekey", "--wait", "1").err().endsWith("; waited 1 s\n"));
            assertTrue(sandbox.run("rekey", "--retire", "--wait", "1").err().endsWith("; waited 1 s\n"));
            waiting = CompletableFuture.supplyAsync(() -> sandbox.runWith("mine", "put", "A", "--wait", "60"));
        }
        final Sandbox.Result done = waiting.join();
        assertEquals(0, done.status(), done.err());
        assertEquals("mine\n", sandbox.run("get", "A").out());
    }

    @Test
    void whoInterruptsAnImportIsToldWhatWasDone() {
        assertTrue(Interruption.text(7, "imported").contains("it is version 7"));
        assertTrue(Interruption.text(0, "imported").endsWith("nothing was imported"));
        assertTrue(Interruption.text(-1, "imported").startsWith("interrupted; nothing was imported, unless"));
    }

    @Test
    void anEnvironmentIsCalledWithoutWhatSeparatesItFromDotenv() throws IOException {
        final Sandbox sandbox = new Sandbox(folder);
        sandbox.file("app/.env-ci", "A=1\n");
        sandbox.file("app/.env_test", "A=1\n");
        assertEquals(0, sandbox.run("import", folder.resolve("app").toString()).status());
        assertEquals("ci\ntest\n", sandbox.run("list", "--environments").out());
    }
}
