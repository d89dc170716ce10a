package io.envcli.ringbuffers;

import com.lmax.disruptor.AlertException;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.SequenceBarrier;
import io.envcli.offheap.testing.LeakCheck;
import io.envcli.ringbuffers.Probe.Call;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

@ExtendWith(LeakCheck.class)
@Timeout(60)
class ParkingWaitStrategyTest {
    private static final int WAKE_UPS = 3_000;

    private static boolean sleeps(final Thread thread) {
        return thread.getState() == Thread.State.TIMED_WAITING;
    }

    /**
     * A wake-up that is lost costs the rest of the sleep, up to 10 ms. A busy machine may delay some as much, so half of
     * them must be quick: with no wake-up none would be, as all slabs come when the thread has just gone to sleep.
     */
    @Test
    void publishingWakesAThreadThatSleeps() {
        final Probe.Log log = new Probe.Log();
        final long[] latencies = new long[WAKE_UPS];
        final RingConfig config = RingConfig.builder().slots(4).textCapacity(64).layout(Layout.FUSED).pinned(false)
                .build();
        try (SlabRing ring = SlabRing.start(config, List.of(new Probe(0, log)))) {
            final Thread thread = log.of(0, Call.START).getFirst().thread();
            for (int i = 0; i < WAKE_UPS; i++) {
                Poll.until("the thread sleeps", () -> sleeps(thread));
                final long start = System.nanoTime();
                final long sequence = ring.commit(ring.claim());
                Poll.until("the slab is processed", () -> ring.processed() >= sequence);
                latencies[i] = System.nanoTime() - start;
            }
        }
        Arrays.sort(latencies);
        assertTrue(latencies[WAKE_UPS / 2] < 5_000_000, () -> "median " + latencies[WAKE_UPS / 2] + " ns");
    }

    @Test
    void anAlertEndsTheWait() {
        final RingBuffer<Object> ring = RingBuffer.createMultiProducer(Object::new, 4, new ParkingWaitStrategy(0));
        final SequenceBarrier barrier = ring.newBarrier();
        final AtomicReference<Throwable> thrown = new AtomicReference<>();
        final Thread waiter = Poll.start("waiter", () -> {
            try {
                barrier.waitFor(0);
            } catch (final Exception e) {
                thrown.set(e);
            }
        });
        Poll.until("the thread sleeps", () -> sleeps(waiter));
        barrier.alert();
        Poll.join(waiter);
        assertInstanceOf(AlertException.class, thrown.get());
    }

    @Test
    void publishingWakesEveryThreadThatSleeps() {
        final RingBuffer<Object> ring = RingBuffer.createMultiProducer(Object::new, 4, new ParkingWaitStrategy(3));
        final List<Thread> waiters = List.of(waiter(ring), waiter(ring), waiter(ring));
        waiters.forEach(waiter -> Poll.until("the thread sleeps", () -> sleeps(waiter)));
        ring.publish(ring.next());
        waiters.forEach(Poll::join);
    }

    private static Thread waiter(final RingBuffer<Object> ring) {
        final SequenceBarrier barrier = ring.newBarrier();
        return Poll.start("waiter", () -> {
            try {
                barrier.waitFor(0);
            } catch (final Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }
}
