package io.envcli.engine;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A {@link StoreChild}, as its parent has it. */
final class Child implements AutoCloseable {
    private final Process process;
    private final BufferedReader answers;
    private final BufferedWriter commands;

    private Child(final Process process) {
        this.process = process;
        this.answers = process.inputReader(StandardCharsets.UTF_8);
        this.commands = process.outputWriter(StandardCharsets.UTF_8);
    }

    /**
     * Starts a child.
     *
     * @param before what runs the JVM, {@code strace} for example; empty for none.
     * @param store  of the child.
     * @param key    of the store.
     */
    static Child start(final List<String> before, final Path store, final Path key) throws IOException {
        final List<String> command = new ArrayList<>(before);
        command.addAll(java());
        command.addAll(List.of(StoreChild.class.getName(), store.toString(), key.toString()));
        return new Child(new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
    }

    /** {@return the start of a command line that runs a class of these tests in a JVM as this one} */
    static List<String> java() {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--") || argument.startsWith("-D")).forEach(command::add);
        command.addAll(List.of("-XX:-CreateCoredumpOnCrash", "-cp", System.getProperty("java.class.path")));
        return command;
    }

    /** Its process id; of what runs it, if anything does. */
    long pid() {
        return process.pid();
    }

    /** Tells the child to do something. */
    void tell(final String command) throws IOException {
        commands.write(command);
        commands.newLine();
        commands.flush();
    }

    /** The child's answer to what it was told. */
    String answer() throws IOException {
        final String answer = answers.readLine();
        if (answer == null) {
            throw new AssertionError("the child died");
        }
        return answer;
    }

    /** Has the child do something. */
    String ask(final String command) throws IOException {
        tell(command);
        return answer();
    }

    /** Has the child do something that must succeed; what it says of it. */
    String done(final String command) throws IOException {
        final String answer = ask(command);
        if (!answer.startsWith(StoreChild.DONE)) {
            throw new AssertionError(command + ": " + answer);
        }
        return answer.substring(StoreChild.DONE.length()).strip();
    }

    /** Kills the child and waits for its end. */
    @Override
    public void close() {
        process.destroyForcibly();
        boolean interrupted = false;
        while (process.isAlive()) {
            try {
                process.waitFor();
            } catch (final InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
