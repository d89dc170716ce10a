package io.envcli.simd;

import io.envcli.simd.internal.Memory;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Random;
import java.util.function.IntPredicate;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

final class TextKernelTest {
    private static final String NAME = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-";
    private static final int LONGEST = 4 * 64 + 1;

    static Stream<Kernels> kernels() {
        return TestData.kernels();
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void everyByteAtEveryPlaceOfAWord(final Kernels kernels) {
        for (int shift = 0; shift < 64; shift++) {
            final byte[] text = new byte[256 + shift];
            for (int i = 0; i < text.length; i++) {
                text[i] = (byte) (i - shift);
            }
            check(kernels, text, shift & 7, 0);
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void awkwardLengthsAndOffsets(final Kernels kernels) {
        final Random random = TestData.random("awkwardLengthsAndOffsets");
        for (int length = 0; length <= LONGEST; length++) {
            final byte[] text = new byte[length];
            random.nextBytes(text);
            check(kernels, text, random.nextInt(64), random.nextInt(8));
        }
    }

    @Property(tries = 300)
    void anyText(@ForAll @Size(max = 700) final byte[] text, @ForAll @IntRange(max = 63) final int offset) {
        TestData.kernels().forEach(kernels -> check(kernels, text, offset, offset & 7));
    }

    private static void check(final Kernels kernels, final byte[] text, final int offset, final int outputOffset) {
        final int bytes = (text.length + 63) / 64 * 8;
        try (Native input = new Native(text.length + 128 + TextKernel.OVER_READ);
                Native newline = new Native(bytes + outputOffset);
                Native notName = new Native(bytes + outputOffset);
                Native hard = new Native(bytes + outputOffset)) {
            // What follows the text must not show.
            Memory.fill(input.address(), text.length + 128, (byte) '\n');
            kernels.text().bitmaps(input.write(offset, text), text.length, newline.address() + outputOffset,
                    notName.address() + outputOffset, hard.address() + outputOffset);
            assertArrayEquals(bits(text, b -> b == '\n' || b == '\r'), newline.read(outputOffset, bytes), "newline");
            assertArrayEquals(bits(text, b -> NAME.indexOf(b) < 0), notName.read(outputOffset, bytes), "not name");
            assertArrayEquals(bits(text, TextKernelTest::isHard), hard.read(outputOffset, bytes), "hard");
        }
    }

    private static boolean isHard(final int b) {
        return b < 0x20 || b >= 0x7F || "\"'`# \\".indexOf(b) >= 0;
    }

    private static byte[] bits(final byte[] text, final IntPredicate predicate) {
        final byte[] bits = new byte[(text.length + 63) / 64 * 8];
        for (int i = 0; i < text.length; i++) {
            if (predicate.test(text[i] & 0xFF)) {
                bits[i / 8] |= (byte) (1 << (i % 8));
            }
        }
        return bits;
    }
}
