package io.envcli.ringbuffers;

import com.lmax.disruptor.AlertException;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.SequenceBarrier;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * A thread goes to sleep at the very moment when a producer claims, publishes and wakes: it must wake up. One that was woken by
 * nobody sleeps ten milliseconds, which is seen here, though not told from a machine that is busy elsewhere.
 */
@JCStressTest
@Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "it was there, or it was woken")
@Outcome(id = "2", expect = Expect.ACCEPTABLE_INTERESTING, desc = "10 ms and more: overslept, or other work had the CPU")
@Outcome(expect = Expect.FORBIDDEN, desc = "the wait has ended before its time")
@State
public class WakeUpTest {
    private static final long SLEEP_NS = 10_000_000;

    private final ParkingWaitStrategy strategy = new ParkingWaitStrategy(0);
    private final Sequence cursor = new Sequence(-1);

    /** Of a ring that is not being closed. */
    private static final class Open implements SequenceBarrier {
        @Override
        public long waitFor(final long sequence) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long getCursor() {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isAlerted() {
            return false;
        }

        @Override
        public void alert() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void clearAlert() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void checkAlert() {
            // It is not.
        }
    }

    /** As the ring does it: the cursor moves when a slot is claimed, by a compare-and-set. */
    @Actor
    public void producer() {
        cursor.compareAndSet(-1, 0);
        strategy.signalAllWhenBlocking();
    }

    @Actor
    public void consumer(final I_Result result) {
        final long start = System.nanoTime();
        try {
            final long available = strategy.waitFor(0, cursor, cursor, new Open());
            result.r1 = available != 0 ? 0 : System.nanoTime() - start < SLEEP_NS ? 1 : 2;
        } catch (final AlertException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
