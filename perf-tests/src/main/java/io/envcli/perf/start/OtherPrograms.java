package io.envcli.perf.start;

import io.envcli.perf.Programs;
import io.envcli.perf.Run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What the commands are compared with.
 *
 * @param context where the checkout is, and where to print.
 * @param folder  to compile into, and to try programs in.
 * @param file    dotenv text with {@link OwnPrograms#NAME}.
 */
record OtherPrograms(Run.Context context, Path folder, Path file) {
    /** The name of the empty Java program, which others are compared with. */
    static final String EMPTY_JAVA = "empty Java main, same JDK";

    /**
     * Finds out what is installed.
     *
     * @return programs that work.
     * @throws IOException if the empty program cannot be compiled.
     */
    List<Program> prepare() throws IOException {
        final List<Program> programs = new ArrayList<>(List.of(emptyJava()));
        final Path modules = context.root().resolve("perf-tests/target/peers/node_modules/.bin/dotenvx");
        addIfWorking(programs, Program.of("rg --version", "ripgrep", "rg", "--version"));
        addIfWorking(programs, Program.of("dotenvx get", OwnPrograms.VALUE, modules.toString(), "get",
                OwnPrograms.NAME, "-f", file.toString()));
        addIfWorking(programs, Program.of("dotenv get (python-dotenv)", OwnPrograms.VALUE, "/usr/bin/python3", "-m",
                "dotenv", "-f", file.toString(), "get", OwnPrograms.NAME));
        return programs;
    }

    private Program emptyJava() throws IOException {
        final Path source = folder.resolve("Empty.java");
        Files.writeString(source, """
                public final class Empty {
                    public static void main(final String[] arguments) {}
                }
                """);
        final Path bin = Path.of(System.getProperty("java.home"), "bin");
        Programs.output(folder, bin.resolve("javac").toString(), "-d", folder.toString(), source.toString());
        return Program.of(EMPTY_JAVA, "", bin.resolve("java").toString(), "-cp", folder.toString(), "Empty");
    }

    private void addIfWorking(final List<Program> programs, final Program program) {
        try {
            program.millis(folder);
            programs.add(program);
        } catch (final IOException | IllegalStateException e) {
            context.out().printf("%s: skipped: %s%n", program.name(),
                    String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
        }
    }
}
