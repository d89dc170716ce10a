package io.envcli.engine;

import io.envcli.offheap.testing.DiskTrace;
import io.envcli.offheap.testing.PowerCut;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Power fails, at any moment of a {@link PowerLossWorkload}, and the disk is left with anything that the syncs up to then
 * allow. Then every transaction acknowledged at class {@code power} is there whole, none is there in part, {@code verify} has
 * nothing to say, and the next writer goes on.
 *
 * <p>{@code -Dpower.cases=…} says how many cuts are tried, {@code -Dpower.seed=…} which. The workload has threads, so no seed
 * makes quite the same trace again: what the first failing cut has left is kept below {@code target}.
 */
@Timeout(3600)
final class PowerLossTest {
    private static final long SEED = Long.getLong("power.seed", System.nanoTime());
    private static final int CASES = Integer.getInteger("power.cases", 80);

    /** In which a sync that is left out must be missed. */
    private static final int MOST_CASES = 400;

    @TempDir
    private Path folder;
    private final Map<String, Integer> failures = new TreeMap<>();
    private @Nullable AssertionError first;
    private @Nullable Repeated firstFault;

    /** Something that happens to the disk of a case. */
    private interface Fault {
        void leave(Path target, Random random) throws IOException;
    }

    /** The same once more. */
    private interface Repeated {
        void leave(Path target) throws IOException;
    }

    /** What is asked of the store that is left. */
    private interface Check {
        void run(Path left, Random random) throws IOException;
    }

    @BeforeEach
    void tell() {
        System.out.println("power.seed=" + SEED);
    }

    @Test
    void whatWasAcknowledgedAtClassPowerIsThereWholeAndNothingIsThereInPart() throws IOException {
        final PowerLossWorkload workload = workload();
        final DiskTrace trace = workload.run(_ -> false);
        final FaultTable table = new FaultTable("power fails");
        for (int i = 0; i < CASES; i++) {
            final int cut = new Random(SEED + i).nextInt(trace.length());
            run(table, i, (target, random) -> powerCut(trace, cut, random, target),
                    (left, random) -> new RecoveredStore(left, workload.told(), random)
                            .check(workload.told().leastVersion(cut), Long.MAX_VALUE, table));
        }
        report(table);
    }

    /** The machine is started again, and the next writer is killed, or power fails once more, while it recovers. */
    @Test
    void aSecondFaultDuringTheRecoveryChangesNothing() throws IOException {
        final PowerLossWorkload workload = workload();
        final DiskTrace trace = workload.run(_ -> false);
        final FaultTable table = new FaultTable("power fails, and again or kill -9 while the next writer recovers");
        for (int i = 0; i < CASES / 4; i++) {
            final int cut = new Random(SEED - i).nextInt(trace.length());
            run(table, i, (target, random) -> powerCut(trace, cut, random, target), (left, random) -> {
                final Path again = Files.createDirectory(folder.resolve("again"));
                try {
                    twice(left, again, workload.told(), workload.told().leastVersion(cut), random, table);
                } finally {
                    Folders.delete(again);
                }
            });
        }
        report(table);
    }

    /** So this test can fail: each kind of sync, left out, is missed. (That of the lock file has a test in the journal.) */
    @ParameterizedTest
    @ValueSource(strings = {"19700101F.cq4", "journal", "data/env-cli", "key"})
    void aSyncLeftOutIsFound(final String leftOut) throws IOException {
        final PowerLossWorkload workload = workload();
        final DiskTrace trace = workload
                .run(path -> path.endsWith(leftOut) || path.toString().contains("/." + leftOut + "."));
        final FaultTable table = new FaultTable("never written");
        for (int i = 0; i < MOST_CASES && first == null; i++) {
            final int cut = new Random(SEED + i).nextInt(trace.length());
            run(table, i, (target, random) -> powerCut(trace, cut, random, target),
                    (left, random) -> new RecoveredStore(left, workload.told(), random)
                            .check(workload.told().leastVersion(cut), Long.MAX_VALUE, table));
        }
        assertNotNull(first, () -> MOST_CASES + " cuts, and the missing sync was not missed");
        assertTrue(table.failed() > 0, "what is lost is counted");
    }

    private static void twice(final Path left, final Path again, final Told told, final long least,
            final Random random, final FaultTable table) throws IOException {
        final RecoveredStore store = new RecoveredStore(left, told, random);
        final long version;
        final int acknowledged;
        final DiskTrace recovery;
        try (DiskTrace trace = DiskTrace.of(left)) {
            version = store.write(least);
            acknowledged = trace.length();
            trace.mark();
            recovery = trace;
        }
        final int cut = random.nextInt(recovery.length());
        if (random.nextBoolean()) {
            powerCut(recovery, cut, random, again);
        } else {
            recovery.writeTo(cut, again);
        }
        new RecoveredStore(again, told, random).check(cut >= acknowledged ? version + 1 : version, version, table);
    }

    private PowerLossWorkload workload() throws IOException {
        return new PowerLossWorkload(Files.createDirectory(folder.resolve("top")),
                Files.createDirectory(folder.resolve("sources")), new Random(SEED));
    }

    private static void powerCut(final DiskTrace trace, final int cut, final Random random, final Path target)
            throws IOException {
        new PowerCut(trace, cut, random).writeTo(target);
        OtherBoot.of(PowerLossWorkload.config(target).build().directory());
    }

    private void run(final FaultTable table, final int number, final Fault fault, final Check check)
            throws IOException {
        final Path left = Files.createDirectory(folder.resolve("case"));
        try {
            final Random random = new Random(SEED * 31 + number);
            fault.leave(left, random);
            table.tried(() -> check.run(left, random));
        } catch (final StoreException | AssertionError e) {
            failures.merge(String.valueOf(e.getMessage()).replaceAll("[0-9]+", "#"), 1, Integer::sum);
            if (first == null) {
                first = new AssertionError("power.seed=" + SEED + " case " + number + ": " + e.getMessage(), e);
                firstFault = target -> fault.leave(target, new Random(SEED * 31 + number));
            }
        } finally {
            Folders.delete(left);
        }
    }

    private void report(final FaultTable table) throws IOException {
        table.write();
        if (first != null && firstFault != null) {
            final Path kept = Files.createTempDirectory(Path.of("target"), "power-loss-").toAbsolutePath();
            firstFault.leave(kept);
            first.addSuppressed(new AssertionError("what was left is in " + kept));
            first.addSuppressed(new AssertionError(failures.toString()));
            throw first;
        }
    }
}
