package io.envcli.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What the JVM is shown once after a build, so that it starts faster ever after: it runs verbs on a store in a temporary
 * folder, while the JVM notes in its AOT cache (JEP 483 and 514) which classes they load.
 *
 * <p>There are three caches, since the JVM loads all classes of a cache when it starts, whether the verb needs them or not: for
 * verbs that write, for those that read, and a light one for those that should be over in a moment, without JSON and
 * starting commands. The kernels stay scalar meanwhile: no cache can be made once the vector module is loaded.
 */
final class Training {
    private static final int VARIABLES = 200_000;

    private final Path folder;
    private final Shell shell;

    private Training(final Path folder) {
        this.folder = folder;
        this.shell = new Shell(InputStream.nullInputStream(), OutputStream.nullOutputStream(),
                OutputStream.nullOutputStream(), Map.of(), false, false, false);
    }

    /**
     * Writes to a store, reads from one, or asks it for little.
     *
     * @param args {@code write} and a folder to use, which must exist; then {@code read} or {@code light} and the same.
     * @throws IOException if the folder cannot be used.
     */
    public static void main(final String[] args) throws IOException {
        Main.prepare();
        Shell.ofProcess(); // for its classes, as those of Main
        final Training training = new Training(Path.of(args[1]));
        switch (args[0]) {
            case "write" -> training.write();
            case "read" -> training.read();
            case "light" -> training.light();
            default -> throw new IllegalArgumentException("there is no training '" + args[0] + "'");
        }
    }

    private void write() throws IOException {
        final Path large = Files.writeString(folder.resolve("large.env"), dotenv(VARIABLES));
        final Path small = Files.createDirectory(folder.resolve("small"));
        for (final String stage : List.of("staging", "production", "test")) {
            Files.writeString(small.resolve(".env." + stage),
                    "# " + stage + "\nLOG_LEVEL=info\nNAME=\"" + stage + "\"\n");
        }
        require(verb("import", small.toString()), verb("import", large.toString(), "--durability", "process"));
        require(verb("unset", "NAME", "--env", "test"));
        require(verb(new Shell(new ByteArrayInputStream("debug".getBytes(StandardCharsets.UTF_8)), shell.stdout(),
                shell.stderr(), shell.environment(), false, false, false), "put", "LOG_LEVEL", "--env", "test"));
        require(verb("rollback", "3"));
    }

    private void read() throws IOException {
        require(verb("parse", "--json", folder.resolve("large.env").toString()), verb("verify"));
        require(verb("export", "--env", "staging"), verb("export", "--env", "staging", "--format", "json"));
        readSources();
        light();
        require(verb("status", "--json"), verb("get", "LOG_LEVEL", "--env", "staging", "--json"),
                verb("list", "--env", "staging", "--reveal", "--json"), verb("log", "--json"));
        // Everything but the command: that would end this.
        expect(ExitStatus.NO_COMMAND, verb("run", "--env", "staging", "--", folder.resolve("none").toString()));
    }

    private void light() {
        require(verb("--help"), verb("get", "--help"), verb("--version"), verb("status"));
        require(verb("get", "LOG_LEVEL", "--env", "staging"), verb("list", "--env", "staging"));
        lightVersions();
        require(verb("completion", "bash"), verb(Completion.WORD, "get", "--store", folder.resolve("store").toString(),
                "--key-file", folder.resolve("key").toString(), "--env", "staging", "LOG"));
    }

    private void lightVersions() {
        require(verb("log"), verb("history", "LOG_LEVEL", "--env", "staging"), verb("rollback", "1", "--dry-run"),
                verb("get", "LOG_LEVEL", "--env", "staging", "--at", "1"));
        expect(ExitStatus.NO, verb("diff", "staging", "production"), verb("diff", "1", "2"));
    }

    private void readSources() throws IOException {
        final Path sources = Files.createDirectories(folder.resolve("sources"));
        Files.writeString(sources.resolve("app.js"), "const level = process.env.LOG_LEVEL || 'info';\n");
        Files.writeString(sources.resolve("app.py"), "import os\nname = os.environ['NAME']\n");
        require(verb("scan", sources.toString()), verb("scan", sources.toString(), "--json"),
                verb("scan", sources.toString(), "--secrets"));
        require(verb("scan", sources.toString(), "--against", "staging"));
    }

    private static String dotenv(final int variables) {
        final StringBuilder text = new StringBuilder();
        for (int i = 0; i < variables; i++) {
            text.append(i % 7 == 0 ? "SERVICE_DATABASE_URL_" : "CACHE_TTL_").append(i).append('=');
            switch (i % 16) {
                case 0 -> text.append('"').append("quoted value with spaces ").append(i).append('"');
                case 1 -> text.append("'single quoted # value' # and a comment");
                default -> text.append("postgres://app:secret@db.internal:5432/app", 0, 4 + i % 39).append(i);
            }
            text.append('\n');
        }
        return text.toString();
    }

    private ExitStatus verb(final String... arguments) {
        return verb(shell, arguments);
    }

    private ExitStatus verb(final Shell with, final String... arguments) {
        final List<String> all = arguments[0].startsWith("-") || List.of(arguments).contains("--help")
                || List.of("parse", Completion.WORD).contains(arguments[0])
                        ? List.of(arguments)
                        : Stream.concat(Stream.of("--store", folder.resolve("store").toString(), "--key-file",
                                folder.resolve("key").toString()), Stream.of(arguments)).toList();
        return Cli.run(all, with);
    }

    /** What fails would leave a cache that helps nobody, and nobody would notice. */
    private static void require(final ExitStatus... statuses) {
        expect(ExitStatus.DONE, statuses);
    }

    private static void expect(final ExitStatus expected, final ExitStatus... statuses) {
        for (final ExitStatus status : statuses) {
            if (status != expected) {
                throw new IllegalStateException("a verb ended with " + status);
            }
        }
    }
}
