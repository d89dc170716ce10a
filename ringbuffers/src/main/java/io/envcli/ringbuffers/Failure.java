package io.envcli.ringbuffers;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.atomic.AtomicReference;

/**
 * The first failure in a ring. Threading: any thread. Progress: wait-free.
 */
final class Failure {
    private final AtomicReference<@Nullable Throwable> cause = new AtomicReference<>();

    /** Whether the failure was thrown at anybody. */
    private volatile boolean told;

    /** Keeps the first; later ones are added to it as suppressed. */
    void set(final Throwable thrown) {
        if (!cause.compareAndSet(null, thrown)) {
            final Throwable first = cause.get();
            if (first != null && !first.equals(thrown)) {
                first.addSuppressed(thrown);
            }
        }
    }

    boolean isSet() {
        return cause.get() != null;
    }

    @Nullable
    Throwable get() {
        return cause.get();
    }

    /** Throws if there was one. */
    void check() {
        final Throwable thrown = cause.get();
        if (thrown != null) {
            told = true;
            throw new PipelineFailedException("the pipeline has stopped: " + thrown.getMessage(), thrown);
        }
    }

    /** Throws if there was one that was never thrown at anybody. */
    void checkUntold() {
        if (!told) {
            check();
        }
    }
}
