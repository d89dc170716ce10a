package io.envcli.ringbuffers;

import com.lmax.disruptor.AlertException;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.SequenceBarrier;
import com.lmax.disruptor.WaitStrategy;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Spins a little, then yields, then sleeps. A thread that waits for producers sleeps until one of them wakes it, so an idle
 * store costs no CPU; one that waits for the thread before it naps for some microseconds at a time, because that thread
 * wakes nobody.
 *
 * <p>Why not one of Disruptor's: its blocking strategies spin without end while the thread before is busy, which takes a core
 * from it where there are few.
 */
final class ParkingWaitStrategy implements WaitStrategy {
    private static final int YIELDS = 50;
    private static final long NAP_NS = 20_000;
    /** Bounds the harm of a wake-up that a producer thought unnecessary. */
    private static final long SLEEP_NS = 10_000_000;

    private final int spins;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition published = lock.newCondition();
    private final AtomicBoolean sleeping = new AtomicBoolean();

    /**
     * A strategy.
     *
     * @param spins before yielding; 0 where threads outnumber CPUs.
     */
    ParkingWaitStrategy(final int spins) {
        this.spins = spins;
    }

    @Override
    @SuppressWarnings("ThreadPriorityCheck") // Yielding is what an idle strategy does between spinning and sleeping.
    public long waitFor(final long sequence, final Sequence cursor, final Sequence dependent,
            final SequenceBarrier barrier) throws AlertException, InterruptedException {
        int attempt = 0;
        long available = dependent.get();
        while (available < sequence) {
            barrier.checkAlert();
            if (attempt < spins) {
                Thread.onSpinWait();
            } else if (attempt < spins + YIELDS) {
                Thread.yield();
            } else if (cursor.get() < sequence) {
                sleep(sequence, cursor, barrier);
            } else {
                LockSupport.parkNanos(NAP_NS);
            }
            attempt++;
            available = dependent.get();
        }
        return available;
    }

    @SuppressWarnings("WaitNotInLoop") // The caller loops: it looks at the dependent sequence after every wake-up.
    private void sleep(final long sequence, final Sequence cursor, final SequenceBarrier barrier)
            throws AlertException, InterruptedException {
        lock.lock();
        try {
            sleeping.set(true);
            if (cursor.get() < sequence) {
                barrier.checkAlert();
                published.await(SLEEP_NS, TimeUnit.NANOSECONDS);
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void signalAllWhenBlocking() {
        if (sleeping.get() && sleeping.getAndSet(false)) {
            lock.lock();
            try {
                published.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }
}
