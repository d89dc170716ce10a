package io.envcli.simd;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;

/** What several tests share. */
final class TestData {
    private TestData() {}

    /** A published hash of an input of this length. */
    record Published(int length, String hash) {}

    /** The scalar kernels and the vector ones, which a test JVM must have. */
    static Stream<Kernels> kernels() {
        return Stream.of(Kernels.scalar(), Kernels.vector().orElseThrow());
    }

    static List<Published> published(final String resource) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(TestData.class.getResourceAsStream(resource), resource),
                StandardCharsets.US_ASCII))) {
            return reader.lines().filter(line -> !line.startsWith("#")).map(line -> line.split(" ", 2))
                    .map(fields -> new Published(Integer.parseInt(fields[0]), fields[1])).toList();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A random source that says its seed, so that a failure can be had again. */
    static Random random(final String test) {
        final long seed = Long.getLong("envcli.test.seed", System.nanoTime());
        System.out.println(test + ": -Denvcli.test.seed=" + seed);
        return new Random(seed);
    }
}
