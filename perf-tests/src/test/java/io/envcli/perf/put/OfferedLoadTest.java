package io.envcli.perf.put;

import io.envcli.engine.Durability;
import io.envcli.offheap.testing.LeakCheck;
import io.envcli.ringbuffers.Layout;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongSupplier;

import static org.junit.jupiter.api.Assertions.*;

/** Latencies count from the intended start, whatever a slow put before does to those after it. */
@ExtendWith(LeakCheck.class)
class OfferedLoadTest {
    private static final long MILLI = 1_000_000;
    private static final long SECOND = 1_000_000_000L;

    @TempDir
    Path folder;

    /** The only clock: a look at it takes a microsecond, a put as long as it is told to. */
    private long now = 5 * SECOND;

    private long clock() {
        now += 1_000;
        return now;
    }

    /** Acknowledges at once, but for one put that blocks. */
    private final class Blocking implements Puts {
        private final long slow;
        private final long nanos;
        private long done;

        Blocking(final long slow, final long nanos) {
            this.slow = slow;
            this.nanos = nanos;
        }

        @Override
        public boolean offer(final long number) {
            assertEquals(done, number);
            now += number == slow ? nanos : 0;
            done++;
            return true;
        }

        @Override
        public long acknowledged() {
            return done;
        }
    }

    @Test
    void aPutThatBlocksCountsForThoseBehindIt() {
        // 1,000 a second; put 100 takes 500 ms, so that those behind it begin up to 500 ms late.
        final OfferedLoad.Outcome outcome = new OfferedLoad(new Blocking(100, 500 * MILLI), this::clock).run(1_000,
                1_000,
                10 * SECOND);
        final Histogram latencies = outcome.latencies();
        assertEquals(1_000, latencies.getTotalCount());
        assertEquals(1_000, outcome.acknowledged());
        assertNear(500 * MILLI, latencies.getMaxValue(), 2 * MILLI);
        // About 500 of 1,000 met it: their latencies lie evenly between 0 and 500 ms.
        assertNear(250 * MILLI, latencies.getValueAtPercentile(75), 5 * MILLI);
        assertTrue(latencies.getValueAtPercentile(49) < MILLI, "half of them met nothing");
        assertEquals(1_000, outcome.achievedRate(), 2);
        assertTrue(outcome.pauseNs() < MILLI, "a put that blocks is no pause of the offering thread");
        assertTrue(new PutRow("x", Durability.MEMORY, outcome).keptUp());
    }

    @Test
    void aPauseOfTheOfferingThreadIsTold() {
        final LongSupplier stopping = () -> {
            now += now / SECOND == 5 && now % SECOND > 550 * MILLI ? 600 * MILLI : 0;
            return clock();
        };
        final OfferedLoad.Outcome outcome = new OfferedLoad(new Blocking(-1, 0), stopping).run(10, 10, 10 * SECOND);
        assertNear(600 * MILLI, outcome.pauseNs(), MILLI);
    }

    @Test
    void whatIsLeftOverCountsWithItsWaiting() {
        // Put 10 takes 3 s of a run of 2: of 1,000 offered, 11 are acknowledged.
        final OfferedLoad.Outcome outcome = new OfferedLoad(new Blocking(10, 3 * SECOND), this::clock).run(1_000, 1_000,
                2 * SECOND);
        assertEquals(11, outcome.acknowledged());
        assertEquals(1_000, outcome.offered());
        assertEquals(1_000, outcome.latencies().getTotalCount());
        assertTrue(outcome.latencies().getValueAtPercentile(5) > 2 * SECOND);
        final PutRow row = new PutRow("x", Durability.MEMORY, outcome);
        assertFalse(row.keptUp());
        assertTrue(row.line().endsWith("did not keep up"), row.line());
    }

    @Test
    void acknowledgementsMayComeLaterAndInGroups() {
        final Puts groups = new Puts() {
            private long begun;

            @Override
            public boolean offer(final long number) {
                if (begun - acknowledged() >= 4) {
                    return false;
                }
                begun++;
                return true;
            }

            @Override
            public long acknowledged() {
                return (now - 5 * SECOND) / (10 * MILLI) * 4 < begun ? (now - 5 * SECOND) / (10 * MILLI) * 4 : begun;
            }
        };
        // 4 every 10 ms are 400 a second; 1,000 a second are offered for half a second.
        final OfferedLoad.Outcome outcome = new OfferedLoad(groups, this::clock).run(1_000, 500, 10 * SECOND);
        assertEquals(500, outcome.acknowledged());
        assertEquals(400, outcome.achievedRate(), 5);
        assertNear(750 * MILLI, outcome.latencies().getMaxValue(), 15 * MILLI);
    }

    private static void assertNear(final long expected, final long actual, final long within) {
        assertTrue(Math.abs(expected - actual) <= within,
                "expected " + expected + " within " + within + ", got " + actual);
    }

    @Test
    void realPutsAreMeasuredAndProven() throws IOException {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        final PutBenchmark benchmark = new PutBenchmark(new PrintStream(out, true, StandardCharsets.UTF_8),
                folder.resolve("put"), new Inputs(3), Layout.AUTO, 16, 2_000, 200);
        final List<PutRow> rows = benchmark.run(PutBenchmark.STREAM, Durability.PROCESS, List.of(50L, 5_000L));
        rows.addAll(benchmark.run(PutBenchmark.API, Durability.PROCESS, List.of(1_000L)));
        for (final PutRow row : rows) {
            assertEquals(row.outcome().rate() / 5, row.outcome().latencies().getTotalCount());
            assertTrue(row.outcome().acknowledged() <= row.outcome().offered());
        }
        final String text = out.toString(StandardCharsets.UTF_8);
        assertTrue(text.contains("proven: ") && text.indexOf("proven: ") < text.lastIndexOf("proven: "), text);
    }
}
