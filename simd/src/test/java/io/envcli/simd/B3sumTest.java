package io.envcli.simd;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.abort;

/** The reference program, where it is installed. */
final class B3sumTest {
    @Test
    void agreesWithTheReferenceProgram(@TempDir final Path folder) throws IOException {
        final Random random = TestData.random("agreesWithTheReferenceProgram");
        final byte[] key = new byte[Blake3.KEY_LENGTH];
        random.nextBytes(key);
        for (final int length : new int[]{0, 31, 64, 1_000, 1_025, 70_001, 1_234_567}) {
            final byte[] input = new byte[length];
            random.nextBytes(input);
            final String expected = b3sum(Files.write(folder.resolve("input"), input), key);
            TestData.kernels().forEach(kernels -> assertEquals(expected, hash(kernels, key, input)));
        }
    }

    private static String hash(final Kernels kernels, final byte[] key, final byte[] input) {
        try (Native memory = new Native(input.length + Blake3.HASH_LENGTH);
                Blake3Lanes lanes = new Blake3Lanes(key, kernels)) {
            lanes.add(memory.write(Blake3.HASH_LENGTH, input), input.length, memory.address());
            lanes.flush();
            return HexFormat.of().formatHex(memory.read(0, Blake3.HASH_LENGTH));
        }
    }

    private static String b3sum(final Path file, final byte[] key) throws IOException {
        final Process process;
        try {
            process = new ProcessBuilder("b3sum", "--keyed", "--no-names", "--length", "16", file.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        } catch (final IOException e) {
            return abort("b3sum is not installed: " + e.getMessage());
        }
        try (OutputStream stdin = process.getOutputStream()) {
            stdin.write(key);
        }
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
    }
}
