package io.envcli.simd;

import com.sun.management.ThreadMXBean;
import io.envcli.simd.internal.Memory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.lang.management.ManagementFactory;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

/**
 * No kernel allocates once it is compiled. Vectors are objects until C2 has proven that nobody keeps them, so a kernel that
 * C2 does not compile as it should shows here first. Passes are counted, not time; the best of many counts, as the compiler
 * works beside us.
 */
final class AllocationTest {
    private static final int ROUNDS = 400;
    private static final int LENGTH = 20_000;
    private static final int INPUTS = 150;

    static Stream<Kernels> kernels() {
        return TestData.kernels();
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void text(final Kernels kernels) {
        try (Native text = sample(); Native bits = new Native(LENGTH)) {
            final long address = bits.address();
            assertAllocatesNothing(() -> kernels.text().bitmaps(text.address(), LENGTH, address,
                    address + LENGTH / 8 + 8, address + 2 * (LENGTH / 8 + 8)));
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void utf8(final Kernels kernels) {
        try (Native text = sample()) {
            assertAllocatesNothing(() -> kernels.utf8().firstInvalid(text.address(), LENGTH));
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void pairs(final Kernels kernels) {
        final BytePairs one = new BytePairs('n' | 'v' << 8);
        final BytePairs three = new BytePairs('n' | 'v' << 8, 'Q' | 'Q' << 8, 'q' | 'z' << 8);
        try (Native text = sample()) {
            assertAllocatesNothing(() -> {
                kernels.pairs().find(one, text.address(), LENGTH, 0);
                kernels.pairs().find(three, text.address(), LENGTH, 0);
            });
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void blake3Lanes(final Kernels kernels) {
        try (Native text = sample();
                Native outputs = new Native(INPUTS * Blake3.HASH_LENGTH);
                Blake3Lanes lanes = new Blake3Lanes(new byte[Blake3.KEY_LENGTH], kernels)) {
            assertAllocatesNothing(() -> {
                for (int i = 0; i < INPUTS; i++) {
                    lanes.add(text.address() + i, i % 50 == 0 ? 9_000 : i, outputs.address() + (long) i * 16);
                }
                lanes.flush();
            });
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void sipHashLanes(final Kernels kernels) {
        final SipHashLanes lanes = new SipHashLanes(new SipHash(1, 2), kernels);
        try (Native text = sample(); Native outputs = new Native(INPUTS * SipHash.HASH_LENGTH)) {
            assertAllocatesNothing(() -> {
                for (int i = 0; i < INPUTS; i++) {
                    lanes.add(text.address() + i, i % 50 == 0 ? 9_000 : i % 64, outputs.address() + (long) i * 16);
                }
                lanes.flush();
            });
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void oneByOne(final Kernels kernels) {
        final Blake3 blake3 = new Blake3(new byte[Blake3.KEY_LENGTH]);
        final SipHash sipHash = new SipHash(1, 2);
        try (Native text = sample(); Native output = new Native(16)) {
            assertAllocatesNothing(() -> {
                blake3.hash(text.address(), 5_000, output.address());
                sipHash.hash(text.address(), 5_000, output.address());
            });
        }
    }

    private static Native sample() {
        final Native text = new Native(LENGTH + TextKernel.OVER_READ);
        for (int i = 0; i < LENGTH; i++) {
            Memory.putByte(text.address() + i, (byte) ("NAME_" + i + "=\"value\"\n").charAt(i % 10));
        }
        return text;
    }

    private static void assertAllocatesNothing(final Runnable pass) {
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS && least > 0; round++) {
            for (int i = 0; i < 10; i++) {
                pass.run();
            }
            final long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 10; i++) {
                pass.run();
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertEquals(0, least, "bytes allocated by ten passes");
    }
}
