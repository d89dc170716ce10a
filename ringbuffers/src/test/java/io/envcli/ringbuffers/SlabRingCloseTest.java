package io.envcli.ringbuffers;

import io.envcli.affinity.AllowedCpus;
import io.envcli.offheap.OffHeap;
import io.envcli.offheap.Owner;
import io.envcli.offheap.Slab;
import io.envcli.offheap.testing.LeakCheck;
import io.envcli.ringbuffers.Probe.Call;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Starting and closing where something is in the way. */
@Timeout(60)
class SlabRingCloseTest {
    private static final int SLOTS = 8;

    private static RingConfig.Builder config(final Layout layout) {
        return RingConfig.builder().slots(SLOTS).textCapacity(64).layout(layout).pinned(false)
                .drainTimeoutNs(5_000_000_000L);
    }

    /** Without {@link LeakCheck}: the slabs of a stage that does not return are left behind on purpose. */
    @Test
    void closingGivesUpOnAStageThatDoesNotReturn() {
        final long before = OffHeap.bytes(Owner.SLABS);
        final CountDownLatch gate = new CountDownLatch(1);
        final Probe.Log log = new Probe.Log();
        final List<Probe> stages = Probe.stages(2, log);
        stages.getFirst().onEach((slab, sequence) -> Poll.await(gate));
        final SlabRing ring = SlabRing.start(config(Layout.TWO).drainTimeoutNs(30_000_000).build(),
                List.copyOf(stages));
        ring.commit(ring.claim());
        Poll.until("the stage is at work", () -> !log.of(0, Call.SLAB).isEmpty());
        final var e = assertThrows(PipelineFailedException.class, ring::close);
        assertEquals("a stage does not return; its thread and the slabs are left behind", e.getMessage());
        assertEquals(before + SLOTS * Slab.length(0, 64), OffHeap.bytes(Owner.SLABS), "the slab is still in use");
        assertThrows(PipelineFailedException.class, ring::claim);
        gate.countDown();
        Poll.until("the stage is closed once it returns", () -> stages.getFirst().closes.get() == 1);
        assertEquals(1, stages.getLast().closes.get());
        ring.close();
        assertEquals(before + SLOTS * Slab.length(0, 64), OffHeap.bytes(Owner.SLABS));
    }

    /** The tests that leave nothing behind. */
    @ExtendWith(LeakCheck.class)
    @Timeout(60)
    @Nested
    class WithoutLeak {
        @Test
        void closingSaysThatAProducerStillHoldsASlab() {
            final Probe stage = new Probe(0, new Probe.Log());
            final SlabRing ring = SlabRing.start(config(Layout.FUSED).drainTimeoutNs(30_000_000).build(),
                    List.of(stage));
            ring.claim();
            final var e = assertThrows(PipelineFailedException.class, ring::close);
            assertEquals("slabs were still under way when closing gave up waiting", e.getMessage());
            assertEquals(1, stage.closes.get());
        }

        @Test
        void aRingWithoutStagesIsRefused() {
            for (final Layout layout : Layout.values()) {
                assertThrows(IllegalArgumentException.class,
                        () -> SlabRing.start(config(layout).build(), List.of()), layout::name);
            }
        }

        @Test
        void oneStageWorksInEveryLayout() {
            for (final Layout layout : Layout.values()) {
                final Probe.Log log = new Probe.Log();
                try (SlabRing ring = SlabRing.start(config(layout).build(), List.of(new Probe(0, log)))) {
                    ring.awaitProcessed(ring.commit(ring.claim()));
                    assertEquals(1, ring.describe().threads().size());
                }
                assertEquals(List.of(0L), log.sequences(0, Call.SLAB), layout::name);
            }
        }

        @Test
        void saysWhatWasObtainedOfTheCpus() {
            final AllowedCpus cpus = AllowedCpus.current();
            try (SlabRing ring = SlabRing.start(config(Layout.FUSED).pinned(true).build(),
                    List.of(new Probe(0, new Probe.Log())))) {
                final RingDescription description = ring.describe();
                final String thread = description.threads().getFirst();
                assertTrue(thread.equals("env-cli s0: cpu " + cpus.cpus().getFirst())
                        || thread.startsWith("env-cli s0: unpinned ("), thread);
                assertEquals(cpus.usable() > 1, description.waiting().startsWith("spin "), description.waiting());
            }
        }

        @Test
        void moreThreadsThanCpusAreNeitherPinnedNorSpinning() {
            final AllowedCpus one = new AllowedCpus(AllowedCpus.current().cpus().subList(0, 1), 1);
            try (SlabRing ring = SlabRing.start(config(Layout.STAGED).pinned(true).cpus(one).build(),
                    List.copyOf(Probe.stages(2, new Probe.Log())))) {
                final RingDescription description = ring.describe();
                assertEquals(List.of("env-cli s0: unpinned (threads share the CPUs)",
                        "env-cli s1: unpinned (threads share the CPUs)"), description.threads());
                assertEquals("yield, then park until woken", description.waiting());
            }
        }

        @Test
        void whatProducersCommitWhileItClosesIsSeen() {
            for (int round = 0; round < 300; round++) {
                final AtomicLong seen = new AtomicLong();
                final AtomicLong committed = new AtomicLong();
                final SlabRing ring = SlabRing.start(config(Layout.TWO).build(),
                        List.of(new Counter(new AtomicLong()), new Counter(seen)));
                final List<Thread> producers = new ArrayList<>();
                for (int i = 0; i < 2; i++) {
                    producers.add(Poll.start("producer " + i, () -> produceUntilClosed(ring, committed)));
                }
                LockSupport.parkNanos(round * 10_000L % 1_000_000);
                ring.close();
                producers.forEach(Poll::join);
                assertEquals(committed.get(), seen.get(), "round " + round);
            }
        }
    }

    private static void produceUntilClosed(final SlabRing ring, final AtomicLong committed) {
        for (;;) {
            final Slab slab;
            try {
                slab = ring.claim();
            } catch (final PipelineFailedException e) {
                return;
            }
            ring.commit(slab);
            committed.incrementAndGet();
        }
    }

    /** Counts slabs. */
    private record Counter(AtomicLong slabs) implements Stage {
        @Override
        public String name() {
            return "count";
        }

        @Override
        public void onSlab(final Slab slab, final long sequence) {
            slabs.incrementAndGet();
        }
    }
}
