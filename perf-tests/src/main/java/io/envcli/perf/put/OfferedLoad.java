package io.envcli.perf.put;

import org.HdrHistogram.Histogram;

import java.util.function.LongSupplier;

/**
 * Offers puts at a fixed rate, whether those before are done or not. The intended starts lie evenly on the time line from
 * the beginning of the run; a latency is the time from there to the moment when the acknowledgement is seen.
 *
 * <p>A run ends when its time is up, also if puts are left over: those count with the time that they have waited by then,
 * so that the percentiles are too low rather than blind to them.
 *
 * <p>Threading: one thread.
 */
final class OfferedLoad {
    private static final long SECOND_NS = 1_000_000_000L;
    /** Three significant digits, as far as HdrHistogram counts them. */
    private static final int DIGITS = 3;

    private final Puts puts;
    private final LongSupplier clock;

    /**
     * A load.
     *
     * @param puts  to offer to.
     * @param clock in nanoseconds.
     */
    OfferedLoad(final Puts puts, final LongSupplier clock) {
        this.puts = puts;
        this.clock = clock;
    }

    /**
     * What came of it.
     *
     * @param rate         offered, in puts a second.
     * @param offered      puts that were meant to begin.
     * @param acknowledged puts that were acknowledged within the time.
     * @param nanos        from the beginning to the last acknowledgement, or to the end of the time.
     * @param pauseNs      the longest time for which the offering thread itself stood still with nothing to do: what the
     *                     machine and the JVM add to every latency in it.
     * @param latencies    of all offered, in nanoseconds.
     */
    record Outcome(long rate, long offered, long acknowledged, long nanos, long pauseNs, Histogram latencies) {
        /** {@return puts acknowledged in a second; the last one's interval counts in full} */
        double achievedRate() {
            return acknowledged * (double) SECOND_NS / (nanos + (double) SECOND_NS / rate);
        }
    }

    /**
     * Offers.
     *
     * @param rate    in puts a second, from 1.
     * @param count   of puts.
     * @param limitNs after which the run ends.
     * @return what came of it.
     */
    @SuppressWarnings("ThreadPriorityCheck") // On few CPUs the pipeline's threads need the one that this thread waits on.
    Outcome run(final long rate, final long count, final long limitNs) {
        final Histogram latencies = new Histogram(DIGITS);
        final long base = puts.acknowledged();
        final long start = clock.getAsLong();
        long begun = 0;
        long done = 0;
        long now = start;
        long pause = 0;
        while (done < count && now - start < limitNs) {
            final long before = now;
            final boolean isDue = begun < count && now - start >= intended(begun, rate);
            if (isDue && puts.offer(base + begun)) {
                begun++;
            } else {
                Thread.yield();
            }
            final long acknowledged = puts.acknowledged() - base;
            now = clock.getAsLong();
            pause = isDue ? pause : Math.max(pause, now - before);
            for (; done < acknowledged; done++) {
                latencies.recordValue(now - start - intended(done, rate));
            }
        }
        final long offered = Math.min(count, meant(now - start, rate) + 1);
        for (long left = done; left < offered; left++) {
            latencies.recordValue(now - start - intended(left, rate));
        }
        drain(base + begun);
        return new Outcome(rate, Math.max(offered, done), done, now - start, pause, latencies);
    }

    /** How many puts are meant to begin within a time. In two steps, as below: a product would overflow. */
    private static long meant(final long nanos, final long rate) {
        return nanos / SECOND_NS * rate + nanos % SECOND_NS * rate / SECOND_NS;
    }

    /** When a put is meant to begin, in nanoseconds after the start. */
    private static long intended(final long number, final long rate) {
        return number / rate * SECOND_NS + number % rate * SECOND_NS / rate;
    }

    /** Waits for what is still under way, which a next run would take for its own. */
    @SuppressWarnings("ThreadPriorityCheck") // As above.
    private void drain(final long begun) {
        while (puts.acknowledged() < begun) {
            Thread.yield();
        }
    }
}
