package io.envcli.affinity;

import java.util.ArrayList;
import java.util.List;

/** The kernel's notation for sets of CPUs: {@code 0-3,8,10-11}. */
final class CpuList {
    private CpuList() {}

    /**
     * Reads a list.
     *
     * @param text as the kernel writes it; blank for none.
     * @return the CPUs, ascending as written.
     * @throws NumberFormatException if it is no such list.
     */
    static List<Integer> parse(final String text) {
        final List<Integer> cpus = new ArrayList<>();
        for (final String range : text.strip().split(",", -1)) {
            if (range.isBlank()) {
                continue;
            }
            final int dash = range.indexOf('-');
            final int first = Integer.parseInt(dash < 0 ? range.strip() : range.substring(0, dash).strip());
            final int last = dash < 0 ? first : Integer.parseInt(range.substring(dash + 1).strip());
            if (first < 0 || last < first) {
                throw new NumberFormatException("no range of CPUs: " + range);
            }
            for (int cpu = first; cpu <= last; cpu++) {
                cpus.add(cpu);
            }
        }
        return cpus;
    }
}
