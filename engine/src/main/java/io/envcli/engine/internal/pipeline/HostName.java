package io.envcli.engine.internal.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The name of this machine, asked from the kernel: a look-up over the network may wait, and would phone out. */
final class HostName {
    private static final Path KERNEL = Path.of("/proc/sys/kernel/hostname");

    private HostName() {}

    static String current() {
        try {
            return Files.readString(KERNEL).strip();
        } catch (final IOException e) {
            return System.getenv().getOrDefault("HOSTNAME", "unknown");
        }
    }
}
