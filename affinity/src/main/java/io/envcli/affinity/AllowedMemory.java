package io.envcli.affinity;

import java.nio.file.Path;

/**
 * How much memory this process may have: {@code memory.max} of its cgroups, or {@code memory.limit_in_bytes} of version 1, the
 * least from its own group up to the root; and how much the machine has left.
 *
 * @param limit     in bytes; {@link Long#MAX_VALUE} if there is none.
 * @param available in bytes, as the kernel estimates it; -1 if it does not.
 */
public record AllowedMemory(long limit, long available) {
    /** Version 1 says a number near 2^63 where there is no limit. */
    private static final double BEYOND_ANY_MACHINE = 1L << 60;

    /** {@return what the kernel says now} */
    public static AllowedMemory current() {
        return read(Path.of("/"));
    }

    /**
     * Reads the kernel's files below a root.
     *
     * @param root of the file system; another than {@code /} in tests.
     * @return limit and what is available.
     */
    static AllowedMemory read(final Path root) {
        final double least = Cgroups.least(root, "memory", group -> number(Cgroups.text(group.resolve("memory.max"))),
                group -> number(Cgroups.text(group.resolve("memory.limit_in_bytes"))));
        return new AllowedMemory(least >= BEYOND_ANY_MACHINE ? Long.MAX_VALUE : (long) least, available(root));
    }

    private static long available(final Path root) {
        for (final String line : Cgroups.lines(root.resolve("proc/meminfo"))) {
            if (line.startsWith("MemAvailable:")) {
                final double kibibytes = number(line.replaceAll("[^0-9]", ""));
                return kibibytes >= BEYOND_ANY_MACHINE ? -1 : (long) kibibytes << 10;
            }
        }
        return -1;
    }

    /** What is no number, such as {@code max}, is no limit. */
    private static double number(final String text) {
        try {
            return Long.parseLong(text.strip());
        } catch (final NumberFormatException e) {
            return Cgroups.UNLIMITED;
        }
    }
}
