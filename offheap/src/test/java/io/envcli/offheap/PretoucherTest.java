package io.envcli.offheap;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

class PretoucherTest {
    private static final long LENGTH = 9_000_001;
    private static final Path READ = Path.of("/proc/self/io");

    @TempDir
    private Path folder;

    @BeforeAll
    static void needsProc() {
        assumeTrue(Files.isReadable(READ), "this system does not tell how much a process has read");
    }

    @Test
    void readsAllOfSeveralRangesAndClosesTheirFiles() throws IOException {
        final long before = bytesRead();
        for (int i = 0; i < 3; i++) {
            final Path file = folder.resolve("file" + i);
            FileSpace.allocate(file, 0, 2 * LENGTH);
            FileSpace.pretouch(file, LENGTH / 2, LENGTH);
        }
        await(() -> bytesRead() - before >= 3 * LENGTH);
        await(() -> !isOpen());
    }

    @Test
    void aRangeBehindTheEndOrAFileThatIsGoneIsNoFailure() throws IOException {
        final Path file = folder.resolve("short");
        FileSpace.allocate(file, 0, 100);
        FileSpace.pretouch(file, 50, LENGTH);
        FileSpace.pretouch(folder.resolve("none"), 0, LENGTH);
        await(() -> !isOpen());
        final long before = bytesRead();
        FileSpace.allocate(file, 0, LENGTH);
        FileSpace.pretouch(file, 0, LENGTH);
        await(() -> bytesRead() - before >= LENGTH);
    }

    private static long bytesRead() throws IOException {
        try (Stream<String> lines = Files.lines(READ)) {
            return lines.filter(line -> line.startsWith("rchar: ")).mapToLong(line -> Long.parseLong(line.substring(7)))
                    .sum();
        }
    }

    private boolean isOpen() throws IOException {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors.anyMatch(descriptor -> {
                try {
                    return Files.readSymbolicLink(descriptor).startsWith(folder.toRealPath());
                } catch (final IOException e) {
                    return false; // Closed since it was listed.
                }
            });
        }
    }

    /** Something to poll for. */
    @FunctionalInterface
    private interface Condition {
        boolean holds() throws IOException;
    }

    private static void await(final Condition condition) throws IOException {
        final long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.holds()) {
            assertTrue(System.nanoTime() - deadline < 0, "waited too long");
            LockSupport.parkNanos(1_000_000);
        }
    }
}
