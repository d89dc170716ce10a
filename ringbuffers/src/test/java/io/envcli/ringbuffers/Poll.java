package io.envcli.ringbuffers;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import static org.junit.jupiter.api.Assertions.fail;

/** Waits for what must come, and fails when it does not. */
final class Poll {
    private static final long DEADLINE_NS = 20_000_000_000L;
    private static final long NAP_NS = 100_000;

    private Poll() {}

    static void until(final String what, final BooleanSupplier condition) {
        final long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > DEADLINE_NS) {
                fail("waited in vain: " + what);
            }
            LockSupport.parkNanos(NAP_NS);
        }
    }

    /** Waits as long as something advances: on a busy machine slow is not stalled. */
    static void whileAdvancing(final Supplier<String> what, final LongSupplier progress,
            final BooleanSupplier condition) {
        long last = progress.getAsLong();
        long since = System.nanoTime();
        while (!condition.getAsBoolean()) {
            final long now = progress.getAsLong();
            if (now != last) {
                last = now;
                since = System.nanoTime();
            } else if (System.nanoTime() - since > DEADLINE_NS) {
                fail("stalled at " + last + ": " + what.get());
            }
            LockSupport.parkNanos(NAP_NS);
        }
    }

    /** For stages: an interruption is the test's failure. */
    static void await(final CountDownLatch gate) {
        try {
            if (!gate.await(DEADLINE_NS, TimeUnit.NANOSECONDS)) {
                fail("the gate stays shut");
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            fail(e);
        }
    }

    /** Starts a daemon, so that a test that fails leaves nothing that holds the JVM. */
    static Thread start(final String name, final Runnable body) {
        final Thread thread = new Thread(body, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    static void join(final Thread thread) {
        until(thread.getName() + " ends", () -> !thread.isAlive());
    }
}
