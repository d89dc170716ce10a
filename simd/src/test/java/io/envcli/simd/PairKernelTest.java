package io.envcli.simd;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** The oracle looks at one place after another. */
final class PairKernelTest {
    private static final int LONGEST = 4 * 64 + 1;

    static Stream<Kernels> kernels() {
        return TestData.kernels();
    }

    /** Of one to six pairs, at every place of every length, with other bytes beside them and past the end. */
    @ParameterizedTest
    @MethodSource("kernels")
    void aPairAtEveryPlace(final Kernels kernels) {
        for (int count = 1; count <= 6; count++) {
            final int[] pairs = new int[count];
            for (int i = 0; i < count; i++) {
                pairs[i] = (0x80 + i) | ('0' + i) << 8;
            }
            for (int length = 2; length <= LONGEST; length += 3) {
                for (int at = 0; at + 1 < length; at++) {
                    final byte[] text = new byte[length];
                    Arrays.fill(text, (byte) 'x');
                    text[at] = (byte) pairs[at % count];
                    text[at + 1] = (byte) (pairs[at % count] >> 8);
                    check(kernels, pairs, text, at & 7, 0);
                }
            }
        }
    }

    /** Of few bytes, extremes among them, so that halves of pairs and pairs beside pairs are frequent. */
    @ParameterizedTest
    @MethodSource("kernels")
    void randomTextsAndPairs(final Kernels kernels) {
        final Random random = TestData.random("randomTextsAndPairs");
        final byte[] bytes = {0, 1, 0x7F, -128, -1, 'a'};
        for (int length = 0; length <= LONGEST; length++) {
            for (int round = 0; round < 20; round++) {
                final int[] pairs = new int[random.nextInt(7)];
                for (int i = 0; i < pairs.length; i++) {
                    final int first = bytes[random.nextInt(bytes.length)] & 0xFF;
                    pairs[i] = random.nextInt(4) == 0 ? first | -1 << 8
                            : first | (bytes[random.nextInt(bytes.length)] & 0xFF) << 8;
                }
                final byte[] text = new byte[length];
                for (int i = 0; i < length; i++) {
                    text[i] = random.nextInt(3) == 0 ? bytes[random.nextInt(bytes.length)] : (byte) 'x';
                }
                check(kernels, pairs, text, random.nextInt(16), random.nextInt(length + 1));
            }
        }
    }

    private static void check(final Kernels kernels, final int[] pairs, final byte[] text, final int offset,
            final int from) {
        try (Native memory = new Native(text.length + 16 + PairKernel.OVER_READ)) {
            final long address = memory.write(offset, text);
            final BytePairs sought = new BytePairs(pairs);
            int expected = from;
            final int found = kernels.pairs().find(sought, address, text.length, from);
            // What follows the text is zero, and may be the second byte of a pair.
            while (expected < text.length && !stands(pairs, text, expected)) {
                expected++;
            }
            assertEquals(expected, found, () -> kernels.name() + " " + Arrays.toString(pairs) + " in "
                    + Arrays.toString(text) + " from " + from);
        }
    }

    private static boolean stands(final int[] pairs, final byte[] text, final int at) {
        final int next = at + 1 < text.length ? text[at + 1] & 0xFF : 0;
        return Arrays.stream(pairs)
                .anyMatch(pair -> (pair & 0xFF) == (text[at] & 0xFF) && (pair < 0 || pair >> 8 == next));
    }
}
