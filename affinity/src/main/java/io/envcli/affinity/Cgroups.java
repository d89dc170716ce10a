package io.envcli.affinity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The cgroups of this process, of version 1 or 2: each limits the ones below it, so the least of a way counts. */
final class Cgroups {
    /** No limit. */
    static final double UNLIMITED = Double.MAX_VALUE;

    private Cgroups() {}

    /**
     * The least limit from the process's own groups up to the root.
     *
     * @param root       of the file system.
     * @param controller of version 1, such as {@code cpu}.
     * @param version2   reads the limit of a group of version 2, {@link #UNLIMITED} where it has none.
     * @param version1   reads that of a group of version 1.
     * @return the limit; {@link #UNLIMITED} where there is none, or none can be read.
     */
    static double least(final Path root, final String controller, final ToDoubleFunction<Path> version2,
            final ToDoubleFunction<Path> version1) {
        double least = UNLIMITED;
        for (final String line : lines(root.resolve("proc/self/cgroup"))) {
            final String[] fields = line.split(":", 3); // hierarchy : controllers : path
            if (fields.length < 3) {
                continue;
            }
            if (fields[1].isEmpty()) {
                least = Math.min(least, alongPath(root.resolve("sys/fs/cgroup"), fields[2], version2));
            } else if (("," + fields[1] + ",").contains("," + controller + ",")) {
                least = Math.min(least, alongPath(root.resolve("sys/fs/cgroup/" + controller), fields[2], version1));
            }
        }
        return least;
    }

    private static double alongPath(final Path top, final String path, final ToDoubleFunction<Path> limit) {
        double least = UNLIMITED;
        Path group = group(top, path);
        while (group.startsWith(top)) {
            least = Math.min(least, limit.applyAsDouble(group));
            final Path parent = group.getParent();
            if (parent == null) {
                break;
            }
            group = parent;
        }
        return least;
    }

    /** In a container the path may be the host's and lead nowhere, or above the top: then that is the process's own group. */
    private static Path group(final Path top, final String path) {
        try {
            final Path group = top.resolve(path.replaceFirst("^/+", "")).normalize();
            return group.startsWith(top) ? group : top;
        } catch (final InvalidPathException e) {
            return top; // A name that this locale cannot spell.
        }
    }

    /** {@return the text of a file of the kernel; empty if it cannot be read} */
    static String text(final Path file) {
        try {
            return Files.readString(file);
        } catch (final IOException e) {
            return "";
        }
    }

    /** {@return the lines of such a file} */
    static List<String> lines(final Path file) {
        return text(file).lines().toList();
    }
}
