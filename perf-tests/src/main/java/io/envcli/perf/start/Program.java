package io.envcli.perf.start;

import io.envcli.perf.Programs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A whole process to be timed.
 *
 * @param name    for people.
 * @param command program and arguments.
 * @param before  each run, not timed.
 * @param proof   a text that it must print.
 */
record Program(String name, List<String> command, Preparation before, String proof) {
    private static final double MILLIS = 1e6;

    /** What has to be done before a run. */
    @FunctionalInterface
    interface Preparation {
        /** Nothing. */
        Preparation NONE = () -> {};

        /**
         * Does it.
         *
         * @throws IOException if it cannot be done.
         */
        void run() throws IOException;
    }

    /**
     * A program that needs no preparation.
     *
     * @param name    for people.
     * @param proof   a text that it must print.
     * @param command program and arguments.
     * @return the program.
     */
    static Program of(final String name, final String proof, final String... command) {
        return new Program(name, List.of(command), Preparation.NONE, proof);
    }

    /**
     * Runs it.
     *
     * @param folder for its output.
     * @return milliseconds from start to end.
     * @throws IOException           if it cannot be started, or fails.
     * @throws IllegalStateException if it does not print what it must.
     */
    double millis(final Path folder) throws IOException {
        before.run();
        final Path out = folder.resolve("out");
        final long nanos = Programs.time(command, out, folder.resolve("err"));
        if (!Files.readString(out).contains(proof)) {
            throw new IllegalStateException(name + " did not print " + proof);
        }
        return nanos / MILLIS;
    }
}
