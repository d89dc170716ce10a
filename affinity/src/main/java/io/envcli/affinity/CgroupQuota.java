package io.envcli.affinity;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * How many CPUs' time the cgroups of this process grant: {@code cpu.max} of version 2, {@code cpu.cfs_quota_us} of version 1,
 * the least along the way from the process's own group to the root.
 */
final class CgroupQuota {
    private static final double UNLIMITED = Double.MAX_VALUE;

    private CgroupQuota() {}

    /**
     * Reads the quota.
     *
     * @param root of the file system.
     * @return CPUs, a fraction perhaps; {@link Double#MAX_VALUE} where there is no limit, or none can be read.
     */
    static double read(final Path root) {
        double least = UNLIMITED;
        for (final String line : lines(root.resolve("proc/self/cgroup"))) {
            final String[] fields = line.split(":", 3); // hierarchy : controllers : path
            if (fields.length == 3) {
                least = Math.min(least, alongPath(root, fields[1], fields[2]));
            }
        }
        return least;
    }

    private static double alongPath(final Path root, final String controllers, final String path) {
        final boolean version2 = controllers.isEmpty();
        if (!version2 && !(',' + controllers + ',').contains(",cpu,")) {
            return UNLIMITED;
        }
        final Path top = root.resolve(version2 ? "sys/fs/cgroup" : "sys/fs/cgroup/cpu");
        double least = UNLIMITED;
        Path group = group(top, path);
        while (group.startsWith(top)) {
            least = Math.min(least, version2 ? cpuMax(group) : cfsQuota(group));
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

    private static double cpuMax(final Path group) {
        final String text = text(group.resolve("cpu.max"));
        if (text == null || text.toLowerCase(Locale.ROOT).startsWith("max")) {
            return UNLIMITED;
        }
        final String[] quotaAndPeriod = text.strip().split("\\s+", 2);
        return quotaAndPeriod.length == 2 ? ratio(quotaAndPeriod[0], quotaAndPeriod[1]) : UNLIMITED;
    }

    private static double cfsQuota(final Path group) {
        final String quota = text(group.resolve("cpu.cfs_quota_us"));
        final String period = text(group.resolve("cpu.cfs_period_us"));
        return quota == null || period == null ? UNLIMITED : ratio(quota, period);
    }

    private static double ratio(final String quota, final String period) {
        try {
            final double time = Double.parseDouble(quota.strip());
            final double of = Double.parseDouble(period.strip());
            return time > 0 && of > 0 && Double.isFinite(of) ? time / of : UNLIMITED;
        } catch (final NumberFormatException e) {
            return UNLIMITED;
        }
    }

    private static Iterable<String> lines(final Path file) {
        final String text = text(file);
        return text == null ? List.of() : text.lines().toList();
    }

    private static @Nullable String text(final Path file) {
        try {
            return Files.readString(file);
        } catch (final IOException e) {
            return null;
        }
    }
}
