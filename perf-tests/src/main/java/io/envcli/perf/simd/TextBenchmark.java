package io.envcli.perf.simd;

import io.envcli.offheap.Owner;
import io.envcli.offheap.Region;
import io.envcli.perf.workload.Profile;
import io.envcli.simd.TextKernel;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

import java.util.concurrent.TimeUnit;

/** The three bitmaps of a window of text of nearly 64 KiB. */
// JMH calls setUp() before anything else.
@SuppressWarnings("NullAway.Init")
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TextBenchmark {
    private static final int BITMAP = TextWindows.WINDOW / 8;

    /** Whose work is timed. */
    @Param({"naive", "scalar", "vector"})
    public String kernel = "naive";

    private TextWindows windows;
    private Region bitmaps;
    private TextKernel text;

    /** Makes the text, and proves that the kernel agrees with the naive one on all of it. */
    @Setup(Level.Trial)
    public void setUp() {
        text = kernel.equals("naive") ? new NaiveText() : Twins.kernels(kernel).text();
        windows = new TextWindows(Profile.BULK, 1);
        bitmaps = Region.allocate(Owner.SCRATCH, 6L * BITMAP);
        final UnsafeBuffer actual = bitmaps.buffer(0, 3 * BITMAP);
        final UnsafeBuffer expected = bitmaps.buffer(3 * BITMAP, 3 * BITMAP);
        for (int i = 0; i < windows.count(); i++) {
            actual.setMemory(0, 3 * BITMAP, (byte) 0);
            expected.setMemory(0, 3 * BITMAP, (byte) 0);
            bitmaps(new NaiveText(), expected.addressOffset());
            bitmaps(text, actual.addressOffset());
            Twins.requireEqual(expected, actual, "bitmaps of window " + i, kernel);
            windows.next();
        }
    }

    /**
     * Classifies the next window.
     *
     * @return the address of the bitmaps.
     */
    @Benchmark
    public long bitmaps() {
        windows.next();
        bitmaps(text, bitmaps.address());
        return bitmaps.address();
    }

    private void bitmaps(final TextKernel by, final long into) {
        by.bitmaps(windows.address(), windows.length(), into, into + BITMAP, into + 2 * BITMAP);
    }

    /** Frees all memory. */
    @TearDown(Level.Trial)
    public void tearDown() {
        windows.close();
        bitmaps.close();
    }
}
