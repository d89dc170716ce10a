package io.envcli.perf.stages;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * The processor time of one thread, from {@code /proc/self/task/<id>/stat} (proc_pid_stat(5)).
 *
 * @param name     that the kernel knows: the first 15 bytes of the thread's.
 * @param userNs   spent in the process's code.
 * @param kernelNs spent in the kernel for it.
 */
record TaskStat(String name, long userNs, long kernelNs) {
    private static final Path TASKS = Path.of("/proc/self/task");
    /** The kernel counts in ticks of USER_HZ, which is 100 on every Linux that a JVM runs on. */
    private static final long TICK_NS = 10_000_000;
    /** Counted from the field after the name, which is the third. */
    private static final int USER_TIME = 14 - 3;
    private static final int KERNEL_TIME = 15 - 3;

    /**
     * Reads a line of {@code stat}.
     *
     * @param line as the kernel writes it. The name stands in parentheses, and may itself have some, and blanks.
     * @return the thread.
     */
    static TaskStat parse(final String line) {
        final int open = line.indexOf('(');
        final int close = line.lastIndexOf(')');
        if (open < 0 || close < open) {
            throw new IllegalArgumentException("not a line of /proc/self/task/*/stat: " + line);
        }
        final String[] fields = line.substring(close + 1).strip().split(" ", -1);
        return new TaskStat(line.substring(open + 1, close), Long.parseLong(fields[USER_TIME]) * TICK_NS,
                Long.parseLong(fields[KERNEL_TIME]) * TICK_NS);
    }

    /** {@return the threads of this process by id; empty where there is no such folder} */
    static Map<Long, TaskStat> all() throws IOException {
        final Map<Long, TaskStat> tasks = new TreeMap<>();
        if (!Files.isDirectory(TASKS)) {
            return tasks;
        }
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(TASKS)) {
            for (final Path folder : folders) {
                try {
                    tasks.put(Long.valueOf(folder.getFileName().toString()),
                            parse(Files.readString(folder.resolve("stat"))));
                } catch (final NoSuchFileException _) {
                    // It has ended meanwhile.
                }
            }
        }
        return tasks;
    }
}
