package io.envcli.perf.ringbuffers;

import io.envcli.offheap.Slab;
import io.envcli.ringbuffers.Layout;
import io.envcli.ringbuffers.RingConfig;
import io.envcli.ringbuffers.SlabRing;
import io.envcli.ringbuffers.Stage;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A producer hands 1,024 slabs to a stage on another thread and waits until all are done; a score is the time for one. The
 * stage reads one number of each slab, so that the slab really crosses.
 */
// JMH calls setUp() before anything else.
@SuppressWarnings("NullAway.Init")
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class HandOffBenchmark {
    private static final int SLABS = 1024;
    private static final int SLOTS = 64;
    /** The sum of the numbers that the producer writes into its slabs. */
    private static final long SUM = SLABS * (SLABS + 1L) / 2;

    private SlabRing ring;
    private final Summing summing = new Summing();
    private BlockingQueue<Long> queue;
    private BlockingQueue<Long> sums;
    private Thread consumer;

    private static final class Summing implements Stage {
        /** Written by the stage's thread; read by the producer once all slabs are processed. */
        private long sum;

        @Override
        public String name() {
            return "sum";
        }

        @Override
        public void onSlab(final Slab slab, final long sequence) {
            sum += slab.transaction();
        }
    }

    /** Starts both, and proves that all that is handed over arrives. */
    @Setup(Level.Trial)
    public void setUp() {
        ring = SlabRing.start(RingConfig.builder().slots(SLOTS).textCapacity(64).layout(Layout.FUSED).build(),
                List.of(summing));
        queue = new ArrayBlockingQueue<>(SLOTS);
        sums = new ArrayBlockingQueue<>(1);
        consumer = Thread.ofPlatform().daemon().start(this::consume);
        requireSum(slabRing());
        requireSum(blockingQueue());
    }

    private static void requireSum(final long sum) {
        if (sum != SUM) {
            throw new IllegalStateException("sum=" + sum + " must be " + SUM);
        }
    }

    /** A sum goes back for every 1,024 numbers; the number 0 ends the thread. */
    private void consume() {
        try {
            long sum = 0;
            int count = 0;
            for (long number = queue.take(); number != 0; number = queue.take()) {
                sum += number;
                if (++count == SLABS) {
                    sums.put(sum);
                    sum = 0;
                    count = 0;
                }
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Through the ring.
     *
     * @return the sum of all numbers handed over.
     */
    @Benchmark
    @OperationsPerInvocation(SLABS)
    public long slabRing() {
        final long before = summing.sum;
        long last = 0;
        for (long number = 1; number <= SLABS; number++) {
            final Slab slab = ring.claim();
            slab.transaction(number);
            last = ring.commit(slab);
        }
        ring.awaitProcessed(last);
        return summing.sum - before;
    }

    /**
     * The baseline: numbers through a blocking queue of as many slots.
     *
     * @return the sum of all numbers handed over.
     */
    @Benchmark
    @OperationsPerInvocation(SLABS)
    public long blockingQueue() {
        try {
            for (long number = 1; number <= SLABS; number++) {
                queue.put(number);
            }
            return sums.take();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while handing over", e);
        }
    }

    /** Ends both threads and frees the ring. */
    @TearDown(Level.Trial)
    public void tearDown() {
        ring.close();
        try {
            queue.put(0L);
            consumer.join();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
