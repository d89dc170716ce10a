package io.envcli.engine;

import io.envcli.affinity.AllowedCpus;
import io.envcli.affinity.AllowedMemory;
import io.envcli.affinity.Pinning;
import io.envcli.engine.internal.pipeline.Pipeline;
import io.envcli.engine.internal.store.JvmFlags;
import io.envcli.simd.Kernels;

import java.util.ArrayList;
import java.util.List;

/**
 * What this JVM and this machine give the engine, tried out rather than asked for. Needs no store.
 *
 * @param jvmProblem    the flag that the JVM lacks, and what to do; empty if it has all that the engine needs.
 * @param kernels       in use in this process now, and why.
 * @param vectorKernels that an import switches to once they are compiled, such as {@code vector-256}; empty if there are none.
 * @param vectorProblem why there are none; empty if there are.
 * @param allowedCpus   that this process may use.
 * @param usableCpus    how many of them its quota pays for.
 * @param unpinned      a line for each of those CPUs to which a thread could not be pinned, with the reason.
 * @param layout        of the pipeline that an import would get here.
 * @param memoryLimit   of its cgroups, in bytes; {@link Long#MAX_VALUE} if there is none.
 * @param freeMemory    that the machine has left, in bytes, as the kernel estimates it; -1 if it does not.
 */
public record MachineReport(String jvmProblem, String kernels, String vectorKernels, String vectorProblem,
        List<Integer> allowedCpus, int usableCpus, List<String> unpinned, String layout,
        long memoryLimit, long freeMemory) {

    /** Copies the lists. */
    public MachineReport {
        allowedCpus = List.copyOf(allowedCpus);
        unpinned = List.copyOf(unpinned);
    }

    /**
     * Looks. Loads the vector module, and pins a thread of its own to each CPU in turn; takes tens of milliseconds.
     *
     * @param config of a store, which decides the layout; nothing of it is opened.
     * @return what was found.
     * @throws InterruptedException if the thread is interrupted.
     */
    public static MachineReport of(final StoreConfig config) throws InterruptedException {
        final AllowedCpus cpus = AllowedCpus.current();
        final AllowedMemory memory = AllowedMemory.current();
        return new MachineReport(missingFlag(), Kernels.describe(), Kernels.vector().map(Kernels::name).orElse(""),
                Kernels.vectorProblem().orElse(""), cpus.cpus(), cpus.usable(), pinEach(cpus.cpus()),
                Pipeline.layout(config, cpus), memory.limit(), memory.available());
    }

    private static String missingFlag() {
        try {
            JvmFlags.require();
            return "";
        } catch (final StoreException e) {
            return String.valueOf(e.getMessage());
        }
    }

    /** On a thread that ends with it, since a mask stays. */
    private static List<String> pinEach(final List<Integer> cpus) throws InterruptedException {
        final List<String> problems = new ArrayList<>();
        final Thread thread = new Thread(() -> {
            for (final int cpu : cpus) {
                final Pinning pinning = Pinning.current(cpu);
                if (!pinning.pinned()) {
                    problems.add("cpu " + cpu + ": " + pinning.note());
                }
            }
        }, "envcli-pinning-check");
        thread.setDaemon(true);
        thread.start();
        thread.join();
        return problems;
    }
}
