package io.envcli.simd;

import io.envcli.simd.internal.Memory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** In lanes against the published vectors, and against one by one. */
final class SipHashLanesTest {
    private static final SipHash HASH = new SipHash(0x0706050403020100L, 0x0F0E0D0C0B0A0908L);
    private static final int PAGE = 4096;

    @TempDir
    private Path folder;

    static Stream<Kernels> kernels() {
        return TestData.kernels();
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void givesThePublishedHashes(final Kernels kernels) {
        final List<TestData.Published> all = TestData.published("siphash-128.txt");
        final SipHashLanes lanes = new SipHashLanes(HASH, kernels);
        try (Native input = new Native(128); Native output = new Native(16 * all.size())) {
            for (int i = 0; i < 128; i++) {
                Memory.putByte(input.address() + i, (byte) i);
            }
            for (int i = 0; i < all.size(); i++) {
                lanes.add(input.address(), all.get(i).length(), output.address() + 16L * i);
            }
            lanes.flush();
            for (int i = 0; i < all.size(); i++) {
                assertEquals(all.get(i).hash(), HexFormat.of().formatHex(output.read(16 * i, 16)));
            }
        }
    }

    /** Lengths of one and several words in one group, at every alignment, the count of inputs no multiple of the lanes. */
    @ParameterizedTest
    @MethodSource("kernels")
    void mixesLengths(final Kernels kernels) {
        final Random random = TestData.random("mixesLengths");
        final SipHashLanes lanes = new SipHashLanes(HASH, kernels);
        try (Native input = new Native(3 * PAGE);
                Native output = new Native(16 * 64);
                Native expected = new Native(16)) {
            fill(random, input);
            for (int round = 0; round < 500; round++) {
                final int count = 1 + random.nextInt(64);
                final long[] at = new long[count];
                final int[] lengths = new int[count];
                for (int i = 0; i < count; i++) {
                    lengths[i] = random.nextInt(random.nextBoolean() ? 34 : 90);
                    at[i] = input.address() + random.nextInt(3 * PAGE - 90);
                    lanes.add(at[i], lengths[i], output.address() + 16L * i);
                }
                lanes.flush();
                for (int i = 0; i < count; i++) {
                    HASH.hash(at[i], lengths[i], expected.address());
                    assertArrayEquals(expected.read(0, 16), output.read(16 * i, 16), "length " + lengths[i]);
                }
            }
        }
    }

    /** What lies behind an input has no effect, neither in its page nor where the page ends. */
    @ParameterizedTest
    @MethodSource("kernels")
    void readsNothingIntoIt(final Kernels kernels) {
        final SipHashLanes lanes = new SipHashLanes(HASH, kernels);
        final Random random = TestData.random("readsNothingIntoIt");
        try (Native input = new Native(3 * PAGE); Native output = new Native(16); Native expected = new Native(16)) {
            final long edge = (input.address() + 2 * PAGE) & -PAGE;
            for (int length = 0; length < 70; length++) {
                for (int before = length; before < length + 40; before++) {
                    final long at = edge - before;
                    fill(random, input);
                    HASH.hash(at, length, expected.address());
                    for (long i = at + length; i < at + length + 64; i++) {
                        Memory.putByte(i, (byte) random.nextInt());
                    }
                    lanes.add(at, length, output.address());
                    lanes.flush();
                    assertArrayEquals(expected.read(0, 16), output.read(0, 16),
                            "length " + length + " before " + before);
                }
            }
        }
    }

    /** Behind the last page of a mapping there is nothing to read: a file is mapped whole, then cut. */
    @ParameterizedTest
    @MethodSource("kernels")
    void readsNothingBehindThePage(final Kernels kernels) throws IOException {
        final SipHashLanes lanes = new SipHashLanes(HASH, kernels);
        final Path file = folder.resolve("cut");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ,
                StandardOpenOption.WRITE); Arena arena = Arena.ofConfined(); Native output = new Native(32)) {
            channel.write(ByteBuffer.allocate(2 * PAGE));
            final long edge = channel.map(FileChannel.MapMode.READ_WRITE, 0, 2L * PAGE, arena).address() + PAGE;
            channel.truncate(PAGE);
            for (int round = 0; round < 200; round++) { // Also as compiled code.
                for (int length = 0; length < 70; length++) {
                    lanes.add(edge - length, length, output.address());
                    lanes.flush();
                    HASH.hash(edge - length, length, output.address() + 16);
                    assertArrayEquals(output.read(16, 16), output.read(0, 16), "length " + length);
                }
            }
        }
    }

    /** Wherever vectors have four lanes or more there is a kernel, so that the tests above test it. */
    @Test
    void thereIsAKernelWhereItIsWorthIt() {
        final Kernels vector = Kernels.vector().orElseThrow();
        assertEquals(!vector.name().equals("vector-128"), vector.sip() != null, vector.name());
    }

    private static void fill(final Random random, final Native memory) {
        for (int i = 0; i < 3 * PAGE; i += Long.BYTES) {
            Memory.putLong(memory.address() + i, random.nextLong());
        }
    }
}
