package io.envcli.ringbuffers;

import io.envcli.offheap.Slab;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

import java.util.List;
import java.util.Objects;

/** Two producers, one of which gives a slab up first: each is answered for its own slab, and a slab given up is seen by nobody. */
@JCStressTest
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "each slab went through once")
@Outcome(expect = Expect.FORBIDDEN, desc = "a slab lost, seen twice, or seen though given up")
@State
public class TwoPuttersTest {
    private static final SlabRing RING = SlabRing.start(
            RingConfig.builder().slots(4).textCapacity(64).layout(Layout.FUSED).pinned(false).build(),
            List.of(new Count()));

    /** What a slab carries. */
    private static final class Ticket {
        private int seen;
    }

    /** Counts how often a ticket comes by. */
    private static final class Count implements Stage {
        @Override
        public String name() {
            return "count";
        }

        @Override
        public void onSlab(final Slab slab, final long sequence) {
            ((Ticket) Objects.requireNonNull(slab.source())).seen++;
        }
    }

    private static int put(final boolean givesOneUp) {
        final Ticket lost = new Ticket();
        if (givesOneUp) {
            final Slab slab = RING.claim();
            slab.source(lost);
            RING.abort(slab);
        }
        final Ticket ticket = new Ticket();
        final Slab slab = RING.claim();
        slab.source(ticket);
        RING.awaitProcessed(RING.commit(slab));
        return ticket.seen + 10 * lost.seen;
    }

    @Actor
    public void one(final II_Result result) {
        result.r1 = put(true);
    }

    @Actor
    public void other(final II_Result result) {
        result.r2 = put(false);
    }
}
