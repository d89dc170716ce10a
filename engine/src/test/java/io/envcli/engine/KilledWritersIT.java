package io.envcli.engine;

import io.envcli.engine.FaultTable.Lost;
import io.envcli.offheap.testing.LeakCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Writers are killed ({@code SIGKILL}), each at a random moment of its opening or of imports, puts, unsets and rollbacks, while
 * a process of its own reads on, from the first writer to the last. After each: everything acknowledged is there, of classes
 * {@code process} and {@code power}; every version is whole, and was made by something that was asked for; {@code verify} has
 * nothing to say; the next writer can write. A killed process is not a power cut.
 *
 * <p>{@code -Dkill.cases=…} kills more, {@code -Dkill.seed=…} makes the same work and the same moments again, as far as threads
 * do the same again.
 */
@ExtendWith(LeakCheck.class)
@Timeout(3600)
final class KilledWritersIT {
    private static final long SEED = Long.getLong("kill.seed", System.nanoTime());
    private static final int CASES = Integer.getInteger("kill.cases", 20);
    /** The writer is killed some time after it has said so many lines at most. */
    private static final int MOST_LINES = 120;
    private static final int MOST_NANOS = 20_000_000;
    /** Longer than an opening takes. */
    private static final int MOST_OPENING_NANOS = 400_000_000;
    private static final long OPERATIONS = 1_000_000;

    @TempDir
    private Path top;
    private final Random random = new Random(SEED);
    private final KilledWorkload workload = new KilledWorkload();
    private final FaultTable table = new FaultTable("kill -9 of a writer under load, while others read");

    @Test
    void whatWasAcknowledgedIsThereAndNothingIsThereInPart() throws IOException, InterruptedException {
        System.out.println("kill.seed=" + SEED);
        final Process reader = start(RoundsReader.class, List.of());
        Process next = writer();
        try (BufferedReader seen = reader.inputReader(StandardCharsets.UTF_8)) {
            for (int number = 1; number <= CASES; number++) {
                final Process writer = next;
                next = writer(); // Its JVM starts while this one works.
                final String what = "kill.seed=" + SEED + " case " + number;
                try {
                    workload.said(kill(writer, number));
                    final int of = number;
                    table.tried(() -> check(of));
                } catch (final StoreException | AssertionError e) {
                    throw new AssertionError(what + ": " + e.getMessage(), e);
                }
                assertTrue(reader.isAlive(), () -> what + ": " + seen.lines().toList());
            }
            reader.outputWriter().close();
            final List<String> said = seen.lines().toList();
            assertTrue(said.getFirst().startsWith(RoundsReader.SEEN), said::toString);
            System.out.println("kill -9: " + CASES + " cases; the reader has " + said.getFirst());
        } finally {
            table.write();
            end(next);
            end(reader);
        }
    }

    private Process writer() throws IOException {
        return start(KilledChild.class, List.of(top.resolve("sources").toString(), String.valueOf(random.nextLong())));
    }

    /** Little is worth compiling well in a process that lives for a moment. */
    private Process start(final Class<?> child, final List<String> more) throws IOException {
        final List<String> command = Child.java();
        command.addAll(1, List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m"));
        command.addAll(List.of(child.getName(), top.resolve("store").toString(), top.resolve("key").toString()));
        command.addAll(more.isEmpty() ? List.of(String.valueOf(SEED)) : more);
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    /** Lets a writer work and kills it; what it has said. */
    private List<String> kill(final Process writer, final int number) throws IOException, InterruptedException {
        final List<String> said = new ArrayList<>();
        final boolean opening = random.nextInt(5) == 0;
        final CountDownLatch enough = new CountDownLatch(opening ? 0 : 1 + random.nextInt(MOST_LINES));
        final Thread listener = Thread.ofPlatform().start(() -> {
            try (BufferedReader lines = writer.inputReader(StandardCharsets.UTF_8)) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    said.add(line);
                    enough.countDown();
                }
            } catch (final IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        final Durability durability = number % 2 == 0 ? Durability.PROCESS : Durability.POWER;
        try (Writer go = writer.outputWriter(StandardCharsets.UTF_8)) {
            go.write(durability + " " + number * OPERATIONS + "\n");
        }
        assertTrue(enough.await(60, TimeUnit.SECONDS), () -> "the writer does not work: " + said);
        sleep(random.nextInt(opening ? MOST_OPENING_NANOS : MOST_NANOS));
        end(writer);
        listener.join();
        return said;
    }

    /** The moment of a kill is what is tried here, nothing is waited for. */
    private static void sleep(final long nanos) {
        final long end = System.nanoTime() + nanos;
        while (System.nanoTime() - end < 0) {
            LockSupport.parkNanos(Math.max(1, end - System.nanoTime()));
        }
    }

    private static void end(final Process process) throws InterruptedException {
        process.destroyForcibly();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    }

    /** Who comes first, a reader, {@code verify} or a writer, is left to chance: each finds what the killed one has left. */
    private void check(final int number) {
        if (Files.notExists(top.resolve("store/journal/000001/19700101F.cq4"))) {
            return; // Killed before there was a store.
        }
        final StoreConfig config = KilledChild.config(top.resolve("store"), top.resolve("key")).build();
        final long start = System.nanoTime();
        final int order = random.nextInt(3);
        if (order == 0) {
            verify(config, 0);
        }
        final long version = read(config);
        table.recovered(System.nanoTime() - start);
        verify(config, version);
        if (order == 1) {
            write(config, number * OPERATIONS + OPERATIONS / 2, version);
            verify(config, version + 1);
        }
    }

    private long read(final StoreConfig config) {
        try (StoreReader reader = StoreReader.open(config)) {
            return workload.check(reader, random);
        }
    }

    private static void verify(final StoreConfig config, final long version) {
        final VerifyReport report = StoreVerifier.verify(config);
        assertEquals(List.of(), report.findings(), "verify");
        Lost.unless(report.versions() >= version,
                () -> "verify sees " + report.versions() + " of " + version + " versions");
    }

    private void write(final StoreConfig config, final long number, final long version) {
        final long operation = number - number % 5; // one that sets
        try (Store store = Store.open(config)) {
            final long put = store.put(KilledChild.environment(0), KilledChild.name(operation),
                    KilledChild.value(0, operation));
            assertEquals(version + 1, put);
            workload.put(operation, put);
        }
        assertEquals(version + 1, read(config));
    }
}
