package io.envcli.simd;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** The oracle is the JDK's decoder, which stops where a malformed sequence begins. */
final class Utf8KernelTest {
    private static final int LONGEST = 4 * 64 + 1;
    private static final int[] BOUNDARIES = {0, 0x7F, 0x80, 0x7FF, 0x800, 0xFFF, 0x1000, 0xD7FF, 0xE000, 0xFFFF,
        0x10000,
        0x3FFFF, 0x40000, 0xFFFFF, 0x100000, 0x10FFFF};

    static Stream<Kernels> kernels() {
        return TestData.kernels();
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void everyPairOfFirstBytes(final Kernels kernels) {
        for (int lead = 0x80; lead < 0x100; lead++) {
            for (int second = 0; second < 0x100; second++) {
                for (final int rest : new int[]{0x80, 0xBF, 0x7F, 0xC0}) {
                    final byte[] text = new byte[70];
                    Arrays.fill(text, (byte) 'x');
                    text[3] = (byte) lead;
                    text[4] = (byte) second;
                    text[5] = (byte) rest;
                    text[6] = (byte) 0x80;
                    check(kernels, text, 0);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void charactersAtEveryPlaceWholeAndBroken(final Kernels kernels) {
        for (final int character : BOUNDARIES) {
            final byte[] bytes = Character.toString(character).getBytes(StandardCharsets.UTF_8);
            for (int length = bytes.length; length <= LONGEST; length += 7) {
                for (int at = 0; at < length; at++) {
                    final byte[] text = new byte[length];
                    Arrays.fill(text, (byte) 'a');
                    System.arraycopy(bytes, 0, text, at, Math.min(bytes.length, length - at));
                    check(kernels, text, at & 7);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void randomTextWithOneByteBroken(final Kernels kernels) {
        final Random random = TestData.random("randomTextWithOneByteBroken");
        for (int length = 0; length <= LONGEST; length++) {
            final StringBuilder builder = new StringBuilder();
            while (builder.length() < length) {
                builder.appendCodePoint(BOUNDARIES[random.nextInt(BOUNDARIES.length)]);
            }
            final byte[] text = builder.toString().getBytes(StandardCharsets.UTF_8);
            check(kernels, text, length & 15);
            if (length > 0) {
                text[random.nextInt(text.length)] = (byte) random.nextInt();
                check(kernels, text, length & 15);
            }
        }
    }

    @Property(tries = 300)
    void anyBytes(@ForAll @Size(max = 400) final byte[] text, @ForAll @IntRange(max = 63) final int offset) {
        TestData.kernels().forEach(kernels -> check(kernels, text, offset));
    }

    @Property(tries = 300)
    void anyString(@ForAll final String string, @ForAll @IntRange(max = 63) final int offset) {
        TestData.kernels().forEach(kernels -> check(kernels, string.getBytes(StandardCharsets.UTF_8), offset));
    }

    private static void check(final Kernels kernels, final byte[] text, final int offset) {
        try (Native memory = new Native(text.length + 64)) {
            final long address = memory.write(offset, text);
            assertEquals(expected(text), kernels.utf8().firstInvalid(address, text.length),
                    () -> kernels.name() + " " + Arrays.toString(text));
        }
    }

    private static int expected(final byte[] text) {
        final ByteBuffer input = ByteBuffer.wrap(text);
        final CoderResult result = StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT)
                .decode(input, CharBuffer.allocate(text.length), true);
        return result.isError() ? input.position() : -1;
    }
}
