package io.envcli.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Somebody who has just downloaded env-cli: an empty home, a bare environment, and nothing of the checkout. */
final class NewUser {
    private static final int TIMEOUT_S = 120;

    private final Path home;
    private final Map<String, String> environment = new HashMap<>();

    /** How a process ended, and what it wrote. */
    record Result(int status, String out, String err) {}

    NewUser(final Path home) throws IOException {
        this.home = Files.createDirectories(home);
        environment.put("HOME", home.toString());
        environment.put("LANG", "C.UTF-8");
        environment.put("PATH", home.resolve("bin") + ":/usr/bin:/bin");
        environment.put("ENV_CLI_JAVA_HOME", System.getProperty("java.home"));
    }

    NewUser set(final String name, final String value) {
        environment.put(name, value);
        return this;
    }

    Result run(final String... command) throws IOException, InterruptedException {
        final Path out = home.resolve(".out");
        final Path err = home.resolve(".err");
        final ProcessBuilder builder = new ProcessBuilder(List.of(command)).directory(home.toFile())
                .redirectInput(Path.of("/dev/null").toFile()).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        final Process process = builder.start();
        if (!process.waitFor(TIMEOUT_S, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("still running: " + List.of(command));
        }
        return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    Result shell(final String line) throws IOException, InterruptedException {
        return run("/bin/sh", "-c", line);
    }

    /** Runs what must end with status 0 and say nothing on stderr. */
    String quietly(final String line) throws IOException, InterruptedException {
        final Result result = shell(line);
        if (result.status != 0 || !result.err.isEmpty()) {
            throw new AssertionError(line + ": " + result);
        }
        return result.out;
    }
}
