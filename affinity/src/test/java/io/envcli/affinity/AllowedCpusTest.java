package io.envcli.affinity;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class AllowedCpusTest {
    @TempDir
    Path folder;
    private FakeRoot root = new FakeRoot(Path.of(""));

    @BeforeEach
    void setUp() {
        root = new FakeRoot(folder);
    }

    private static List<Integer> counted() {
        return IntStream.range(0, Runtime.getRuntime().availableProcessors()).boxed().toList();
    }

    @Test
    void readsTheMask() throws IOException {
        root.mask("2-3,8");
        assertEquals(new AllowedCpus(List.of(2, 3, 8), 3), AllowedCpus.read(folder));
    }

    @ParameterizedTest
    @CsvSource({"max 100000, 4", "400000 100000, 4", "900000 100000, 4", "300000 100000, 3", "250000 100000, 3",
        "100001 100000, 2", "100000 100000, 1", "1000 100000, 1", "garbage, 4"})
    void theQuotaIsRoundedUpAndNeverBeyondTheMask(final String cpuMax, final int usable) throws IOException {
        root.mask("4-7").group("0::/a\n").file("sys/fs/cgroup/a/cpu.max", cpuMax);
        assertEquals(new AllowedCpus(List.of(4, 5, 6, 7), usable), AllowedCpus.read(folder));
    }

    @Test
    void withoutFilesTheJvmCounts() {
        assertEquals(counted(), AllowedCpus.read(folder).cpus());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "3-", "5-2"})
    void withAGarbledMaskTheJvmCounts(final String list) throws IOException {
        root.mask(list);
        assertEquals(counted(), AllowedCpus.read(folder).cpus());
    }

    @Test
    void withoutALineForTheMaskTheJvmCounts() throws IOException {
        root.file("proc/self/status", "Name:\tjava\n");
        assertEquals(counted(), AllowedCpus.read(folder).cpus());
    }

    @Test
    void readsThisMachine() {
        final AllowedCpus cpus = AllowedCpus.current();
        assertTrue(cpus.usable() >= 1 && cpus.usable() <= cpus.cpus().size(), cpus::toString);
        assertEquals(cpus.cpus().stream().sorted().distinct().toList(), cpus.cpus());
    }

    @Test
    void checksAndCopies() {
        final List<Integer> cpus = new ArrayList<>(List.of(0, 1));
        final AllowedCpus allowed = new AllowedCpus(cpus, 2);
        cpus.clear();
        assertEquals(List.of(0, 1), allowed.cpus());
        assertThrows(IllegalArgumentException.class, () -> new AllowedCpus(List.of(), 1));
        assertThrows(IllegalArgumentException.class, () -> new AllowedCpus(List.of(0), 0));
        final var e = assertThrows(IllegalArgumentException.class, () -> new AllowedCpus(List.of(0), 2));
        assertEquals("usable=2 must be between 1 and the size of cpus=[0]", e.getMessage());
    }
}
