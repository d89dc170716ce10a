package io.envcli.engine.internal.store;

import io.envcli.journal.JournalWriter;
import io.envcli.simd.Kernels;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Has what a pipeline lives on compiled while the store is being opened, once in a process: first the seal, since the stage
 * that waits longest waits for it, then the vector kernels.
 */
public final class WarmUp {
    /** What is imported before anything is compiled well is imported cold, whatever is done. */
    private static final long WORTHWHILE = 4 << 20;

    private static final AtomicBoolean BEGUN = new AtomicBoolean();

    private WarmUp() {}

    /**
     * Begins in a daemon thread, and returns at once.
     *
     * @param bytes of text to come; nothing begins where that is little.
     */
    public static void begin(final long bytes) {
        if (bytes >= WORTHWHILE && BEGUN.compareAndSet(false, true)) {
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
