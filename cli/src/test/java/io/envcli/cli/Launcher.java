package io.envcli.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs {@code bin/env-cli} as a user does: a process of its own, in a home of its own, with a bare environment. */
final class Launcher {
    /** Tests run in the module's folder. */
    static final Path SCRIPT = Path.of("../bin/env-cli").toAbsolutePath().normalize();
    private static final int TIMEOUT_S = 120;

    private final Sandbox sandbox;

    /** How a process ended, and what it wrote. */
    record Result(int status, String out, String err) {}

    Launcher(final Sandbox sandbox) {
        this.sandbox = sandbox;
        sandbox.set("PATH", String.valueOf(System.getenv("PATH"))).set("ENV_CLI_BUILD", "never").set("LANG", "C.UTF-8");
    }

    Result run(final String... arguments) throws IOException, InterruptedException {
        final List<String> command = new ArrayList<>(List.of(SCRIPT.toString()));
        command.addAll(List.of(arguments));
        return exec(new byte[0], command);
    }

    Result runWith(final String stdin, final String... arguments) throws IOException, InterruptedException {
        final List<String> command = new ArrayList<>(List.of(SCRIPT.toString()));
        command.addAll(List.of(arguments));
        return exec(stdin.getBytes(StandardCharsets.UTF_8), command);
    }

    /** Runs any program in the sandbox's home and environment. */
    Result exec(final byte[] stdin, final List<String> command) throws IOException, InterruptedException {
        Files.createDirectories(sandbox.folder().resolve("home"));
        final Path in = Files.write(sandbox.folder().resolve(".stdin"), stdin);
        final Path out = sandbox.folder().resolve(".stdout");
        final Path err = sandbox.folder().resolve(".stderr");
        final ProcessBuilder builder = new ProcessBuilder(command).directory(sandbox.folder().toFile())
                .redirectInput(in.toFile()).redirectOutput(out.toFile()).redirectError(err.toFile());
        final Map<String, String> environment = builder.environment();
        environment.clear();
        environment.putAll(sandbox.environment());
        final Process process = builder.start();
        if (!process.waitFor(TIMEOUT_S, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("still running: " + command);
        }
        return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    /** {@return whether a program is installed} */
    static boolean installed(final String program) {
        for (final String folder : String.valueOf(System.getenv("PATH")).split(":", -1)) {
            if (Files.isExecutable(Path.of(folder, program))) {
                return true;
            }
        }
        return false;
    }
}
