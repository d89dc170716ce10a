package io.envcli.affinity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The CPUs that this process may use: its mask, which {@code taskset} and cpusets narrow, and the quota of its cgroups.
 *
 * @param cpus   numbers of the CPUs in the mask, ascending; never empty.
 * @param usable how many of them the quota pays for, at least 1.
 */
public record AllowedCpus(List<Integer> cpus, int usable) {
    /** Checks and copies. */
    public AllowedCpus {
        cpus = List.copyOf(cpus);
        if (cpus.isEmpty() || usable < 1 || usable > cpus.size()) {
            throw new IllegalArgumentException("usable=" + usable + " must be between 1 and the size of cpus=" + cpus);
        }
    }

    /** {@return what the kernel says now; where it says nothing, what the JVM counts} */
    public static AllowedCpus current() {
        return read(Path.of("/"));
    }

    /**
     * Reads the kernel's files below a root.
     *
     * @param root of the file system; another than {@code /} in tests.
     * @return the CPUs.
     */
    static AllowedCpus read(final Path root) {
        final List<Integer> mask = mask(root.resolve("proc/self/status"));
        final double quota = CgroupQuota.read(root);
        return new AllowedCpus(mask, Math.clamp((long) Math.ceil(quota), 1, mask.size()));
    }

    private static List<Integer> mask(final Path status) {
        try {
            for (final String line : Files.readAllLines(status)) {
                if (line.startsWith("Cpus_allowed_list:")) {
                    final List<Integer> cpus = CpuList.parse(line.substring(line.indexOf(':') + 1));
                    return cpus.isEmpty() ? counted() : cpus;
                }
            }
            return counted();
        } catch (final IOException | NumberFormatException e) {
            return counted();
        }
    }

    private static List<Integer> counted() {
        return IntStream.range(0, Runtime.getRuntime().availableProcessors()).boxed().toList();
    }
}
