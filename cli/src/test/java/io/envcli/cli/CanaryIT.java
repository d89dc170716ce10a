package io.envcli.cli;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Canaries: values and names that are found nowhere else go through every verb; then everything that is left behind is
 * searched for them, in clear, in hexadecimal digits, in Base64 and in UTF-16.
 */
final class CanaryIT {
    private static final String VALUE = "canary-value-3f9d17c2b86e";
    /** What a rejected line holds is a value, too. */
    private static final String REJECTED = "canary-reject-71be20a4d95f";
    private static final String NAME = "CANARY_NAME_D40A8E61";
    private static final String ENVIRONMENT = "canary-environment-92c5";
    private static final String OTHER = "canary-other-value-0b6a44e1";
    /** Known by its form; put together here, so that nobody takes it for a real one. */
    private static final String TOKEN = "gh" + "p_" + "zQ8rT2yU6iO0pA4sD1fG7hJ3kL9xC5vB2nM6";

    @TempDir
    Path folder;
    private Sandbox sandbox;
    private final List<String> found = new ArrayList<>();

    @BeforeEach
    void sandbox() {
        sandbox = new Sandbox(folder.resolve("home"));
    }

    private static List<String> forms(final String canary) {
        final byte[] bytes = canary.getBytes(StandardCharsets.UTF_8);
        final List<String> forms = new ArrayList<>(List.of(canary, HexFormat.of().formatHex(bytes),
                new String(canary.getBytes(StandardCharsets.UTF_16LE), StandardCharsets.ISO_8859_1)));
        for (int shift = 0; shift < 3; shift++) { // Base64 of a text depends on what stands before it.
            final byte[] tail = canary.substring(shift).getBytes(StandardCharsets.UTF_8);
            final String encoded = Base64.getEncoder().withoutPadding().encodeToString(tail);
            forms.add(encoded.substring(0, encoded.length() - 2));
        }
        return forms;
    }

    private void search(final String where, final byte[] content, final String... canaries) {
        final String text = new String(content, StandardCharsets.ISO_8859_1);
        for (final String canary : canaries) {
            if (forms(canary).stream().anyMatch(text::contains)) {
                found.add(where + " holds " + canary);
            }
        }
    }

    /** Everything below a folder: contents, and names of files. */
    private void searchFiles(final Path top, final String... canaries) throws IOException {
        if (Files.notExists(top)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(top)) {
            for (final Path path : (Iterable<Path>) paths::iterator) {
                search("name of " + path, path.toString().getBytes(StandardCharsets.UTF_8), canaries);
                if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
                    search(path.toString(), Files.readAllBytes(path), canaries);
                }
            }
        }
    }

    private Sandbox.Result silent(final Sandbox.Result result, final int status, final String what) {
        assertEquals(status, result.status(), what + ": " + result.err());
        search("stdout of " + what, result.stdout(), VALUE, REJECTED, OTHER, TOKEN);
        search("stderr of " + what, result.err().getBytes(StandardCharsets.UTF_8), VALUE, REJECTED, OTHER, TOKEN);
        return result;
    }

    private void run(final int status, final String line) {
        silent(sandbox.run(line.split(" ", -1)), status, line);
    }

    private void everyVerb() throws IOException {
        final Path good = sandbox.file("sources/good/" + ENVIRONMENT + ".env", NAME + "=" + VALUE + "\nPLAIN=1\n");
        final Path bad = sandbox.file("sources/bad.env", "LINE " + REJECTED + "\nNUL='" + REJECTED + "\0'\n=" + REJECTED
                + "\nOPEN=\"" + REJECTED + "\nTWICE=" + REJECTED + "\nTWICE=x\n" + REJECTED + "\n");
        sandbox.file("tree/code.js",
                "const a = process.env." + NAME + "\nlet b = '" + VALUE + "'\nlet c = process.env.HUB || '" + TOKEN
                        + "'\n");
        run(0, "import " + good.getParent());
        silent(sandbox.run("import", bad.toString()), 1, "import with rejects");
        silent(sandbox.run("import", bad.toString(), "--strict", "--json"), 1, "strict import");
        silent(sandbox.run("import", bad.toString(), "--dry-run"), 1, "dry run");
        silent(sandbox.run("parse", bad.toString()), 1, "parse");
        silent(sandbox.runWith(OTHER, "put", "OTHER", "--env", ENVIRONMENT), 0, "put");
        silent(sandbox.runWith(REJECTED + "\0", "put", "OTHER", "--env", ENVIRONMENT), 2, "put of what cannot be");
        silent(sandbox.run("put", NAME, VALUE), 2, "put with the value as an argument");
        silent(sandbox.run("put", NAME + "=" + VALUE), 2, "put with an assignment as an argument");
        silent(sandbox.run("put", NAME, "--valeu=" + VALUE), 2, "put with an option misspelt");
        silent(sandbox.run("get", "PLAIN", "--json=" + VALUE), 2, "a value for a flag");
        run(0, "get PLAIN --env " + ENVIRONMENT);
        for (final String line : List.of("list", "list --json", "history " + NAME, "history " + NAME + " --json",
                "unset OTHER")) {
            run(0, line.replaceFirst(" --|$", " --env " + ENVIRONMENT + "$0"));
        }
        sandbox.runWith("1", "put", "PLAIN", "--env", "plain");
        run(0, "export --env plain");
        for (final String line : List.of("diff plain " + ENVIRONMENT, "diff plain " + ENVIRONMENT + " --json",
                "scan " + folder.resolve("home/tree") + " --store-secrets --exit-code",
                "scan " + folder.resolve("home/tree") + " --secrets --exit-code")) {
            run(1, line);
        }
        for (final String line : List.of("scan T --secrets", "scan T --secrets --json", "scan T --secrets --sarif",
                "doctor", "doctor --json", "completion bash", "completion zsh", "completion fish",
                "backup " + folder.resolve("home/data/copy"))) {
            run(0, line.replace(" T ", " " + folder.resolve("home/tree") + " "));
        }
        run(0, "rollback 1");
        for (final String line : List.of("log", "log --json", "status", "status --json", "verify", "rekey",
                "rekey --retire", "verify --json")) {
            run(0, line);
        }
        run(2, "get " + NAME + " --env " + ENVIRONMENT + " --key-file " + good);
    }

    private void searchEverything() throws IOException {
        searchFiles(sandbox.store(), VALUE, REJECTED, OTHER, TOKEN, NAME, ENVIRONMENT);
        for (final String own : List.of("config", "cache", "data", "home")) {
            searchFiles(folder.resolve("home").resolve(own), VALUE, REJECTED, OTHER, TOKEN, NAME, ENVIRONMENT);
        }
        searchFiles(folder.resolve("tmp"), VALUE, REJECTED, OTHER, TOKEN, NAME, ENVIRONMENT);
    }

    @Test
    void noVerbLeavesACanaryBehind() throws IOException {
        everyVerb();
        searchEverything();
        assertEquals(List.of(), found);
        assertEquals(VALUE + "\n", sandbox.run("get", NAME, "--env", ENVIRONMENT).out(),
                "they were there all the time");
    }

    @Test
    void aCanaryThatIsLeftIsFound() throws IOException {
        everyVerb();
        int leaks = 0;
        for (final String canary : List.of(VALUE, NAME, ENVIRONMENT)) {
            for (final String form : forms(canary)) {
                Files.write(sandbox.store().resolve("sealed-2").resolve("leak" + leaks++),
                        ("x" + form).getBytes(StandardCharsets.ISO_8859_1));
            }
        }
        Files.writeString(sandbox.key().resolveSibling(NAME), "");
        searchEverything();
        assertTrue(found.size() >= leaks + 1, found.toString());
    }

    /** As other users of the machine might watch: the arguments and the environment of a process at work, its files and modes. */
    @Test
    void aProcessAtWorkShowsNothing() throws Exception {
        final Launcher launcher = new Launcher(sandbox);
        sandbox.set("TMPDIR", Files.createDirectories(folder.resolve("tmp")).toString());
        sandbox.file("x.env", "PLAIN=1\n");
        final ProcessBuilder builder = new ProcessBuilder("sh", "-c", "umask 000; exec \"$0\" put " + NAME
                + " --env " + ENVIRONMENT, Launcher.SCRIPT.toString()).directory(sandbox.folder().toFile())
                .redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(sandbox.environment());
        final Process process = builder.start();
        final Path proc = Path.of("/proc", String.valueOf(process.pid()));
        try (OutputStream stdin = process.getOutputStream()) {
            stdin.write(VALUE.getBytes(StandardCharsets.UTF_8));
            stdin.flush();
            while (process.isAlive() && !Files.readString(proc.resolve("cmdline")).contains("io.envcli.cli.Main")) {
                Thread.onSpinWait();
            }
            search("cmdline", Files.readAllBytes(proc.resolve("cmdline")), VALUE);
            search("environ", Files.readAllBytes(proc.resolve("environ")), VALUE, NAME);
        }
        search("output", process.getInputStream().readAllBytes(), VALUE);
        assertEquals(0, process.waitFor());
        final Launcher.Result run = launcher.run("run", "--env", ENVIRONMENT, "--", "sh", "-c",
                "test -n \"$" + NAME + "\"");
        assertEquals(0, run.status(), run.err());
        search("output of run", (run.out() + run.err()).getBytes(StandardCharsets.UTF_8), VALUE);
        assertEquals(0, launcher.run("rekey").status());
        assertEquals(0, launcher.exec(new byte[0], List.of("sh", "-c", "umask 000; \"$0\" rekey && \"$0\" import x.env",
                Launcher.SCRIPT.toString())).status());
        searchEverything();
        assertEquals(List.of(), found);
        modes(sandbox.store());
        modes(sandbox.key().resolveSibling("."));
        assertEquals(VALUE + "\n", launcher.run("get", NAME, "--env", ENVIRONMENT).out());
    }

    private static void modes(final Path top) throws IOException {
        try (Stream<Path> paths = Files.walk(top.toRealPath())) {
            for (final Path path : (Iterable<Path>) paths::iterator) {
                assertEquals(Files.isDirectory(path) ? "rwx------" : "rw-------",
                        PosixFilePermissions.toString(Files.getPosixFilePermissions(path)), path.toString());
            }
        }
    }
}
