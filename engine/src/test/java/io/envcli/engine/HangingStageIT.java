package io.envcli.engine;

import io.envcli.offheap.testing.Strace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A stage hangs in a system call while its store is closed: a sync that takes seconds. */
@Timeout(120)
final class HangingStageIT {
    private static final String OPEN = "open POWER 1073741824 ";

    @TempDir
    private Path top;

    @Test
    void closingGivesUpAndPullsNothingAway() throws IOException {
        final Path store = top.resolve("store");
        final Path key = top.resolve("key");
        final StoreConfig config = StoreConfig.builder().directory(store).keyFile(key).build();
        try (Store before = Store.open(config)) {
            before.put("e", "BEFORE", "1");
        }
        final Strace strace = new Strace(top.resolve("trace"));
        final List<String> tracer = strace.command(List.of("-e", "trace=fsync", "-e",
                "inject=fsync:delay_enter=4000000:when=1"));
        try (Child child = Child.start(tracer, store, key)) {
            child.done(OPEN + "200");
            child.done("put-later e LATER");
            child.done("await-sync");
            final String answer = child.ask("close");
            assertTrue(answer.startsWith(StoreChild.REFUSED) && answer.contains("closing gave up waiting"), answer);
            assertTrue(child.ask(OPEN + "200").startsWith(StoreChild.REFUSED + " LOCKED"), "the journal is in use");
            // The stage comes back and goes on with journal and view: were they gone, the child would die here.
            child.done("await-stages");
            assertEquals("2", child.done("read"));
            assertEquals("1", child.done("get e LATER"));
        }
        try (StoreReader reader = StoreReader.open(config)) {
            assertEquals(2, reader.version());
        }
        assertEquals(List.of(), StoreVerifier.verify(config).findings());
    }
}
