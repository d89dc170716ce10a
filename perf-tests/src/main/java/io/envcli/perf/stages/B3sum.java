package io.envcli.perf.stages;

import io.envcli.perf.Programs;
import io.envcli.perf.Results;
import io.envcli.perf.Run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The reference program for BLAKE3, on one thread and one long input: what the machine can do where nothing is short.
 *
 * @param context where to print.
 * @param folder  to run in.
 */
record B3sum(Run.Context context, Path folder) {
    private static final double NANOS = 1e9;

    /**
     * Measures the whole process.
     *
     * @param file   to hash.
     * @param rounds of which the median counts.
     * @return bytes a second; 0 if it is not installed.
     * @throws IOException if the file has no size.
     */
    double bytesPerSecond(final Path file, final int rounds) throws IOException {
        final double[] rates = new double[rounds];
        Files.createDirectories(folder);
        for (int i = 0; i < rounds; i++) {
            try {
                rates[i] = Files.size(file) * NANOS
                        / Programs.time(folder, "b3sum", "--num-threads", "1", file.toString());
            } catch (final IOException e) {
                context.out().println("  b3sum: skipped: " + e.getMessage());
                return 0;
            }
        }
        final double rate = Results.median(rates);
        context.out().printf("  b3sum on one thread: %,.0f bytes/s of the file%n", rate);
        return rate;
    }
}
