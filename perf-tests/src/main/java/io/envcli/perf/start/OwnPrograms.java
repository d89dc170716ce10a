package io.envcli.perf.start;

import io.envcli.perf.Run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The light commands of env-cli, over a small store. Threading: one thread. */
final class OwnPrograms {
    /** In the file that peers read too. */
    static final String NAME = "START_NAME";
    /** Its value there and in the store. */
    static final String VALUE = "start-value-4711";
    private static final String ENVIRONMENT = "start";
    private static final int VARIABLES = 20;

    private final Path folder;
    private final String launcher;
    private int edition;

    OwnPrograms(final Run.Context context, final Path folder) {
        this.folder = folder;
        launcher = context.root().resolve("bin/env-cli").toString();
    }

    /** {@return the small file} */
    Path file() {
        return folder.resolve("small.env");
    }

    /** Writes the file with values that the store does not have, so that its import has something to do. */
    private void writeFile() throws IOException {
        edition++;
        final StringBuilder text = new StringBuilder(NAME + "=" + VALUE + "\n");
        for (int i = 1; i < VARIABLES; i++) {
            text.append("START_VARIABLE_%d=value-%d-%d%n".formatted(i, i, edition));
        }
        Files.writeString(file(), text);
    }

    /**
     * Makes the store.
     *
     * @return the commands over it.
     * @throws IOException if the store cannot be made.
     */
    List<Program> prepare() throws IOException {
        final Program importing = new Program("env-cli import, 20 variables, power",
                store("import", "--env", ENVIRONMENT,
                        "--durability", "power", "--json", file().toString()),
                this::writeFile, "\"variables\":" + VARIABLES);
        importing.millis(folder);
        return List.of(Program.of("env-cli --version", "env-cli", launcher, "--version"),
                Program.of("env-cli --help", "import", launcher, "--help"),
                program("env-cli status", "\"variables\":" + VARIABLES, "status", "--json"),
                program("env-cli get", VALUE, "get", NAME, "--env", ENVIRONMENT),
                program("env-cli list", "START_VARIABLE_19", "list", "--env", ENVIRONMENT),
                program("env-cli history", "small.env", "history", NAME, "--env", ENVIRONMENT),
                program("env-cli log", "small.env", "log"),
                program("env-cli diff", "\"differences\":[]", "diff", ENVIRONMENT, ENVIRONMENT, "--json"),
                program("env-cli rollback --dry-run", "\"differences\":[", "rollback", "1", "--dry-run", "--json"),
                program("env-cli run", VALUE, "run", "--env", ENVIRONMENT, "--", "printenv", NAME),
                program("env-cli scan, a small file", NAME, "scan", source().toString()),
                Program.of("env-cli completion bash", "complete -F", launcher, "completion", "bash"),
                Program.of("the tab key, for a variable's name", NAME, launcher, "__complete", "get", "--store",
                        folder.resolve("store").toString(), "--key-file", folder.resolve("key").toString(), "--env",
                        ENVIRONMENT, "START_N"),
                importing);
    }

    private Path source() throws IOException {
        return Files.writeString(folder.resolve("app.js"), "const name = process.env." + NAME + ";\n");
    }

    private Program program(final String name, final String proof, final String... arguments) {
        return new Program(name, store(arguments), Program.Preparation.NONE, proof);
    }

    private List<String> store(final String... arguments) {
        final List<String> command = new ArrayList<>(List.of(launcher));
        command.addAll(List.of(arguments));
        command.addAll(1 + 1, List.of("--store", folder.resolve("store").toString(), "--key-file",
                folder.resolve("key").toString()));
        return command;
    }
}
