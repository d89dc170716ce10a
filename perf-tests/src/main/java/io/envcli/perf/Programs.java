package io.envcli.perf;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Runs other programs. */
public final class Programs {
    private Programs() {}

    /**
     * Runs a program to its end, and times it.
     *
     * @param folder  to run in.
     * @param command program and arguments; its output is discarded unless it fails.
     * @return nanoseconds from start to end of the process.
     * @throws IOException if it cannot be started, or fails; the message has its output.
     */
    public static long time(final Path folder, final String... command) throws IOException {
        final long start = System.nanoTime();
        output(folder, command);
        return System.nanoTime() - start;
    }

    /**
     * Runs a program to its end, and times it; what it prints goes into files, so that nobody has to read it meanwhile.
     *
     * @param command program and arguments.
     * @param out     for what it prints; replaced.
     * @param err     for its errors; replaced.
     * @return nanoseconds from start to end of the process.
     * @throws IOException if it cannot be started, or fails; the message has its errors.
     */
    public static long time(final List<String> command, final Path out, final Path err) throws IOException {
        final long start = System.nanoTime();
        final Process process = new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile())
                .start();
        process.getOutputStream().close();
        final int status = await(process);
        final long nanos = System.nanoTime() - start;
        requireSuccess(command, status, Files.readString(err));
        return nanos;
    }

    /**
     * Runs a program to its end.
     *
     * @param folder  to run in.
     * @param command program and arguments.
     * @return what it printed, errors included.
     * @throws IOException if it cannot be started, or fails; the message has its output.
     */
    public static String output(final Path folder, final String... command) throws IOException {
        final Process process = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        final String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        requireSuccess(List.of(command), await(process), output);
        return output;
    }

    /**
     * Refuses a failure.
     *
     * @param command program and arguments.
     * @param status  with which it ended.
     * @param output  of the program.
     * @throws IOException if the status is not 0.
     */
    public static void requireSuccess(final List<String> command, final int status, final String output)
            throws IOException {
        if (status != 0) {
            throw new IOException(String.join(" ", command) + " ended with status " + status + ": " + output.strip());
        }
    }

    static int await(final Process process) throws IOException {
        try {
            return process.waitFor();
        } catch (final InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for a program", e);
        }
    }
}
