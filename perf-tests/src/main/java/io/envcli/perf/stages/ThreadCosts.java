package io.envcli.perf.stages;

import io.envcli.perf.pipeline.WarmImport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the threads of this process use between two moments: processor time, and bytes allocated on the heap. Threads that
 * do not take part in an import are added up: the compilers, and all others of the JVM.
 *
 * <p>Threading: one thread, which must be the importing one and be called {@link #IMPORTER}.
 */
final class ThreadCosts implements WarmImport.Observer {
    /** The name of the thread that calls the import. */
    static final String IMPORTER = "importer";
    private static final String PIPELINE = "env-cli ";
    private static final String COMPILERS = "JIT compilers";
    private static final String OTHERS = "other threads";
    /** Of a thread's name, as the kernel has it. */
    private static final int NATIVE_LENGTH = 15;

    private final com.sun.management.ThreadMXBean beans = (com.sun.management.ThreadMXBean) ManagementFactory
            .getThreadMXBean();
    private Map<Long, TaskStat> tasksBefore = Map.of();
    private Map<String, Long> allocatedBefore = Map.of();
    private final Map<String, Cost> costs = new TreeMap<>();

    /**
     * What a thread used.
     *
     * @param userNs    of processor time in the process's code.
     * @param kernelNs  in the kernel.
     * @param allocated bytes on the heap; 0 for threads that are no Java threads.
     */
    record Cost(long userNs, long kernelNs, long allocated) {
        Cost plus(final Cost other) {
            return new Cost(userNs + other.userNs, kernelNs + other.kernelNs, allocated + other.allocated);
        }
    }

    @Override
    public void begins() {
        costs.clear();
        try {
            allocatedBefore = allocated();
            tasksBefore = TaskStat.all();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void ended() {
        final Map<Long, TaskStat> tasks;
        try {
            tasks = TaskStat.all();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        final Map<String, Long> allocated = allocated();
        allocated.forEach((name, bytes) -> add(group(name),
                new Cost(0, 0, bytes - allocatedBefore.getOrDefault(name, 0L))));
        tasks.forEach((id, task) -> {
            final TaskStat before = tasksBefore.getOrDefault(id, new TaskStat("", 0, 0));
            add(group(javaName(task.name(), allocated)),
                    new Cost(task.userNs() - before.userNs(), task.kernelNs() - before.kernelNs(), 0));
        });
    }

    private void add(final String name, final Cost cost) {
        costs.merge(name, cost, Cost::plus);
    }

    /** {@return what each thread used, by name; the pipeline's and the importer's first} */
    Map<String, Cost> costs() {
        final Map<String, Cost> ordered = new LinkedHashMap<>();
        costs.forEach((name, cost) -> {
            if (!name.equals(COMPILERS) && !name.equals(OTHERS)) {
                ordered.put(name, cost);
            }
        });
        costs.forEach(ordered::putIfAbsent);
        return ordered;
    }

    /** Bytes allocated so far by each thread that takes part; the names are distinct while one store is open. */
    private Map<String, Long> allocated() {
        final Map<String, Long> bytes = new TreeMap<>();
        for (final ThreadInfo thread : beans.getThreadInfo(beans.getAllThreadIds())) {
            if (thread != null && takesPart(thread.getThreadName())) {
                bytes.put(thread.getThreadName(), beans.getThreadAllocatedBytes(thread.getThreadId()));
            }
        }
        return bytes;
    }

    private static String javaName(final String nativeName, final Map<String, Long> names) {
        for (final String name : names.keySet()) {
            if (name.equals(nativeName) || isCut(name, nativeName)) {
                return name;
            }
        }
        return nativeName;
    }

    /** Whether the kernel has a thread's name cut. */
    static boolean isCut(final String name, final String nativeName) {
        return nativeName.length() == NATIVE_LENGTH && name.startsWith(nativeName);
    }

    private static boolean takesPart(final String name) {
        return name.startsWith(PIPELINE) || name.equals(IMPORTER);
    }

    private static String group(final String name) {
        if (takesPart(name)) {
            return name;
        }
        return name.startsWith("C1 ") || name.startsWith("C2 ") ? COMPILERS : OTHERS;
    }
}
