package io.envcli.cli;

import io.envcli.engine.MachineReport;
import io.envcli.engine.StoreConfig;

import java.util.List;
import java.util.Map;

/** Checks what the machine gives: processors, vectors, pinned threads, memory. */
final class MachineChecks {
    private static final int FULL_WIDTH_BITS = 256;
    /** What an import needs beside the view, whatever its size. */
    private static final long LEAST_MEMORY = 512L << 20;

    private MachineChecks() {}

    /**
     * Examines it.
     *
     * @param config   of the store, which decides the layout.
     * @param findings to add to.
     */
    static void examine(final StoreConfig config, final List<Finding> findings) {
        try {
            final MachineReport machine = MachineReport.of(config);
            if (!machine.jvmProblem().isEmpty()) {
                findings.add(
                        Finding.fail("engine", machine.jvmProblem(), "start env-cli by its launcher, bin/env-cli"));
            }
            findings.add(processors(machine));
            findings.add(pinning(machine));
            findings.add(vectors(machine));
            findings.add(memory(machine));
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            findings.add(Finding.warn("machine", "its processors, vectors and memory were not looked at: interrupted",
                    "run it again"));
        }
        findings.add(limits(ProcessLimits.current()));
    }

    private static Finding processors(final MachineReport machine) {
        final int allowed = machine.allowedCpus().size();
        final int usable = machine.usableCpus();
        final String text = Amounts.count(usable, "processor", "processors") + " usable"
                + (usable < allowed ? ", since a quota of the cgroup pays for no more, of " + allowed : "")
                + " (" + machine.allowedCpus() + "); an import runs as " + machine.layout();
        final Finding finding = usable > 1 ? Finding.ok("processors", text)
                : Finding.warn("processors", text, "a second one makes imports about 1.6 times as fast: widen the"
                        + " cpuset or the quota of the container");
        return finding.with(Map.of("allowed", (long) allowed, "usable", (long) usable));
    }

    private static Finding pinning(final MachineReport machine) {
        final List<String> unpinned = machine.unpinned();
        return unpinned.isEmpty() ? Finding.ok("pinning", "threads can be pinned to each of them")
                : Finding.warn("pinning", "threads cannot be pinned to " + unpinned.size() + " of them: "
                        + unpinned.getFirst(),
                        "imports are somewhat slower; allow sched_setaffinity in the container's"
                                + " seccomp profile");
    }

    private static Finding vectors(final MachineReport machine) {
        if (machine.vectorKernels().isEmpty()) {
            return Finding.warn("vectors", "no vector kernels: " + machine.vectorProblem() + "; in use: "
                    + machine.kernels(),
                    "imports are several times slower; use a JDK with jdk.incubator.vector on a"
                            + " processor with vectors of 128 bits or more");
        }
        final String name = machine.vectorKernels();
        final long bits = Long.parseLong(name.substring(name.lastIndexOf('-') + 1));
        final String text = name + ", to which an import switches once they are compiled; in this process "
                + machine.kernels();
        return (bits >= FULL_WIDTH_BITS ? Finding.ok("vectors", text)
                : Finding.warn("vectors", text, "vectors of 256 bits or more are about twice as fast: a processor with"
                        + " AVX2, or a virtual machine that passes it on"))
                .with(Map.of("bits", bits));
    }

    private static Finding memory(final MachineReport machine) {
        final String text = (machine.memoryLimit() == Long.MAX_VALUE ? "no limit"
                : "limit " + Amounts.bytes(machine.memoryLimit()) + " of the cgroup")
                + (machine.freeMemory() < 0 ? "" : ", " + Amounts.bytes(machine.freeMemory()) + " available")
                + "; heap up to " + Amounts.bytes(Runtime.getRuntime().maxMemory());
        final long least = Math.min(machine.memoryLimit(),
                machine.freeMemory() < 0 ? Long.MAX_VALUE : machine.freeMemory());
        final Finding finding = least >= LEAST_MEMORY ? Finding.ok("memory", text)
                : Finding.warn("memory", text, "an import of 10 million variables takes 0.8 GB, one of a few files 0.2"
                        + " GB; raise the limit, or import less at a time");
        return machine.memoryLimit() == Long.MAX_VALUE ? finding
                : finding.with(Map.of("limit_bytes", machine.memoryLimit()));
    }

    private static Finding limits(final List<String> tooLow) {
        return tooLow.isEmpty() ? Finding.ok("limits", "those of the process (ulimit) are wide enough")
                : Finding.fail("limits", "the process may have too little: " + String.join(", ", tooLow),
                        "raise them with ulimit in the shell, or with LimitFSIZE=, LimitAS= and LimitNOFILE= in a systemd"
                                + " unit");
    }
}
