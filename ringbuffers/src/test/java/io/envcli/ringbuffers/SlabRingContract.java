package io.envcli.ringbuffers;

import io.envcli.offheap.Slab;
import io.envcli.ringbuffers.Probe.Call;
import io.envcli.ringbuffers.Probe.Entry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What holds of a ring whose stages do not fail, in every layout. */
abstract class SlabRingContract extends RingFixture {
    SlabRingContract(final Layout layout) {
        super(layout);
    }

    private static List<Long> sequences(final long first, final long end) {
        return LongStream.range(first, end).boxed().toList();
    }

    @Test
    void oneProducersSlabsComeInOrder() {
        final int slabs = 1_000;
        stages.forEach(stage -> stage.onEach((slab, sequence) -> assertEquals(sequence * 7, slab.transaction())));
        try (SlabRing ring = start()) {
            assertEquals(-1, ring.processed());
            for (int i = 0; i < slabs; i++) {
                final Slab slab = ring.claim();
                slab.transaction(i * 7L);
                assertEquals(i, ring.commit(slab));
            }
            ring.awaitProcessed(slabs - 1);
            assertEquals(slabs - 1, ring.processed());
        }
        for (int i = 0; i < STAGES; i++) {
            assertEquals(sequences(0, slabs), log.sequences(i, Call.SLAB));
        }
    }

    @Test
    void everySlabOfManyProducersIsSeenOnce() {
        final int producers = 4;
        final int each = 1_000;
        final AtomicLongArray seen = new AtomicLongArray(producers * each);
        stages.getLast().onEach((slab, sequence) -> seen.set((int) sequence, slab.transaction()));
        final long[][] committed = new long[producers][each];
        try (SlabRing ring = start()) {
            final List<Thread> threads = new ArrayList<>();
            for (int p = 0; p < producers; p++) {
                final int producer = p;
                threads.add(Poll.start("producer " + p, () -> produce(ring, producer, committed[producer])));
            }
            threads.forEach(Poll::join);
            ring.awaitProcessed(producers * each - 1L);
        }
        for (int i = 0; i < STAGES; i++) {
            assertEquals(sequences(0, producers * each), log.sequences(i, Call.SLAB));
        }
        for (int p = 0; p < producers; p++) {
            for (int n = 0; n < each; n++) {
                assertEquals(((long) p << 32) + n, seen.get((int) committed[p][n]));
                assertTrue(n == 0 || committed[p][n - 1] < committed[p][n]);
            }
        }
    }

    private static void produce(final SlabRing ring, final int producer, final long[] committed) {
        for (int n = 0; n < committed.length; n++) {
            final Slab slab = ring.claim();
            slab.transaction(((long) producer << 32) + n);
            committed[n] = ring.commit(slab);
        }
    }

    @Test
    void anAbortedSlabIsUnseenAndHoldsNothingUp() {
        try (SlabRing ring = start()) {
            for (int i = 0; i < 10 * SLOTS; i++) {
                final Slab slab = ring.claim();
                if (i % 3 == 0) {
                    ring.commit(slab);
                } else {
                    ring.abort(slab);
                }
            }
            ring.awaitProcessed(10 * SLOTS - 1);
        }
        final List<Long> committed = LongStream.range(0, 10 * SLOTS).filter(i -> i % 3 == 0).boxed().toList();
        for (int i = 0; i < STAGES; i++) {
            assertEquals(committed, log.sequences(i, Call.SLAB));
            assertEquals(10 * SLOTS - 1L, log.sequences(i, Call.END).getLast(), "a batch may end with an aborted slab");
        }
    }

    @Test
    void aSlabWaitsForThoseClaimedBefore() {
        try (SlabRing ring = start()) {
            final List<Slab> claimed = claim(ring, 3);
            ring.commit(claimed.get(2));
            ring.commit(claimed.get(1));
            assertEquals(-1, ring.processed());
            assertEquals(List.of(), log.sequences(0, Call.SLAB));
            ring.abort(claimed.get(0));
            ring.awaitProcessed(2);
        }
        assertEquals(List.of(1L, 2L), log.sequences(STAGES - 1, Call.SLAB));
    }

    @Test
    void aClaimedSlabIsEmpty() {
        stages.getFirst().onEach((slab, sequence) -> {
            slab.kind(3);
            slab.rowCount(2);
            slab.source("source");
            slab.textLength(5);
        });
        try (SlabRing ring = start()) {
            commit(ring, SLOTS);
            ring.awaitProcessed(SLOTS - 1);
            for (int i = 0; i < SLOTS; i++) {
                final Slab slab = ring.claim();
                assertEquals(0, slab.kind() + slab.rowCount() + slab.textLength());
                assertNull(slab.source());
                ring.abort(slab);
            }
        }
    }

    @Test
    void takesBackOnlyItsOwnSlabs() {
        final SlabRing other = SlabRing.start(config().costs(List.of()).build(),
                List.of(new Probe(0, new Probe.Log())));
        try (other; SlabRing ring = start()) {
            final Slab slab = other.claim();
            assertThrows(IllegalArgumentException.class, () -> ring.commit(slab));
            other.abort(slab);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void aSlowStageHoldsProducersBack(final int slow) {
        final CountDownLatch gate = new CountDownLatch(1);
        stages.get(slow).on((call, sequence) -> {
            if (call == Call.SLAB) {
                Poll.await(gate);
            }
        });
        final AtomicReference<Slab> claimed = new AtomicReference<>();
        try (SlabRing ring = start()) {
            commit(ring, SLOTS);
            assertNull(ring.tryClaim());
            final Thread producer = Poll.start("producer", () -> claimed.set(ring.claim()));
            Poll.until("the producer waits", () -> producer.getState() == Thread.State.TIMED_WAITING);
            assertNull(ring.tryClaim());
            assertNull(claimed.get());
            gate.countDown();
            Poll.join(producer);
            ring.awaitProcessed(ring.commit(claimed.get()));
            final Slab slab = ring.tryClaim();
            assertNotNull(slab);
            ring.abort(slab);
        }
        assertEquals(sequences(0, SLOTS + 1), log.sequences(STAGES - 1, Call.SLAB));
    }

    @Test
    void aStageGetsWhatTheStagesBeforeHaveDoneWith() {
        final AtomicLongArray ended = new AtomicLongArray(STAGES);
        for (int i = 0; i < STAGES; i++) {
            final int stage = i;
            final int firstOfThread = starts().stream().filter(first -> first <= stage).reduce(0, Math::max);
            stages.get(i).onEach((slab, sequence) -> {
                assertEquals(stage, slab.flags(), "stages that have done with the slab");
                for (int before = 0; before < firstOfThread; before++) {
                    assertTrue(ended.get(before) > sequence, "an earlier thread has not ended its batch");
                }
                slab.flags(stage + 1);
            }).on((call, sequence) -> {
                if (call == Call.END) {
                    Thread.onSpinWait();
                    ended.set(stage, sequence + 1);
                }
            });
        }
        try (SlabRing ring = start(config().batchSize(3))) {
            commit(ring, 2_000);
            ring.awaitProcessed(1_999);
        }
    }

    @Test
    void everyStageEndsEveryBatch() {
        final CountDownLatch gate = new CountDownLatch(1);
        stages.getFirst().on((call, sequence) -> {
            if (call == Call.SLAB && sequence == 0) {
                Poll.await(gate);
            }
        });
        try (SlabRing ring = start(config().batchSize(5))) {
            commitOne(ring);
            Poll.until("the first batch is under way", () -> !log.of(0, Call.SLAB).isEmpty());
            commit(ring, 12);
            gate.countDown();
            ring.awaitProcessed(12);
            commitOne(ring);
            ring.awaitProcessed(13);
        }
        assertEquals(List.of(0L, 5L, 10L, 12L, 13L), log.sequences(0, Call.END));
        for (int i = 0; i < STAGES; i++) {
            final List<Long> ends = log.sequences(i, Call.END);
            assertEquals(13L, ends.getLast());
            assertEquals(ends.stream().sorted().distinct().toList(), ends);
        }
    }

    @Test
    void aStageLivesOnOneThread() {
        try (SlabRing ring = start()) {
            commit(ring, 3 * SLOTS);
        }
        for (int i = 0; i < STAGES; i++) {
            final int stage = i;
            final List<Entry> calls = log.all().stream().filter(e -> e.stage() == stage).toList();
            assertEquals(Call.START, calls.getFirst().call());
            assertEquals(Call.CLOSE, calls.getLast().call());
            assertEquals(1, calls.stream().map(Entry::thread).distinct().count());
            assertEquals(1, log.of(i, Call.START).size());
            assertEquals(1, log.of(i, Call.CLOSE).size());
        }
        assertEquals(starts().size(), log.all().stream().map(Entry::thread).distinct().count());
    }

    @Test
    void saysWhatItIs() {
        try (SlabRing ring = start()) {
            final RingDescription description = ring.describe();
            assertEquals(SLOTS, description.slots());
            assertEquals(starts().size(), description.threads().size());
            assertFalse(description.layout() == Layout.AUTO);
            assertTrue(layout == Layout.AUTO || layout == description.layout(), description::toString);
            for (int i = 0; i < STAGES; i++) {
                final String thread = log.of(i, Call.START).getFirst().thread().getName();
                assertTrue(description.threads().contains(thread + ": unpinned (threads share the CPUs)"),
                        () -> thread + " of " + description);
            }
        }
    }

    @Test
    void closeDrainsWhatIsCommitted() {
        final SlabRing ring = start();
        commit(ring, 500);
        ring.close();
        for (int i = 0; i < STAGES; i++) {
            assertEquals(sequences(0, 500), log.sequences(i, Call.SLAB));
            assertEquals(499L, log.sequences(i, Call.END).getLast());
        }
        assertEquals(499, ring.processed());
    }

    @Test
    void closingAgainDoesNothing() {
        final SlabRing ring = start();
        commitOne(ring);
        ring.close();
        ring.close();
        stages.forEach(stage -> assertEquals(1, stage.closes.get()));
    }

    @Test
    void aClosedRingGivesNoSlab() {
        final SlabRing ring = start();
        ring.close();
        assertThrows(PipelineFailedException.class, ring::claim);
        assertThrows(PipelineFailedException.class, ring::tryClaim);
    }
}
