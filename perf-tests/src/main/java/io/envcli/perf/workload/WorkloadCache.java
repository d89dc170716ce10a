package io.envcli.perf.workload;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Generated files kept in a folder, so that a benchmark run again need not write them again. A file counts as present once
 * the truth beside it is, and its size agrees.
 *
 * @param folder of the files; made if absent.
 */
public record WorkloadCache(Path folder) {
    /** In every file's name: increased when the generator writes other bytes for the same seed. */
    private static final int GENERATION = 1;

    /**
     * A cached workload.
     *
     * @param file  of the text.
     * @param truth about it.
     */
    public record Entry(Path file, Truth truth) {}

    /**
     * Finds a workload, or generates it.
     *
     * @param profile   of the text.
     * @param seed      of the text.
     * @param variables distinct ones.
     * @return file and truth.
     * @throws IOException if the folder cannot be written.
     */
    public Entry get(final Profile profile, final long seed, final long variables) throws IOException {
        final String name = "%s-%d-%d-%d".formatted(profile.label(), GENERATION, seed, variables);
        final Path file = folder.resolve(name + ".env");
        final Path truthFile = folder.resolve(name + ".truth");
        if (Files.exists(truthFile) && Files.exists(file)) {
            final Truth truth = Truth.parse(Files.readString(truthFile));
            if (Files.size(file) == truth.bytes()) {
                return new Entry(file, truth);
            }
        }
        Files.createDirectories(folder);
        final Path part = folder.resolve(name + ".part");
        final Truth truth = new WorkloadGenerator(profile, seed).generate(variables, part);
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        Files.writeString(truthFile, truth + "\n");
        return new Entry(file, truth);
    }
}
