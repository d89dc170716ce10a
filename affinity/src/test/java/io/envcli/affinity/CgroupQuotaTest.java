package io.envcli.affinity;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.junit.jupiter.api.Assertions.assertEquals;

class CgroupQuotaTest {
    private static final double UNLIMITED = Double.MAX_VALUE;

    @TempDir
    Path folder;
    private FakeRoot root = new FakeRoot(Path.of(""));

    @BeforeEach
    void setUp() {
        root = new FakeRoot(folder);
    }

    private void assertQuota(final double cpus) {
        assertEquals(cpus, CgroupQuota.read(folder));
    }

    @Test
    void takesTheLeastAlongTheWayOfVersion2() throws IOException {
        root.group("0::/a/b/c\n").file("sys/fs/cgroup/a/b/c/cpu.max", "max 100000\n");
        assertQuota(UNLIMITED);
        root.file("sys/fs/cgroup/a/b/cpu.max", "150000 100000\n");
        assertQuota(1.5);
        root.file("sys/fs/cgroup/a/cpu.max", "400000 100000\n");
        assertQuota(1.5);
        root.file("sys/fs/cgroup/cpu.max", "25000 100000\n");
        assertQuota(0.25);
        root.file("sys/fs/cgroup/a/b/c/d/cpu.max", "1000 100000\n").file("sys/fs/cgroup/x/cpu.max", "1000 100000\n");
        assertQuota(0.25);
        root.file("sys/fs/cpu.max", "1000 100000\n");
        assertQuota(0.25);
    }

    @Test
    void looksAtTheTopWhereThePathLeadsNowhere() throws IOException {
        root.group("0::/host/docker/123\n").file("sys/fs/cgroup/cpu.max", "200000 100000\n");
        assertQuota(2);
    }

    @Test
    void looksAtTheTopWhereThePathLeavesTheNamespace() throws IOException {
        root.group("0::/../../sibling\n").file("sys/fs/cgroup/cpu.max", "200000 100000\n");
        assertQuota(2);
    }

    @Test
    void readsVersion1() throws IOException {
        root.group("12:memory:/m\n4:cpu,cpuacct:/docker/1\n1:name=systemd:/x\n")
                .file("sys/fs/cgroup/cpu/docker/1/cpu.cfs_quota_us", "-1\n")
                .file("sys/fs/cgroup/cpu/docker/1/cpu.cfs_period_us", "100000\n");
        assertQuota(UNLIMITED);
        root.file("sys/fs/cgroup/cpu/docker/cpu.cfs_quota_us", "300000\n")
                .file("sys/fs/cgroup/cpu/docker/cpu.cfs_period_us", "100000\n");
        assertQuota(3);
        root.file("sys/fs/cgroup/cpu/docker/1/cpu.cfs_quota_us", "50000\n");
        assertQuota(0.5);
    }

    @Test
    void otherControllersOfVersion1DoNotCount() throws IOException {
        root.group("4:cpuacct:/a\n3:cpuset:/a\n").file("sys/fs/cgroup/cpu/a/cpu.cfs_quota_us", "50000\n")
                .file("sys/fs/cgroup/cpu/a/cpu.cfs_period_us", "100000\n");
        assertQuota(UNLIMITED);
    }

    @Test
    void takesTheLeastOfBothVersions() throws IOException {
        root.group("4:cpu:/a\n0::/a\n").file("sys/fs/cgroup/cpu/a/cpu.cfs_quota_us", "150000\n")
                .file("sys/fs/cgroup/cpu/a/cpu.cfs_period_us", "100000\n")
                .file("sys/fs/cgroup/a/cpu.max", "200000 100000");
        assertQuota(1.5);
    }

    @Test
    void noFilesAreNoLimit() throws IOException {
        assertQuota(UNLIMITED);
        root.group("0::/a\n");
        assertQuota(UNLIMITED);
        Files.createDirectories(folder.resolve("sys/fs/cgroup/a/cpu.max"));
        assertQuota(UNLIMITED);
        root.group("4:cpu:/\n").file("sys/fs/cgroup/cpu/cpu.cfs_quota_us", "50000\n"); // no period
        assertQuota(UNLIMITED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "100000", "x 100000", "100000 x", "0 100000", "100000 0", "-1 100000", "NaN 1",
        "1 NaN", "max", "MAX 1", "1 2 3", "Infinity Infinity", "\0\0"})
    void garbageIsNoLimit(final String text) throws IOException {
        root.group("0::/\n").file("sys/fs/cgroup/cpu.max", text);
        assertQuota(UNLIMITED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "0", "0:", "0::", "::", ":::", "x", "0::/a\0b", "4:cpu:\0"})
    void garbageForAGroupIsNoLimit(final String lines) throws IOException {
        root.group(lines);
        assertQuota(UNLIMITED);
    }
}
