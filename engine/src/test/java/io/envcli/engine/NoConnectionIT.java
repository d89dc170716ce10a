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

/** Chronicle Queue reports its use over the network and starts {@code ldconfig}, unless it is kept from both: the kernel knows. */
@Timeout(120)
final class NoConnectionIT {
    @TempDir
    private Path top;

    @Test
    void aWriterOpensNoConnectionAndStartsNoProcess() throws IOException {
        final Strace strace = new Strace(top.resolve("trace"));
        try (Child child = Child.start(strace.command(List.of("-e", "trace=connect,execve")),
                top.resolve("store"),
                top.resolve("key"))) {
            child.done("open POWER 1048576 60000");
            child.done("puts e NAME_ 3 1000");
            child.done("close");
            child.done("read");
        }
        final List<String> calls = strace.calls();
        // JNA, of the library that pins threads, asks ldconfig where libraries are.
        assertEquals(1, calls.stream().filter(call -> call.contains("execve(") && !call.contains("jspawnhelper")
                && !call.contains("ldconfig")).count(), calls::toString);
        // The JDK makes sockets to see which protocols there are, and connects none.
        assertTrue(calls.stream().noneMatch(call -> call.contains("connect(") && call.contains("AF_INET")),
                calls::toString);
    }
}
