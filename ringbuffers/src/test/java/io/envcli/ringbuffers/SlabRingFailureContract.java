package io.envcli.ringbuffers;

import io.envcli.offheap.Slab;
import io.envcli.ringbuffers.Probe.Call;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What holds of a ring one of whose stages fails, in every layout. The {@code LeakCheck} sees that its memory goes. */
abstract class SlabRingFailureContract extends RingFixture {
    private static final long FATAL = 5;

    private final Exception cause = new Exception("the stage's own");

    SlabRingFailureContract(final Layout layout) {
        super(layout);
    }

    @AfterEach
    void everyStageIsClosedOnce() {
        stages.forEach(stage -> assertEquals(1, stage.closes.get(), stage.name()));
    }

    private void failIn(final int stage, final Call fatal) {
        stages.get(stage).on((call, sequence) -> {
            if (call == fatal && (sequence < 0 || sequence >= FATAL)) {
                throw cause;
            }
        });
    }

    private void assertStopped(final Executable use) {
        final var e = assertThrows(PipelineFailedException.class, use);
        assertSame(cause, e.getCause());
        assertEquals("the pipeline has stopped: the stage's own", e.getMessage());
    }

    @ParameterizedTest
    @CsvSource({"0, SLAB", "1, SLAB", "2, SLAB", "0, END", "1, END", "2, END"})
    void nothingIsHandedOnAfterAFailure(final int stage, final Call fatal) {
        failIn(stage, fatal);
        try (SlabRing ring = start()) {
            final List<Slab> claimed = claim(ring, SLOTS);
            for (int i = 0; i <= FATAL; i++) {
                ring.commit(claimed.get(i));
            }
            assertStopped(() -> ring.awaitProcessed(FATAL));
            claimed.subList((int) FATAL + 1, SLOTS).forEach(ring::commit);
            assertStopped(() -> ring.awaitProcessed(SLOTS - 1));
            assertStopped(ring::claim);
            assertStopped(ring::tryClaim);
        }
        for (int i = 0; i < STAGES; i++) {
            final long last = i <= stage || (fatal == Call.END && sameThread(i, stage)) ? FATAL : FATAL - 1;
            assertTrue(log.sequences(i, Call.SLAB).stream().allMatch(sequence -> sequence <= last),
                    log.all()::toString);
            final boolean mayEnd = fatal == Call.END ? i <= stage : !sameThread(i, stage) && i < stage;
            final long lastEnd = mayEnd ? FATAL : FATAL - 1;
            assertTrue(log.sequences(i, Call.END).stream().allMatch(sequence -> sequence <= lastEnd),
                    log.all()::toString);
        }
    }

    private boolean sameThread(final int stage, final int other) {
        return log.of(stage, Call.START).getFirst().thread().equals(log.of(other, Call.START).getFirst().thread());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void aStageThatCannotStartStopsTheStart(final int stage) {
        failIn(stage, Call.START);
        assertStopped(this::start);
        assertTrue(log.all().stream().allMatch(e -> e.call() == Call.START || e.call() == Call.CLOSE));
    }

    @Test
    void anErrorIsAFailureToo() {
        final Error error = new StackOverflowError("deep");
        stages.get(1).onEach((slab, sequence) -> {
            throw error;
        });
        try (SlabRing ring = start()) {
            final long sequence = commitOne(ring);
            final var e = assertThrows(PipelineFailedException.class, () -> ring.awaitProcessed(sequence));
            assertSame(error, e.getCause());
        }
    }

    @Test
    void aProducerThatWaitsLearnsOfTheFailure() {
        final CountDownLatch gate = new CountDownLatch(1);
        stages.getLast().on((call, sequence) -> {
            if (call == Call.SLAB) {
                Poll.await(gate);
                throw cause;
            }
        });
        final AtomicReference<Throwable> thrown = new AtomicReference<>();
        try (SlabRing ring = start()) {
            commit(ring, SLOTS);
            final Thread producer = Poll.start("producer", () -> {
                try {
                    ring.claim();
                } catch (final PipelineFailedException e) {
                    thrown.set(e);
                }
            });
            Poll.until("the producer waits", () -> producer.getState() == Thread.State.TIMED_WAITING);
            gate.countDown();
            Poll.join(producer);
        }
        assertSame(cause, assertInstanceOf(PipelineFailedException.class, thrown.get()).getCause());
    }

    @Test
    void closingTellsOfAFailureThatNobodyWasToldOf() {
        failIn(2, Call.SLAB);
        final SlabRing ring = start();
        commit(ring, (int) FATAL + 1);
        assertStopped(ring::close);
        ring.close();
    }

    @Test
    void closingDoesNotRepeatAFailure() {
        failIn(1, Call.SLAB);
        final SlabRing ring = start();
        commit(ring, (int) FATAL + 1);
        assertStopped(() -> ring.awaitProcessed(FATAL));
        ring.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void aStageThatCannotCloseKeepsNoOtherFromClosing(final int stage) {
        failIn(stage, Call.CLOSE);
        final SlabRing ring = start();
        commit(ring, 2);
        final var e = assertThrows(PipelineFailedException.class, ring::close);
        assertNotNull(e.getCause());
        assertSame(cause, e.getCause().getCause());
        assertEquals(1, log.sequences(STAGES - 1, Call.SLAB).getLast());
    }

    @Test
    void laterFailuresAreSuppressedInTheFirst() {
        failIn(1, Call.SLAB);
        stages.get(2).on((call, sequence) -> {
            if (call == Call.CLOSE) {
                throw new Exception("later");
            }
        });
        final SlabRing ring = start();
        commit(ring, (int) FATAL + 1);
        assertStopped(() -> ring.awaitProcessed(FATAL));
        ring.close();
        assertEquals(1, cause.getSuppressed().length);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void anInterruptedStageThreadIsAFailureNotAStall(final int stage) {
        stages.get(stage).onEach((slab, sequence) -> Thread.currentThread().interrupt());
        try (SlabRing ring = start()) {
            commitOne(ring);
            // Polled, not claimed: a ring that stalls must fail the test, not hang it.
            Poll.until("the ring fails", () -> failed(ring));
            final var e = assertThrows(PipelineFailedException.class, ring::tryClaim);
            assertInstanceOf(InterruptedException.class, e.getCause());
        }
    }

    private static boolean failed(final SlabRing ring) {
        try {
            final Slab slab = ring.tryClaim();
            if (slab != null) {
                ring.abort(slab);
            }
            return false;
        } catch (final PipelineFailedException e) {
            return true;
        }
    }
}
