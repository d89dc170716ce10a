package io.envcli.cli;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * How much memory this process may have: {@code memory.max} of its cgroups, or {@code memory.limit_in_bytes} of version 1, the
 * least from its own group up to the root; and how much the machine has left.
 *
 * @param limit     in bytes; {@link Long#MAX_VALUE} if there is none.
 * @param available in bytes, as the kernel estimates it; -1 if it does not.
 */
record MemoryLimit(long limit, long available) {
    /** Version 1 says a number near 2^63 where there is no limit. */
    private static final long UNLIMITED = 1L << 60;

    /** {@return what the kernel says now} */
    static MemoryLimit current() {
        return read(Path.of("/"));
    }

    /**
     * Reads the kernel's files below a root.
     *
     * @param root of the file system; another than {@code /} in tests.
     * @return the limit.
     */
    static MemoryLimit read(final Path root) {
        long least = Long.MAX_VALUE;
        for (final String line : text(root.resolve("proc/self/cgroup")).lines().toList()) {
            final String[] fields = line.split(":", 3); // hierarchy : controllers : path
            if (fields.length == 3 && (fields[1].isEmpty() || ("," + fields[1] + ",").contains(",memory,"))) {
                least = Math.min(least, alongPath(root, fields[1].isEmpty(), fields[2]));
            }
        }
        return new MemoryLimit(least >= UNLIMITED ? Long.MAX_VALUE : least, available(root));
    }

    private static long alongPath(final Path root, final boolean version2, final String path) {
        final Path top = root.resolve(version2 ? "sys/fs/cgroup" : "sys/fs/cgroup/memory");
        long least = Long.MAX_VALUE;
        @Nullable
        Path group = group(top, path);
        while (group != null && group.startsWith(top)) {
            least = Math.min(least, number(text(group.resolve(version2 ? "memory.max" : "memory.limit_in_bytes"))));
            group = group.getParent();
        }
        return least;
    }

    /** In a container the path may be the host's and lead nowhere: then the top is the process's own group. */
    private static Path group(final Path top, final String path) {
        try {
            final Path group = top.resolve(path.replaceFirst("^/+", "")).normalize();
            return group.startsWith(top) ? group : top;
        } catch (final InvalidPathException e) {
            return top; // A name that this locale cannot spell.
        }
    }

    private static long available(final Path root) {
        for (final String line : text(root.resolve("proc/meminfo")).lines().toList()) {
            if (line.startsWith("MemAvailable:")) {
                final long kibibytes = number(line.replaceAll("[^0-9]", ""));
                return kibibytes == Long.MAX_VALUE ? -1 : kibibytes << 10;
            }
        }
        return -1;
    }

    /** What is no number, such as {@code max}, is no limit. */
    private static long number(final String text) {
        try {
            return Long.parseLong(text.strip());
        } catch (final NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }

    private static String text(final Path file) {
        try {
            return Files.readString(file);
        } catch (final IOException e) {
            return "";
        }
    }
}
