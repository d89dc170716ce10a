package io.envcli.ringbuffers;

import io.envcli.offheap.Slab;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

import java.util.List;
import java.util.Objects;

/**
 * The position that {@code PutStream.acknowledged} gives: whoever finds it at or above a put's own sees what the stages have
 * written about that put, in plain fields, from two threads.
 */
@JCStressTest
@Outcome(id = "0", expect = Expect.ACCEPTABLE, desc = "not acknowledged yet")
@Outcome(id = "12", expect = Expect.ACCEPTABLE, desc = "acknowledged, and both stages' work is there")
@Outcome(expect = Expect.FORBIDDEN, desc = "acknowledged before its time")
@State
public class AcknowledgedPositionTest {
    private static final int ATTEMPTS = 10_000;
    /** What an acknowledged put answers of which no step is seen. */
    private static final int NONE = 10;
    private static final SlabRing RING = SlabRing.start(
            RingConfig.builder().slots(64).textCapacity(64).layout(Layout.TWO).pinned(false).build(),
            List.of(new Step("first"), new Step("second")));

    /** Takes a put one step further; a second step without the first cannot be told from none. */
    private record Step(String name) implements Stage {
        @Override
        public void onSlab(final Slab slab, final long sequence) {
            final AcknowledgedPositionTest put = (AcknowledgedPositionTest) Objects.requireNonNull(slab.source());
            final boolean second = name.equals("second");
            put.steps = second == (put.steps == 1) ? put.steps + 1 : -1;
        }
    }

    private int steps;
    private volatile long position = -1;

    @Actor
    public void putter() {
        final Slab slab = RING.claim();
        slab.source(this);
        position = RING.commit(slab);
    }

    @Actor
    public void poller(final I_Result result) {
        for (int attempt = 0; attempt < ATTEMPTS && result.r1 == 0; attempt++) {
            final long mine = position;
            result.r1 = mine >= 0 && RING.processed() >= mine ? NONE + steps : 0;
            Thread.onSpinWait();
        }
    }
}
