package io.envcli.engine.internal.store;

import io.envcli.journal.JournalWriter;
import io.envcli.simd.Kernels;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Has what a pipeline lives on compiled while the store is being opened, once in a process: first the seal, since the stage
 * that waits longest waits for it, then the vector kernels.
 */
final class WarmUp {
    private static final AtomicBoolean BEGUN = new AtomicBoolean();

    private WarmUp() {}

    /** Begins in a daemon thread, and returns at once. */
    static void begin() {
        if (BEGUN.compareAndSet(false, true)) {
            final Thread thread = new Thread(WarmUp::run, "envcli-warm-up");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private static void run() {
        JournalWriter.warmUp();
        Kernels.warmUp();
    }
}
