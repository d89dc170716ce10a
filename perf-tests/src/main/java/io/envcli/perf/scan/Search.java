package io.envcli.perf.scan;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A program that searches a tree and prints a line for each place.
 *
 * @param name    for people.
 * @param command program and arguments, run in the tree.
 */
record Search(String name, List<String> command) {
    /** A shell's word on the processor time of what it waited for: user and system, in minutes and seconds. */
    private static final Pattern TIME = Pattern.compile("(\\d+)m([\\d.,]+)s");
    private static final int FIGURES = 4;
    private static final long WATCH_NANOS = 10_000_000;

    /**
     * What one run took.
     *
     * @param wallSeconds from start to end.
     * @param cpuSeconds  user and system time of the process and what it waited for.
     * @param megabytes   the most memory that the process had resident, where /proc tells; else 0.
     * @param lines       that it printed.
     */
    record Run(double wallSeconds, double cpuSeconds, double megabytes, long lines) {}

    /**
     * Runs it to its end.
     *
     * @param tree to search.
     * @param work for its output.
     * @return what it took.
     * @throws IOException if it cannot be started, or fails.
     */
    Run run(final Path tree, final Path work) throws IOException {
        final Path out = work.resolve("out");
        final List<String> shell = new ArrayList<>(
                List.of("sh", "-c", "o=$1; shift; \"$@\" >\"$o\"; s=$?; times; exit $s", "sh", out.toString()));
        shell.addAll(command);
        final long start = System.nanoTime();
        final Process process = new ProcessBuilder(shell).directory(tree.toFile()).redirectErrorStream(true).start();
        process.getOutputStream().close();
        final AtomicLong kilobytes = new AtomicLong();
        Thread.startVirtualThread(() -> watch(process, kilobytes));
        final String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        final int status = process.onExit().join().exitValue();
        final double seconds = (System.nanoTime() - start) / 1e9;
        if (status != 0) {
            throw new IOException(name + " ended with status " + status + ": " + said.strip());
        }
        try (Stream<String> lines = Files.lines(out)) {
            return new Run(seconds, cpuSeconds(said), kilobytes.get() / 1024.0, lines.count());
        }
    }

    /** Looks every few milliseconds at the one child of the shell; what it has just before its end may be missed. */
    private static void watch(final Process shell, final AtomicLong kilobytes) {
        while (shell.isAlive()) {
            shell.children().forEach(child -> {
                try {
                    for (final String line : Files.readAllLines(Path.of("/proc/" + child.pid() + "/status"))) {
                        if (line.startsWith("VmHWM:")) {
                            kilobytes.accumulateAndGet(Long.parseLong(line.replaceAll("\\D", "")), Math::max);
                        }
                    }
                } catch (final IOException e) {
                    // It has just ended, or there is no such folder here.
                }
            });
            LockSupport.parkNanos(WATCH_NANOS);
        }
    }

    /** The last two of four figures are those of the children. */
    static double cpuSeconds(final String times) throws IOException {
        final List<Double> figures = new ArrayList<>();
        final Matcher matcher = TIME.matcher(times);
        while (matcher.find()) {
            figures.add(
                    Integer.parseInt(matcher.group(1)) * 60 + Double.parseDouble(matcher.group(2).replace(',', '.')));
        }
        if (figures.size() < FIGURES) {
            throw new IOException("the shell told no times: " + times.strip());
        }
        return figures.get(figures.size() - 2) + figures.getLast();
    }
}
