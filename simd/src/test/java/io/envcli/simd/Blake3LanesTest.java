package io.envcli.simd;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

/** One by one and in lanes, against the published vectors and an independent implementation. */
final class Blake3LanesTest {
    private static final byte[] KEY = "whats the Elvish word for friend".getBytes(StandardCharsets.US_ASCII);
    private static final int HASH_LENGTH = Blake3.HASH_LENGTH;

    static Stream<Kernels> kernels() {
        return TestData.kernels();
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void givesThePublishedHashes(final Kernels kernels) {
        final List<TestData.Published> all = TestData.published("blake3-keyed.txt");
        final List<byte[]> inputs = all.stream().map(published -> pattern(published.length())).toList();
        final List<String> hashes = hash(kernels, KEY, inputs, 1).stream().map(HexFormat.of()::formatHex).toList();
        assertEquals(all.stream().map(TestData.Published::hash).toList(), hashes);
    }

    @Test
    void oneByOneGivesThePublishedHashes() {
        final Blake3 blake3 = new Blake3(KEY);
        for (final TestData.Published published : TestData.published("blake3-keyed.txt")) {
            try (Native memory = new Native(published.length() + HASH_LENGTH + 8)) {
                final long address = memory.write(HASH_LENGTH + 3, pattern(published.length()));
                blake3.hash(address, published.length(), memory.address());
                assertEquals(published.hash(), HexFormat.of().formatHex(memory.read(0, HASH_LENGTH)));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void everyLengthUpToSeveralChunks(final Kernels kernels) {
        final Random random = TestData.random("everyLengthUpToSeveralChunks");
        check(kernels, IntStream.rangeClosed(0, 4 * 1024 + 1).mapToObj(length -> bytes(random, length)).toList(), 1);
    }

    /** Each count of inputs fills lanes otherwise, and 0 to 15 of them are left for the end. */
    @ParameterizedTest
    @MethodSource("kernels")
    void groupsOfEverySize(final Kernels kernels) {
        final Random random = TestData.random("groupsOfEverySize");
        for (final int length : new int[]{0, 1, 63, 64, 65, 128, 1023, 1024, 1025, 2048, 5000}) {
            for (int count = 1; count <= 4 * 16 + 1; count += count < 18 ? 1 : 7) {
                check(kernels, Stream.generate(() -> bytes(random, length)).limit(count).toList(), count & 7);
            }
        }
    }

    /** More chunks than may wait at once, in one input and in several. */
    @ParameterizedTest
    @MethodSource("kernels")
    void longInputsAmongShortOnes(final Kernels kernels) {
        final Random random = TestData.random("longInputsAmongShortOnes");
        final int[] lengths = {10, 512 * 1024, 70, 512 * 1024 + 1, 0, 600_000, 3 * 512 * 1024, 64, 1_900_003,
            300 * 1024,
            300 * 1024, 1};
        check(kernels, IntStream.of(lengths).mapToObj(length -> bytes(random, length)).toList(), 3);
    }

    @Property(tries = 60)
    void anyInputs(@ForAll @Size(max = 100) final List<@IntRange(max = 3_000) Integer> lengths,
            @ForAll final long seed) {
        final Random random = new Random(seed);
        TestData.kernels().forEach(kernels -> check(kernels,
                lengths.stream().map(length -> bytes(random, length)).toList(), random.nextInt(64)));
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void carriesOverAndFlushesAgain(final Kernels kernels) {
        final Random random = TestData.random("carriesOverAndFlushesAgain");
        try (Native memory = new Native(100_000); Blake3Lanes lanes = new Blake3Lanes(KEY, kernels)) {
            for (int round = 0; round < 50; round++) {
                final List<byte[]> inputs = IntStream.range(0, random.nextInt(20))
                        .mapToObj(i -> bytes(random, random.nextInt(2_000))).toList();
                assertHashes(inputs, hash(lanes, memory, inputs, round & 7));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void anEmptyInputMayHaveAnyAddress(final Kernels kernels) {
        try (Native memory = new Native(20 * HASH_LENGTH); Blake3Lanes lanes = new Blake3Lanes(KEY, kernels)) {
            for (int i = 0; i < 20; i++) {
                lanes.add(0, 0, memory.address() + (long) i * HASH_LENGTH);
            }
            lanes.flush();
            for (int i = 0; i < 20; i++) {
                assertArrayEquals(expected(new byte[0]), memory.read(i * HASH_LENGTH, HASH_LENGTH));
            }
        }
    }

    /** Last blocks at every distance from the end of a page, where a vector may not be read. */
    @ParameterizedTest
    @MethodSource("kernels")
    void shortInputsNearTheEndOfAPage(final Kernels kernels) {
        final int page = 4096;
        try (Native memory = new Native(3 * page + 128 * HASH_LENGTH);
                Blake3Lanes lanes = new Blake3Lanes(KEY, kernels)) {
            final byte[] pattern = pattern(3 * page);
            memory.write(0, pattern);
            final int edge = page - (int) (memory.address() % page);
            for (int length = 0; length <= 130; length++) {
                for (int i = 0; i < 128; i++) {
                    lanes.add(memory.address() + edge + page - i, length,
                            memory.address() + 3 * page + (long) i * HASH_LENGTH);
                }
                lanes.flush();
                for (int i = 0; i < 128; i += 5) {
                    final int from = edge + page - i;
                    assertArrayEquals(expected(Arrays.copyOfRange(pattern, from, from + length)),
                            memory.read(3 * page + i * HASH_LENGTH, HASH_LENGTH));
                }
            }
        }
    }

    @Test
    void aKeyOfAnotherLengthIsRefused() {
        final String message = assertThrows(IllegalArgumentException.class, () -> new Blake3(new byte[31]))
                .getMessage();
        assertEquals("key length=31 must be 32", message);
    }

    private static void check(final Kernels kernels, final List<byte[]> inputs, final int offset) {
        assertHashes(inputs, hash(kernels, KEY, inputs, offset));
    }

    private static void assertHashes(final List<byte[]> inputs, final List<byte[]> hashes) {
        for (int i = 0; i < inputs.size(); i++) {
            final int number = i;
            assertArrayEquals(expected(inputs.get(i)), hashes.get(i),
                    () -> "input " + number + " of " + inputs.get(number).length + " bytes");
        }
    }

    private static List<byte[]> hash(final Kernels kernels, final byte[] key, final List<byte[]> inputs,
            final int offset) {
        final int bytes = inputs.stream().mapToInt(input -> input.length).sum();
        try (Native memory = new Native(bytes + inputs.size() * HASH_LENGTH + 128);
                Blake3Lanes lanes = new Blake3Lanes(key, kernels)) {
            return hash(lanes, memory, inputs, offset);
        }
    }

    /** Inputs lie one after the other, so that most begin at odd addresses, and foreign bytes follow each. */
    private static List<byte[]> hash(final Blake3Lanes lanes, final Native memory, final List<byte[]> inputs,
            final int offset) {
        final int outputs = offset;
        int at = outputs + inputs.size() * HASH_LENGTH;
        for (final byte[] input : inputs) {
            memory.write(at, input);
            at += input.length;
        }
        at = outputs + inputs.size() * HASH_LENGTH;
        for (int i = 0; i < inputs.size(); i++) {
            lanes.add(memory.address() + at, inputs.get(i).length, memory.address() + outputs + (long) i * HASH_LENGTH);
            at += inputs.get(i).length;
        }
        lanes.flush();
        final List<byte[]> hashes = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            hashes.add(memory.read(outputs + i * HASH_LENGTH, HASH_LENGTH));
        }
        return hashes;
    }

    private static byte[] expected(final byte[] input) {
        return org.apache.commons.codec.digest.Blake3.initKeyedHash(KEY).update(input).doFinalize(HASH_LENGTH);
    }

    private static byte[] bytes(final Random random, final int length) {
        final byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] pattern(final int length) {
        final byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (i % 251);
        }
        return bytes;
    }
}
