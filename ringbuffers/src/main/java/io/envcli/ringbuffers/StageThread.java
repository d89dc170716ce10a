package io.envcli.ringbuffers;

import com.lmax.disruptor.EventHandler;
import com.lmax.disruptor.ExceptionHandler;
import io.envcli.affinity.Pinning;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * The handler of one thread: its stages, in order. After a failure anywhere in the ring it lets slabs pass by unseen.
 *
 * <p>It handles exceptions too: one that a stage did not throw, as when its thread is interrupted while it waits, would
 * otherwise end the thread with nobody told, and producers would wait for ever.
 */
final class StageThread implements EventHandler<SlabEvent>, ExceptionHandler<SlabEvent> {
    private final List<Stage> stages;
    private final String name;
    private final int cpu;
    private final Failure failure;
    private final CountDownLatch started = new CountDownLatch(1);
    private volatile @Nullable Pinning pinning;

    /**
     * A handler.
     *
     * @param stages  of the thread.
     * @param name    of the thread.
     * @param cpu     to pin it to; negative for none.
     * @param failure of the ring.
     */
    StageThread(final List<Stage> stages, final String name, final int cpu, final Failure failure) {
        this.stages = stages;
        this.name = name;
        this.cpu = cpu;
        this.failure = failure;
    }

    String name() {
        return name;
    }

    @Override
    public void onStart() {
        if (cpu >= 0) {
            pinning = Pinning.current(cpu);
        }
        guard(() -> {
            for (final Stage stage : stages) {
                stage.onStart();
            }
        });
        started.countDown();
    }

    /** Waits until the thread has been pinned and its stages started. */
    void awaitStart() {
        boolean interrupted = false;
        while (started.getCount() > 0) {
            try {
                started.await();
            } catch (final InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void onEvent(final SlabEvent event, final long sequence, final boolean endOfBatch) {
        if (failure.isSet()) {
            return;
        }
        try {
            if (!event.aborted) {
                for (int i = 0; i < stages.size(); i++) {
                    stages.get(i).onSlab(event.slab, sequence);
                }
            }
            if (endOfBatch) {
                for (int i = 0; i < stages.size(); i++) {
                    stages.get(i).endOfBatch(sequence);
                }
            }
        } catch (final Throwable e) {
            failure.set(e);
        }
    }

    @Override
    public void onShutdown() {
        for (final Stage stage : stages) {
            guard(stage::onClose);
        }
    }

    @Override
    public void handleEventException(final Throwable thrown, final long sequence, final @Nullable SlabEvent event) {
        failure.set(thrown);
    }

    @Override
    public void handleOnStartException(final Throwable thrown) {
        failure.set(thrown);
        started.countDown();
    }

    @Override
    public void handleOnShutdownException(final Throwable thrown) {
        failure.set(thrown);
    }

    /** Something that may fail. */
    @FunctionalInterface
    private interface Step {
        void run() throws Exception;
    }

    private void guard(final Step step) {
        try {
            step.run();
        } catch (final Throwable e) {
            failure.set(e);
        }
    }

    /** {@return its name and where it runs} */
    String describe() {
        final Pinning obtained = pinning;
        return name + ": " + (obtained == null ? "unpinned (threads share the CPUs)" : obtained.describe());
    }
}
