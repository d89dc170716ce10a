package io.envcli.simd;

import io.envcli.simd.internal.KernelChoice;
import io.envcli.simd.internal.LaneKernel;
import io.envcli.simd.internal.SipKernel;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The thread that makes the vector kernels warm and puts them in use one by one, the dearest scalar one first.
 *
 * <p>Threading: {@link #begin}, {@link #await} and {@link #story} from any thread; the story is written by the warm-up
 * thread alone, once that runs, and then by the one for pairs.
 */
final class WarmUp implements Runnable {
    private static final AtomicBoolean BEGUN = new AtomicBoolean();
    private static final AtomicBoolean PAIRS_BEGUN = new AtomicBoolean();
    private static final CountDownLatch ENDED = new CountDownLatch(1);
    private static final String WANTED = KernelChoice.PROPERTY + "=";
    private static volatile @Nullable String story;

    private WarmUp() {}

    /** Begins, unless begun or not wanted. */
    static void begin() {
        if (!BEGUN.compareAndSet(false, true)) {
            return;
        }
        if (KernelChoice.configured() != KernelChoice.AUTO) {
            ENDED.countDown();
            return;
        }
        story = "warming up";
        start(new WarmUp());
    }

    /** Begins with the kernel that only searches of texts use, after all others; unless begun or not wanted. */
    static void beginPairs() {
        begin();
        if (KernelChoice.configured() == KernelChoice.AUTO && PAIRS_BEGUN.compareAndSet(false, true)) {
            start(WarmUp::pairs);
        }
    }

    // A low priority asks the scheduler to favour the work that goes on meanwhile; nothing depends on it.
    @SuppressWarnings("ThreadPriorityCheck")
    private static void start(final Runnable warmUp) {
        final Thread thread = new Thread(warmUp, "envcli-kernel-warm-up");
        thread.setDaemon(true);
        thread.setPriority(Thread.MIN_PRIORITY);
        thread.start();
    }

    /** Begins and waits for the end; false if it does not come in time. */
    static boolean await(final Duration timeout) throws InterruptedException {
        begin();
        return ENDED.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Why the kernels are what they are. */
    static String story() {
        final String told = story;
        if (told != null) {
            return told;
        }
        return switch (KernelChoice.configured()) {
            case AUTO -> "not warmed up";
            case SCALAR -> WANTED + "scalar";
            case VECTOR -> VectorSupport.ABSENCE == null ? WANTED + "vector" : VectorSupport.ABSENCE;
        };
    }

    @Override
    public void run() {
        try {
            final Kernels vector = VectorSupport.KERNELS;
            story = vector == null ? VectorSupport.ABSENCE : compete(vector);
        } catch (final RuntimeException | Error e) {
            // Whatever it is, scalar kernels go on; `doctor` shows the reason.
            story = "warm-up failed: " + e;
        } finally {
            ENDED.countDown();
        }
    }

    private static String compete(final Kernels vector) {
        final List<String> results = new ArrayList<>();
        try (WarmUpSample sample = new WarmUpSample(vector)) {
            Kernels best = Kernels.scalar();
            final Contest lanes = sample.lanes();
            if (lanes.won()) {
                best = mixed(vector, best.text(), best.utf8(), vector.lanes(), null);
                Kernels.use(best);
            }
            results.add("blake3 " + lanes.result());
            final Contest text = sample.text();
            if (text.won()) {
                best = mixed(vector, vector.text(), best.utf8(), best.lanes(), null);
                Kernels.use(best);
            }
            results.add("text " + text.result());
            final Contest utf8 = sample.utf8();
            if (utf8.won()) {
                best = mixed(vector, best.text(), vector.utf8(), best.lanes(), null);
                Kernels.use(best);
            }
            results.add("utf8 " + utf8.result());
            boolean all = lanes.won() && text.won() && utf8.won();
            if (vector.sip() != null) {
                final Contest sip = sample.sip();
                if (sip.won()) {
                    best = mixed(vector, best.text(), best.utf8(), best.lanes(), vector.sip());
                    Kernels.use(best);
                }
                all &= sip.won();
                results.add("siphash " + sip.result());
            }
            if (all) {
                Kernels.use(best.named(vector.name()));
            }
        }
        return String.join(", ", results);
    }

    private static void pairs() {
        try {
            ENDED.await();
        } catch (final InterruptedException e) {
            return; // Nobody does; the scalar kernel goes on.
        }
        final String before = story();
        final Kernels vector = VectorSupport.KERNELS;
        if (vector == null) {
            return;
        }
        try (WarmUpSample sample = new WarmUpSample(vector)) {
            final Contest pairs = sample.pairs();
            if (pairs.won()) {
                Kernels.use(Kernels.current().withPairs(vector.pairs()));
            }
            story = before + ", pairs " + pairs.result();
        } catch (final RuntimeException | Error e) {
            story = before + ", pairs failed: " + e;
        }
    }

    private static Kernels mixed(final Kernels vector, final TextKernel text, final Utf8Kernel utf8,
            final @Nullable LaneKernel lanes, final @Nullable SipKernel sip) {
        return new Kernels(vector.name().replace("vector", "mixed"), text, utf8,
                Kernels.scalar().pairs(), lanes, sip);
    }
}
