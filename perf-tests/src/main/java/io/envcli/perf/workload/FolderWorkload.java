package io.envcli.perf.workload;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A folder of many small realistic files, each an environment of its own: {@code team-0/service-00/.env.staging} and so
 * on.
 *
 * @param seed      of all files.
 * @param files     how many.
 * @param variables distinct ones in each file.
 */
public record FolderWorkload(long seed, int files, int variables) {
    private static final String[] STAGES = {"development", "staging", "production", "test"};
    private static final int SERVICES_A_TEAM = 50;

    /** Checks the bounds. */
    public FolderWorkload {
        if (files < 1 || variables < 1) {
            throw new IllegalArgumentException(
                    "files=" + files + " and variables=" + variables + " must be at least 1");
        }
    }

    /**
     * Writes all files.
     *
     * @param folder to write into; made if absent.
     * @return the sum of the truths of all files.
     * @throws IOException if a file cannot be written.
     */
    public Truth generate(final Path folder) throws IOException {
        long assignments = 0;
        long lines = 0;
        long bytes = 0;
        long crc = 0;
        long checksum = 0;
        for (int file = 0; file < files; file++) {
            final Path path = folder.resolve(path(file));
            Files.createDirectories(path.resolveSibling("."));
            final Truth truth = new WorkloadGenerator(Profile.REALISTIC, seedOf(file)).generate(variables, path);
            assignments += truth.assignments();
            lines += truth.lines();
            bytes += truth.bytes();
            crc ^= truth.crc32c();
            checksum += truth.checksum();
        }
        return new Truth(Profile.REALISTIC, seed, (long) files * variables, assignments, lines, bytes, crc, checksum);
    }

    /**
     * The path of a file below the folder.
     *
     * @param file from 0.
     * @return a relative path.
     */
    public String path(final int file) {
        final int service = file / STAGES.length;
        return "team-%d/service-%02d/.env.%s".formatted(service / SERVICES_A_TEAM, service % SERVICES_A_TEAM,
                STAGES[file % STAGES.length]);
    }

    /**
     * The environment that a file goes into when the folder is imported.
     *
     * @param file from 0.
     * @return its name.
     */
    public String environment(final int file) {
        return path(file).replace(".env.", "");
    }

    /**
     * The seed of a single file, for {@link Variables}.
     *
     * @param file from 0.
     * @return its seed.
     */
    public long seedOf(final int file) {
        return Draws.mix(seed + file);
    }
}
