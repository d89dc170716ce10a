package io.envcli.simd;

import io.envcli.simd.internal.KernelChoice;
import io.envcli.simd.internal.LaneKernel;
import io.envcli.simd.internal.ScalarPairs;
import io.envcli.simd.internal.ScalarText;
import io.envcli.simd.internal.ScalarUtf8;
import io.envcli.simd.internal.SipKernel;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Optional;

/**
 * The kernels in use, and how they are chosen.
 *
 * <p>The system property {@code envcli.kernels} decides: {@code auto} (the default) starts scalar, and switches kernel by
 * kernel once {@link #warmUp()} has proven the vector ones right and faster; {@code scalar} never switches;
 * {@code vector} uses vector kernels from the first byte, cold as they are.
 *
 * <p>Threading: immutable; {@link #current()} may be asked from any thread and at any time, and costs one volatile read.
 * Ask once per slab, not once per process: the answer changes when the vector kernels are warm.
 */
public final class Kernels {
    private static final Kernels SCALAR = new Kernels("scalar", new ScalarText(), new ScalarUtf8(),
            new ScalarPairs(), null, null);
    /** Written by the warm-up threads alone, one after the other, once the class is initialised. */
    private static volatile Kernels current = first();

    private final String name;
    private final TextKernel text;
    private final Utf8Kernel utf8;
    private final PairKernel pairs;
    private final @Nullable LaneKernel lanes;
    private final @Nullable SipKernel sip;

    Kernels(final String name, final TextKernel text, final Utf8Kernel utf8, final PairKernel pairs,
            final @Nullable LaneKernel lanes, final @Nullable SipKernel sip) {
        this.name = name;
        this.text = text;
        this.utf8 = utf8;
        this.pairs = pairs;
        this.lanes = lanes;
        this.sip = sip;
    }

    private static Kernels first() {
        return KernelChoice.configured() == KernelChoice.VECTOR ? vector().orElse(SCALAR) : SCALAR;
    }

    /** {@return the kernels to use now} */
    public static Kernels current() {
        return current;
    }

    /** {@return the kernels in plain Java, always there} */
    public static Kernels scalar() {
        return SCALAR;
    }

    /** {@return the vector kernels, cold or warm, with the vector module loaded for them; empty if that cannot be} */
    public static Optional<Kernels> vector() {
        return Optional.ofNullable(VectorSupport.KERNELS);
    }

    /** {@return why there are no vector kernels; empty if there are. Loads the vector module, as {@link #vector()} does} */
    public static Optional<String> vectorProblem() {
        return Optional.ofNullable(VectorSupport.ABSENCE);
    }

    /**
     * Begins to warm up the vector kernels in a background daemon thread, which switches {@link #current()} when they are
     * proven right and faster. Idempotent, and returns at once. Commands that do little never call it. {@link #pairs()} is left
     * as it is: {@link #warmUpSearch()}.
     */
    public static void warmUp() {
        WarmUp.begin();
    }

    /**
     * Does what {@link #warmUp()} does, and then so with {@link #pairs()}, which only searches of texts use. Idempotent, and
     * returns at once.
     */
    public static void warmUpSearch() {
        WarmUp.beginPairs();
    }

    /**
     * Waits until the warm-up has ended, whichever way, but for that of {@link #pairs()}. Begins it if nobody has.
     *
     * @param timeout how long to wait at most.
     * @return whether it has ended.
     * @throws InterruptedException if the thread is interrupted.
     */
    public static boolean awaitWarm(final Duration timeout) throws InterruptedException {
        return WarmUp.await(timeout);
    }

    /** {@return one line for people: what is in use, and why} */
    public static String describe() {
        return current.name + " (" + WarmUp.story() + ")";
    }

    /** These under another name. */
    Kernels named(final String newName) {
        return new Kernels(newName, text, utf8, pairs, lanes, sip);
    }

    /** These with another kernel for pairs. The name stays: it tells what an import runs on. */
    Kernels withPairs(final PairKernel newPairs) {
        return new Kernels(name, text, utf8, newPairs, lanes, sip);
    }

    /** Puts kernels in use. */
    static void use(final Kernels kernels) {
        current = kernels;
    }

    /**
     * {@return what these are: {@code scalar}, {@code vector-256}, …, or {@code mixed-256} of both; {@link #pairs()} does not
     * count}
     */
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

    /** {@return the kernel that finds pairs of bytes} */
    public PairKernel pairs() {
        return pairs;
    }

    /** The kernel of {@link Blake3Lanes}, null where it should hash one by one. */
    @Nullable
    LaneKernel lanes() {
        return lanes;
    }

    /** The kernel of {@link SipHashLanes}, null where it should hash one by one. */
    @Nullable
    SipKernel sip() {
        return sip;
    }
}
