package io.envcli.ringbuffers;

import com.lmax.disruptor.BatchEventProcessor;
import com.lmax.disruptor.BatchEventProcessorBuilder;
import com.lmax.disruptor.InsufficientCapacityException;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;
import io.envcli.offheap.Owner;
import io.envcli.offheap.Region;
import io.envcli.offheap.Slab;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * Slabs in a ring, and the threads that take them through the stages.
 *
 * <p>Threading: any number of producers. A claimed slab belongs to its producer until it is committed or aborted; slabs
 * after it wait for that, so a producer does nothing slow in between. Progress: {@link #claim} waits while the ring is full
 * (back-pressure); {@link #tryClaim} does not. Allocation: none after the start, but for failures.
 *
 * <p>Ownership: the ring owns the memory of its slabs and closes its stages.
 */
public final class SlabRing implements AutoCloseable {
    private static final int SPINS = 200;
    private static final int CLAIM_SPINS = 20;
    private static final int AWAIT_SPINS = 200;
    private static final int AWAIT_YIELDS = 50;
    private static final long NAP_NS = 50_000;

    private final RingConfig config;
    private final Layout layout;
    private final Region region;
    private final RingBuffer<SlabEvent> ring;
    private final Failure failure = new Failure();
    private final List<StageThread> handlers = new ArrayList<>();
    private final List<BatchEventProcessor<SlabEvent>> processors = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final Sequence processed;
    private final int spins;
    private final AtomicBoolean closed = new AtomicBoolean();

    private SlabRing(final RingConfig config, final List<Stage> stages) {
        if (stages.isEmpty()) {
            throw new IllegalArgumentException("stages=[] must have at least one");
        }
        this.config = config;
        final List<Integer> costs = config.costs().isEmpty() ? Collections.nCopies(stages.size(), 1) : config.costs();
        if (costs.size() != stages.size()) {
            throw new IllegalArgumentException(
                    "costs=" + costs + " must be one for each of " + stages.size() + " stages");
        }
        this.layout = config.layout().resolve(config.cpus().usable(), costs);
        final List<Integer> starts = layout.starts(costs);
        // A thread that spins takes the core of another unless there is a core to spare for producers.
        this.spins = starts.size() < config.cpus().usable() ? SPINS : 0;
        final long slabLength = Slab.length(config.headroom(), config.textCapacity());
        this.region = Region.allocate(Owner.SLABS, slabLength * config.slots());
        final SlabMaker maker = new SlabMaker(region, slabLength, config);
        this.ring = RingBuffer.createMultiProducer(maker::next, config.slots(), new ParkingWaitStrategy(spins));
        connect(stages, starts);
        this.processed = processors.get(processors.size() - 1).getSequence();
        ring.addGatingSequences(processed);
    }

    /** Lays the slabs out in the region, one after the other. */
    private static final class SlabMaker {
        private final Region region;
        private final long slabLength;
        private final RingConfig config;
        private long offset;

        SlabMaker(final Region region, final long slabLength, final RingConfig config) {
            this.region = region;
            this.slabLength = slabLength;
            this.config = config;
        }

        SlabEvent next() {
            final Slab slab = new Slab(region, offset, config.headroom(), config.textCapacity());
            offset += slabLength;
            return new SlabEvent(slab);
        }
    }

    private void connect(final List<Stage> stages, final List<Integer> starts) {
        final boolean pin = config.pinned() && starts.size() <= config.cpus().usable();
        for (int i = 0; i < starts.size(); i++) {
            final int end = i + 1 < starts.size() ? starts.get(i + 1) : stages.size();
            final List<Stage> own = List.copyOf(stages.subList(starts.get(i), end));
            final StageThread handler = new StageThread(own, name(own), pin ? config.cpus().cpus().get(i) : -1,
                    failure);
            final var barrier = i == 0 ? ring.newBarrier() : ring.newBarrier(processors.get(i - 1).getSequence());
            final BatchEventProcessor<SlabEvent> processor = new BatchEventProcessorBuilder()
                    .setMaxBatchSize(config.batchSize()).build(ring, barrier, handler);
            processor.setExceptionHandler(handler);
            processors.add(processor);
            handlers.add(handler);
        }
    }

    private static String name(final List<Stage> stages) {
        final StringBuilder name = new StringBuilder("env-cli");
        char separator = ' ';
        for (final Stage stage : stages) {
            name.append(separator).append(stage.name());
            separator = '+';
        }
        return name.toString();
    }

    /**
     * Allocates the slabs and starts the threads; returns when all of them are pinned and their stages started.
     *
     * @param config of the ring.
     * @param stages in order; closed with the ring, also when this throws.
     * @return the ring; the caller closes it.
     * @throws PipelineFailedException if a stage could not start.
     */
    public static SlabRing start(final RingConfig config, final List<Stage> stages) {
        final SlabRing slabs = new SlabRing(config, stages);
        for (int i = 0; i < slabs.processors.size(); i++) {
            final Thread thread = new Thread(slabs.processors.get(i), slabs.handlers.get(i).name());
            thread.setDaemon(true);
            slabs.threads.add(thread);
            thread.start();
        }
        slabs.handlers.forEach(StageThread::awaitStart);
        if (slabs.failure.isSet()) {
            slabs.close(); // throws, with what the stage threw
        }
        return slabs;
    }

    /**
     * Claims an empty slab, waiting while there is none.
     *
     * @return the slab, to be filled and then committed or aborted.
     * @throws PipelineFailedException if a stage has thrown, or the ring is closed.
     */
    @SuppressWarnings("ThreadPriorityCheck") // Yielding comes before napping: a slab is freed within microseconds.
    public Slab claim() {
        Slab slab = tryClaim();
        for (int attempt = 0; slab == null; attempt++) {
            if (attempt < CLAIM_SPINS) {
                Thread.yield();
            } else {
                LockSupport.parkNanos(NAP_NS);
            }
            slab = tryClaim();
        }
        return slab;
    }

    /**
     * Claims an empty slab if there is one.
     *
     * @return the slab, or null if the ring is full.
     * @throws PipelineFailedException if a stage has thrown, or the ring is closed.
     */
    public @Nullable Slab tryClaim() {
        failure.check();
        if (closed.get()) {
            throw new PipelineFailedException("the pipeline is closed", null);
        }
        final long sequence;
        try {
            sequence = ring.tryNext();
        } catch (final InsufficientCapacityException e) {
            return null;
        }
        final SlabEvent event = ring.get(sequence);
        event.slab.reset();
        event.slab.sequence(sequence);
        return event.slab;
    }

    /**
     * Hands a slab to the stages.
     *
     * @param slab claimed by this producer; not touched any more.
     * @return its sequence, for {@link #awaitProcessed}.
     */
    public long commit(final Slab slab) {
        return publish(slab, false);
    }

    /**
     * Gives a claimed slab up: no stage sees it.
     *
     * @param slab claimed by this producer; not touched any more.
     */
    public void abort(final Slab slab) {
        publish(slab, true);
    }

    private long publish(final Slab slab, final boolean aborted) {
        final long sequence = slab.sequence();
        final SlabEvent event = ring.get(sequence);
        if (event.slab != slab) {
            throw new IllegalArgumentException("the slab is not claimed from this ring");
        }
        event.aborted = aborted;
        ring.publish(sequence);
        return sequence;
    }

    /** {@return the last sequence that all stages have finished; -1 before the first} */
    public long processed() {
        return processed.get();
    }

    /**
     * Throws if a stage has thrown; does nothing else.
     *
     * @throws PipelineFailedException with what it threw.
     */
    public void check() {
        failure.check();
    }

    /**
     * Waits until all stages have finished a slab.
     *
     * @param sequence from {@link #commit}.
     * @throws PipelineFailedException if a stage has thrown before that was certain.
     */
    @SuppressWarnings("ThreadPriorityCheck") // Yielding comes before napping: most slabs take microseconds.
    public void awaitProcessed(final long sequence) {
        final int busy = spins == 0 ? 0 : AWAIT_SPINS;
        for (int attempt = 0; processed.get() < sequence; attempt++) {
            failure.check();
            if (attempt < busy) {
                Thread.onSpinWait();
            } else if (attempt < busy + AWAIT_YIELDS) {
                Thread.yield();
            } else {
                LockSupport.parkNanos(NAP_NS);
            }
        }
        failure.check();
    }

    /** {@return whether all threads have ended, so that nothing uses what the stages hold} */
    public boolean isStopped() {
        return threads.stream().noneMatch(Thread::isAlive);
    }

    /** {@return whether a stage has thrown} */
    public boolean hasFailed() {
        return failure.isSet();
    }

    /** {@return what was obtained of layout, threads and CPUs} */
    public RingDescription describe() {
        return new RingDescription(layout, config.slots(),
                (spins > 0 ? "spin " + spins + ", " : "") + "yield, then park until woken",
                handlers.stream().map(StageThread::describe).toList());
    }

    /**
     * Takes no more claims, lets what is committed run through, stops the threads, closes the stages and frees the slabs.
     * Idempotent. Producers must not hold a slab.
     *
     * @throws PipelineFailedException if slabs were still under way after the drain timeout, or a stage has thrown and
     *                                 nobody was told of it yet.
     */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        final boolean drained = drain();
        processors.forEach(BatchEventProcessor::halt);
        boolean stopped = true;
        for (final Thread thread : threads) {
            stopped &= join(thread);
        }
        if (!stopped) {
            // A stage may still use the slabs: leaking them is better than pulling them away.
            throw new PipelineFailedException("a stage does not return; its thread and the slabs are left behind",
                    null);
        }
        region.close();
        failure.checkUntold();
        if (!drained && !failure.isSet()) {
            throw new PipelineFailedException("slabs were still under way when closing gave up waiting", null);
        }
    }

    private boolean drain() {
        final long deadline = System.nanoTime() + config.drainTimeoutNs();
        while (!failure.isSet() && !takeAll()) {
            if (System.nanoTime() - deadline > 0) {
                return false;
            }
            LockSupport.parkNanos(NAP_NS);
        }
        return true;
    }

    /** Taking every slot succeeds when all are processed; a producer that is in a claim just then gets none any more. */
    private boolean takeAll() {
        try {
            ring.tryNext(config.slots());
            return true;
        } catch (final InsufficientCapacityException e) {
            return false;
        }
    }

    private boolean join(final Thread thread) {
        boolean interrupted = false;
        final long deadline = System.nanoTime() + config.drainTimeoutNs();
        while (thread.isAlive() && System.nanoTime() - deadline < 0) {
            try {
                thread.join(100);
            } catch (final InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive();
    }
}
