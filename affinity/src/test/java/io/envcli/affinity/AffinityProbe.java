package io.envcli.affinity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A process of its own that writes what it may use, and what it got when it asked for CPU 1. */
final class AffinityProbe {
    private AffinityProbe() {}

    public static void main(final String[] args) throws IOException {
        final AllowedCpus allowed = AllowedCpus.current();
        final Pinning pinning = Pinning.current(1);
        Files.write(Path.of(args[0]), List.of("cpus=" + allowed.cpus() + " usable=" + allowed.usable(),
                pinning.describe(), maskOfThisThread()));
    }

    /** The kernel's own word, not the library's. */
    private static String maskOfThisThread() throws IOException {
        for (final String line : Files.readAllLines(Path.of("/proc/thread-self/status"))) {
            if (line.startsWith("Cpus_allowed_list:")) {
                return line.substring(line.indexOf(':') + 1).strip();
            }
        }
        throw new IOException("no Cpus_allowed_list in /proc/thread-self/status");
    }
}
