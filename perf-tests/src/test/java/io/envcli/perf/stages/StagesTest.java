package io.envcli.perf.stages;

import io.envcli.offheap.testing.LeakCheck;
import io.envcli.perf.Results;
import io.envcli.perf.Run;
import io.envcli.perf.workload.Profile;
import io.envcli.perf.workload.Truth;
import io.envcli.perf.workload.WorkloadCache;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

import static org.junit.jupiter.api.Assertions.*;

@ExtendWith(LeakCheck.class)
class StagesTest {
    private static final int COUNT = 5_000;

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private Run.Context context() {
        return new Run.Context(folder, new PrintStream(out, true, StandardCharsets.UTF_8));
    }

    private WorkloadCache.Entry workload() throws IOException {
        return new WorkloadCache(folder).get(Profile.BULK, 5, COUNT);
    }

    @Test
    void readsStatLines() {
        final TaskStat stat = TaskStat
                .parse("7643 (a) b (c) R 1 7643 7643 0 -1 4194304 101 0 0 0 12 34 5 6 20 0 1 0 99 3133440");
        assertEquals(new TaskStat("a) b (c", 120_000_000, 340_000_000), stat);
        assertThrows(IllegalArgumentException.class, () -> TaskStat.parse("nothing"));
    }

    @Test
    void knowsCutNames() {
        assertTrue(ThreadCosts.isCut("env-cli parse+fingerprint", "env-cli parse+f"));
        assertFalse(ThreadCosts.isCut("env-cli parse+fingerprint", "env-cli parse"));
        assertFalse(ThreadCosts.isCut("env-cli journal+apply", "env-cli parse+f"));
    }

    @Test
    void stagesDoTheirWork() throws IOException {
        final Map<String, Object> result = new StageCosts(context(), workload(), folder.resolve("stages"), 1).run();
        final Map<String, Object> stages = object(result, "stage_nanos_per_variable");
        assertEquals(Stage.values().length + 1, stages.size());
        for (final String stage : stages.keySet()) {
            assertTrue(Results.number(stages, stage) > 0, stages.toString());
        }
        assertTrue(out.toString(StandardCharsets.UTF_8).contains("proven: 5,000 variables"));
    }

    @Test
    void findsOutWrongWork() throws IOException {
        final WorkloadCache.Entry right = workload();
        final Truth t = right.truth();
        final WorkloadCache.Entry wrong = new WorkloadCache.Entry(right.file(), new Truth(t.profile(), t.seed(), COUNT,
                COUNT, t.lines(), t.bytes(), t.crc32c(), t.checksum() + 1));
        final IllegalStateException thrown = assertThrows(IllegalStateException.class,
                () -> new StageCosts(context(), wrong, folder.resolve("stages"), 1).run());
        assertTrue(thrown.toString().contains("checksum of names and values parsed"), thrown.toString());
    }

    @Test
    void threadsOfAnImportAreTold() throws IOException {
        final Map<String, Object> result = new WarmThreads(context(), workload(), folder.resolve("warm"), 1).run();
        final Map<String, Object> threads = object(result, "threads");
        assertTrue(threads.containsKey("other threads"), threads.toString());
        assertTrue(threads.keySet().stream().anyMatch(name -> name.startsWith("env-cli ")),
                threads.toString());
        assertTrue(Results.number(object(threads, "importer"), "allocated_bytes_per_variable") > 0, threads.toString());
        assertTrue(Results.number(result, "variables_per_second") > 0);
    }

    @SuppressWarnings("unchecked") // What is written as JSON has texts as keys.
    private static Map<String, Object> object(final Map<String, Object> result, final String name) {
        return (Map<String, Object>) Objects.requireNonNull(result.get(name));
    }
}
