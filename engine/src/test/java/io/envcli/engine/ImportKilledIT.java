package io.envcli.engine;

import io.envcli.offheap.testing.LeakCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Kills a process that imports, eight times at moments spread over the import, and looks at the store after each: it has the
 * version before or the whole import, never a part, and what was acknowledged is there. A killed process is not a power cut.
 */
@ExtendWith(LeakCheck.class)
final class ImportKilledIT {
    private static final int ROUNDS = 8;
    private static final int VARIABLES = 100_000;

    @TempDir
    private Path top;
    private final List<String> report = new ArrayList<>();
    private int committed;

    @Test
    void aKilledImportIsThereWhollyOrNotAtAll() throws IOException, InterruptedException {
        final long whole = run(1, Long.MAX_VALUE);
        assertEquals(1, committed, "the first import is let run to its end");
        for (int round = 0; round < ROUNDS; round++) {
            run(round + 2, whole * round / (ROUNDS - 1));
        }
        assertTrue(StoreVerifier.verify(config()).intact());
        report.forEach(System.out::println);
    }

    /** Imports generation {@code generation} in a child, kills it {@code nanos} after it began; how long it lived. */
    private long run(final int generation, final long nanos) throws IOException, InterruptedException {
        final Path file = top.resolve("import.env");
        write(file, generation);
        final Path said = top.resolve("said");
        final Process child = start(file, said);
        await(child, () -> Files.readString(said).contains(ImportChild.BEGUN));
        final long begun = System.nanoTime();
        await(child, () -> !child.isAlive() || System.nanoTime() - begun >= nanos);
        final long lived = System.nanoTime() - begun;
        child.destroyForcibly();
        assertTrue(child.waitFor(60, TimeUnit.SECONDS));
        final boolean acknowledged = Files.readString(said).contains(ImportChild.ACKNOWLEDGED);
        check(generation, acknowledged, lived);
        return lived;
    }

    /** Something to poll for. */
    @FunctionalInterface
    private interface Condition {
        boolean holds() throws IOException;
    }

    private static void await(final Process child, final Condition condition) throws IOException {
        final long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
        while (!condition.holds()) {
            assertTrue(System.nanoTime() - deadline < 0, () -> "waited too long for " + child);
            LockSupport.parkNanos(200_000);
        }
    }

    private void check(final int generation, final boolean acknowledged, final long lived) {
        final long start = System.nanoTime();
        try (StoreReader reader = StoreReader.open(config())) {
            final Variable first = reader.get("import", "NAME_0");
            final long firstAnswer = System.nanoTime() - start;
            final Set<String> generations = new TreeSet<>();
            final int[] count = new int[1];
            reader.forEach("import", variable -> {
                generations.add(variable.value());
                count[0]++;
            });
            assertEquals(VARIABLES, count[0]);
            assertEquals(1, generations.size(), () -> "values of several imports: " + generations);
            final int found = Integer.parseInt(generations.iterator().next().substring("generation ".length()));
            assertTrue(found == generation || (found == committed && !acknowledged),
                    "found generation " + found + " after " + generation + ", acknowledged: " + acknowledged);
            assertTrue(first != null && first.value().equals("generation " + found));
            committed = found;
            report.add(
                    String.format("killed after %4d ms: generation %d, acknowledged %b, first get %d ms, healing %d ms",
                            lived / 1_000_000, found, acknowledged, firstAnswer / 1_000_000,
                            reader.status().recoveryNanos() / 1_000_000));
        }
    }

    private StoreConfig config() {
        return StoreConfig.builder().directory(top.resolve("store")).keyFile(top.resolve("key")).build();
    }

    private Process start(final Path file, final Path said) throws IOException {
        final List<String> command = Child.java();
        command.addAll(List.of(ImportChild.class.getName(), config().directory().toString(),
                config().keyFile().toString(), file.toString()));
        return new ProcessBuilder(command).redirectOutput(said.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    private static void write(final Path file, final int generation) throws IOException {
        final StringBuilder text = new StringBuilder();
        for (int i = 0; i < VARIABLES; i++) {
            text.append("NAME_").append(i).append("=\"generation ").append(generation).append("\"\n");
        }
        Files.writeString(file, text);
    }
}
