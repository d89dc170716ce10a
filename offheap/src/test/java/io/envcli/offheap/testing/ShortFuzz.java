package io.envcli.offheap.testing;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Runs a fuzz target for a moment, in any JVM: over its seeds, and over seeds that were changed by chance. The long run, which
 * Jazzer steers to code not reached before, is {@code perf-tests/fuzz}; a target is the same for both.
 *
 * <p>Seeds are the files in the folder of test resources that has the target's name, beside it. {@code -Dfuzz.seed=…} makes the
 * same changes again, {@code -Dfuzz.cases=…} more of them.
 */
public final class ShortFuzz {
    private static final long SEED = Long.getLong("fuzz.seed", System.nanoTime());
    private static final int MOST_CHANGES = 6;
    private static final int MOST_SHOWN = 400;

    private ShortFuzz() {}

    /** A target: throws whatever it finds wrong with the input. */
    @FunctionalInterface
    public interface Target {
        /**
         * Tries one input.
         *
         * @param input any bytes.
         * @throws Exception if something is wrong.
         */
        void fuzzerTestOneInput(byte[] input) throws Exception;
    }

    /**
     * Runs a target.
     *
     * @param name   class of the target, whose seeds are taken.
     * @param cases  inputs besides the seeds, unless the property says otherwise.
     * @param target to run.
     * @throws IOException if seeds cannot be read.
     */
    public static void run(final Class<?> name, final int cases, final Target target) throws IOException {
        final List<byte[]> seeds = seeds(name);
        for (final byte[] seed : seeds) {
            tryInput(name, target, seed);
        }
        final Random random = new Random(SEED);
        for (int i = Integer.getInteger("fuzz.cases", cases); i > 0; i--) {
            tryInput(name, target, changed(seeds, random));
        }
    }

    private static void tryInput(final Class<?> name, final Target target, final byte[] input) {
        try {
            target.fuzzerTestOneInput(input);
        } catch (final Exception | Error e) {
            final String hex = HexFormat.of().formatHex(input, 0, Math.min(input.length, MOST_SHOWN));
            throw new AssertionError(name.getSimpleName() + ", fuzz.seed=" + SEED + ", input of " + input.length
                    + " bytes in hexadecimal: " + hex, e);
        }
    }

    private static List<byte[]> seeds(final Class<?> name) throws IOException {
        final List<byte[]> seeds = new ArrayList<>(List.of(new byte[0]));
        final URL folder = name.getResource(name.getSimpleName());
        if (folder != null) {
            try (Stream<Path> files = Files.list(Path.of(uri(folder)))) {
                for (final Path file : files.sorted().toList()) {
                    seeds.add(Files.readAllBytes(file));
                }
            }
        }
        return seeds;
    }

    private static URI uri(final URL url) {
        try {
            return url.toURI();
        } catch (final URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] changed(final List<byte[]> seeds, final Random random) {
        byte[] input = seeds.get(random.nextInt(seeds.size())).clone();
        for (int changes = 1 + random.nextInt(MOST_CHANGES); changes > 0; changes--) {
            input = change(input, seeds, random);
        }
        return input;
    }

    private static byte[] change(final byte[] input, final List<byte[]> seeds, final Random random) {
        final int at = random.nextInt(input.length + 1);
        return switch (random.nextInt(6)) {
            case 0 -> flip(input, random);
            case 1 -> Arrays.copyOf(input, at);
            case 2 -> insert(input, at, bytes(random, 1 + random.nextInt(12)));
            case 3 -> insert(input, at, seeds.get(random.nextInt(seeds.size())));
            case 4 -> remove(input, at, random.nextInt(8));
            default ->
                insert(input, at, Arrays.copyOfRange(input, at, Math.min(input.length, at + random.nextInt(20))));
        };
    }

    private static byte[] flip(final byte[] input, final Random random) {
        final byte[] changed = input.length == 0 ? new byte[1] : input;
        changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
        return changed;
    }

    private static byte[] bytes(final Random random, final int length) {
        final byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] insert(final byte[] input, final int at, final byte[] what) {
        final byte[] changed = Arrays.copyOf(input, input.length + what.length);
        System.arraycopy(what, 0, changed, at, what.length);
        System.arraycopy(input, at, changed, at + what.length, input.length - at);
        return changed;
    }

    private static byte[] remove(final byte[] input, final int at, final int length) {
        final int end = Math.min(input.length, at + length);
        final byte[] changed = Arrays.copyOf(input, input.length - (end - at));
        System.arraycopy(input, end, changed, at, input.length - end);
        return changed;
    }
}
