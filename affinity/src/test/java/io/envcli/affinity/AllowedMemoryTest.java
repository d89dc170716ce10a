package io.envcli.affinity;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;

import static org.junit.jupiter.api.Assertions.assertEquals;

class AllowedMemoryTest {
    @TempDir
    Path folder;
    private FakeRoot root = new FakeRoot(Path.of(""));

    @BeforeEach
    void setUp() {
        root = new FakeRoot(folder);
    }

    @Test
    void takesTheLeastAlongTheWayOfVersion2() throws IOException {
        root.group("0::/a/b\n").file("proc/meminfo", "MemTotal: 100 kB\nMemAvailable:      64 kB\n")
                .file("sys/fs/cgroup/a/memory.max", "1048576\n").file("sys/fs/cgroup/a/b/memory.max", "max\n");
        assertEquals(new AllowedMemory(1 << 20, 64 << 10), AllowedMemory.read(folder));
    }

    @Test
    void readsVersion1() throws IOException {
        root.group("4:memory:/docker/x\n3:cpu:/\n")
                .file("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");
        assertEquals(Long.MAX_VALUE, AllowedMemory.read(folder).limit());
        root.file("sys/fs/cgroup/memory/docker/x/memory.limit_in_bytes", "5000\n");
        assertEquals(5000, AllowedMemory.read(folder).limit());
    }

    @Test
    void whereNothingCanBeReadNothingIsLimited() {
        assertEquals(new AllowedMemory(Long.MAX_VALUE, -1), AllowedMemory.read(folder.resolve("nothing")));
    }
}
