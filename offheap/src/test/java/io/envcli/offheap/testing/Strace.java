package io.envcli.offheap.testing;

import org.junit.jupiter.api.Assumptions;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The tracer {@code strace}: makes system calls of a process fail, and writes down which came in which order. A test that
 * needs it is skipped where it is not installed or not allowed.
 */
public final class Strace {
    private final Path trace;

    /**
     * A tracer.
     *
     * @param trace file to write down the calls in.
     */
    public Strace(final Path trace) {
        this.trace = trace;
        Assumptions.assumeTrue(
                Programs.succeed(command(List.of("-e", "trace=fsync", "-e", "inject=fsync:error=EIO:when=1"), "true")),
                "skipped: strace is not installed, or may not trace here");
    }

    /**
     * The start of the command line of a process whose calls are traced.
     *
     * @param options of strace, which say what is traced and what is made to fail. A count ({@code when=3}) is each
     *                thread's own.
     * @param command to run; more may be appended to what is returned.
     * @return the command line.
     */
    public List<String> command(final List<String> options, final String... command) {
        // A filter in the kernel stops the process at no other calls than those traced; else it would crawl.
        final List<String> line = new ArrayList<>(List.of("strace", "-f", "--seccomp-bpf", "-y", "-s", "64", "-e",
                "signal=none", "-e", "quiet=all", "-o", trace.toString()));
        line.addAll(options);
        line.addAll(List.of(command));
        return line;
    }

    /**
     * The calls traced so far, in order.
     *
     * @return a line each, beginning with the thread's number; file descriptors have their paths beside them.
     * @throws IOException if it cannot be read.
     */
    public List<String> calls() throws IOException {
        return Files.exists(trace) ? Files.readAllLines(trace, StandardCharsets.ISO_8859_1) : List.of();
    }

    /**
     * The calls that were made to fail.
     *
     * @return those of {@link #calls()}.
     * @throws IOException if it cannot be read.
     */
    public List<String> injected() throws IOException {
        return calls().stream().filter(call -> call.contains("(INJECTED)")).toList();
    }
}
