package io.envcli.perf.simd;

import io.envcli.perf.workload.Profile;
import io.envcli.simd.Kernels;
import io.envcli.simd.Utf8Kernel;
import org.agrona.BufferUtil;
import org.agrona.UnsafeApi;
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

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** Checks a window of text of nearly 64 KiB, two of a hundred lines of which are not ASCII. */
// JMH calls setUp() before anything else.
@SuppressWarnings("NullAway.Init")
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Utf8Benchmark {
    /** Whose work is timed. */
    @Param({"jdk", "scalar", "vector"})
    public String kernel = "jdk";

    private TextWindows windows;
    private Utf8Kernel utf8;

    /** Makes the text, and proves that all kernels agree on it, sound and with one byte spoiled. */
    @Setup(Level.Trial)
    public void setUp() {
        utf8 = kernel.equals("jdk") ? new JdkUtf8() : Twins.kernels(kernel).utf8();
        windows = new TextWindows(Profile.BULK, 2);
        for (int i = 0; i < windows.count(); i++) {
            Twins.requireEqual(-1, firstInvalid(), "window " + i, kernel);
            final long at = windows.address() + (i * 997L) % windows.length();
            final byte sound = UnsafeApi.getByte(at);
            UnsafeApi.putByte(at, (byte) 0xFF);
            Twins.requireEqual(Kernels.scalar().utf8().firstInvalid(windows.address(), windows.length()),
                    utf8.firstInvalid(windows.address(), windows.length()), "spoiled window", kernel);
            UnsafeApi.putByte(at, sound);
        }
    }

    /**
     * Checks the next window.
     *
     * @return -1.
     */
    @Benchmark
    public int firstInvalid() {
        windows.next();
        return utf8.firstInvalid(windows.address(), windows.length());
    }

    /** Frees all memory. */
    @TearDown(Level.Trial)
    public void tearDown() {
        windows.close();
    }

    /** The JDK's decoder over a heap copy. */
    private static final class JdkUtf8 implements Utf8Kernel {
        private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        private final byte[] bytes = new byte[TextWindows.WINDOW];
        private final CharBuffer chars = CharBuffer.allocate(TextWindows.WINDOW);

        @Override
        public int firstInvalid(final long address, final int length) {
            UnsafeApi.copyMemory(null, address, bytes, BufferUtil.ARRAY_BASE_OFFSET, length);
            final ByteBuffer in = ByteBuffer.wrap(bytes, 0, length);
            final CoderResult result = decoder.reset().decode(in, chars.clear(), true);
            return result.isError() ? in.position() : -1;
        }
    }
}
