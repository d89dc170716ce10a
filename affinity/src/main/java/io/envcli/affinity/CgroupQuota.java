package io.envcli.affinity;

import java.nio.file.Path;
import java.util.Locale;

/**
 * How many CPUs' time the cgroups of this process grant: {@code cpu.max} of version 2, {@code cpu.cfs_quota_us} of version 1,
 * the least along the way from the process's own group to the root.
 */
final class CgroupQuota {
    private CgroupQuota() {}

    /**
     * Reads the quota.
     *
     * @param root of the file system.
     * @return CPUs, a fraction perhaps; {@link Cgroups#UNLIMITED} where there is no limit, or none can be read.
     */
    static double read(final Path root) {
        return Cgroups.least(root, "cpu", CgroupQuota::cpuMax, CgroupQuota::cfsQuota);
    }

    private static double cpuMax(final Path group) {
        final String text = Cgroups.text(group.resolve("cpu.max"));
        if (text.toLowerCase(Locale.ROOT).startsWith("max")) {
            return Cgroups.UNLIMITED;
        }
        final String[] quotaAndPeriod = text.strip().split("\\s+", 2);
        return quotaAndPeriod.length == 2 ? ratio(quotaAndPeriod[0], quotaAndPeriod[1]) : Cgroups.UNLIMITED;
    }

    private static double cfsQuota(final Path group) {
        return ratio(Cgroups.text(group.resolve("cpu.cfs_quota_us")), Cgroups.text(group.resolve("cpu.cfs_period_us")));
    }

    private static double ratio(final String quota, final String period) {
        try {
            final double time = Double.parseDouble(quota.strip());
            final double of = Double.parseDouble(period.strip());
            return time > 0 && of > 0 && Double.isFinite(of) ? time / of : Cgroups.UNLIMITED;
        } catch (final NumberFormatException e) {
            return Cgroups.UNLIMITED;
        }
    }
}
