package io.envcli.simd;

import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Runs a vector kernel against its scalar twin until it is clearly faster, or hopeless. Every pass goes over the same
 * sample; a vector kernel that C2 has not compiled yet is a hundred times slower, so passes are counted, not time.
 */
final class Contest {
    /** Passes after which a kernel that is not compiled well will not be. */
    private static final int PASSES = 300;
    /** Passes after which the compiler has been asked, and wants the processor more than we do. */
    private static final int BUSY_PASSES = 12;
    private static final long PAUSE_NS = 20_000_000;
    /** Passes in a row that must be won: one may be an interruption of the other. */
    private static final int STREAK = 20;
    /** A kernel must take at most this share of its twin's time. */
    private static final double SHARE = 0.8;

    private final boolean won;
    private final String result;

    /**
     * Holds the contest.
     *
     * @param scalar one pass of the scalar kernel.
     * @param vector one pass of the vector kernel.
     * @param equal  whether the last passes of both had equal results.
     */
    Contest(final Runnable scalar, final Runnable vector, final BooleanSupplier equal) {
        int streak = 0;
        double share = Double.MAX_VALUE;
        boolean same = true;
        int pass = 0;
        for (; pass < PASSES && streak < STREAK && same; pass++) {
            final long start = System.nanoTime();
            scalar.run();
            final long middle = System.nanoTime();
            vector.run();
            final long end = System.nanoTime();
            share = (double) (end - middle) / Math.max(1, middle - start);
            streak = share < SHARE ? streak + 1 : 0;
            same = equal.getAsBoolean();
            if (streak == 0 && pass > BUSY_PASSES) {
                LockSupport.parkNanos(PAUSE_NS);
            }
        }
        won = same && streak == STREAK;
        result = same
                ? String.format(Locale.ROOT, "%.1f times as fast as scalar after %d passes", 1 / share, pass)
                : "differs from scalar";
    }

    /** Whether the vector kernel may be used. */
    boolean won() {
        return won;
    }

    /** The outcome in words. */
    String result() {
        return result;
    }
}
