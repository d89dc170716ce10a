package io.envcli.cli;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** What a run leaves behind, and whom it talks to: nothing outside store, key and cache folders, and nobody. */
class FootprintIT {
    private static final Path SAMPLES = Path.of("../samples").toAbsolutePath().normalize();
    private static final Pattern CREATED = Pattern
            .compile("(?:open|openat|creat|mkdir|mkdirat|rename|renameat2?|link|linkat|symlink|symlinkat|mknod|mknodat)"
                    + "\\(.*\"((?:[^\"\\\\]|\\\\.)+)\"[^\"]*\\) += \\d+");

    @TempDir
    Path folder;
    private Sandbox sandbox;
    private Launcher launcher;

    @BeforeEach
    void launcher() throws IOException {
        sandbox = new Sandbox(folder);
        launcher = new Launcher(sandbox);
        sandbox.set("TMPDIR", Files.createDirectories(folder.resolve("tmp")).toString());
    }

    private Set<Path> tree(final Path root) throws IOException {
        try (Stream<Path> paths = Files.walk(root)) {
            return new TreeSet<>(paths.toList());
        }
    }

    @Test
    void homeAndTemporaryFolderStayAsTheyWere() throws Exception {
        final Path home = Files.createDirectories(folder.resolve("home"));
        Files.createDirectories(home.resolve(".config"));
        final Set<Path> homeBefore = tree(home);
        assertEquals(0, launcher.run("import", SAMPLES.toString()).status());
        assertEquals(0, launcher.run("get", "TZ", "--env", "services/web/production").status());
        assertEquals(0, launcher.run("verify").status());
        assertEquals(homeBefore, tree(home));
        assertEquals(Set.of(folder.resolve("tmp")), tree(folder.resolve("tmp")));
        try (Stream<Path> top = Files.list(folder)) {
            assertEquals(List.of(".stderr", ".stdin", ".stdout", "config", "data", "home", "tmp"),
                    top.map(path -> path.getFileName().toString()).filter(name -> !name.equals("cache")).sorted()
                            .toList());
        }
    }

    @Test
    void anImportOpensNoOutboundSocketAndLeavesNoFileElsewhere() throws Exception {
        assumeTrue(Launcher.installed("strace"), "strace is not installed");
        final Path trace = folder.resolve("trace");
        final Launcher.Result result = launcher.exec(new byte[0], List.of("strace", "-f", "-qq", "-s", "4096", "-e",
                "trace=network,open,openat,creat,mkdir,mkdirat,rename,renameat,renameat2,link,linkat,symlink,symlinkat,"
                        + "mknod,mknodat",
                "-o", trace.toString(), Launcher.SCRIPT.toString(), "import", SAMPLES.toString()));
        assumeTrue(!result.err().contains("ptrace"), "strace may not trace here: " + result.err());
        assertEquals(0, result.status(), result.err());
        final List<String> lines = Files.readAllLines(trace);
        assertTrue(lines.stream().anyMatch(line -> line.contains("O_CREAT")), "the trace shows what was written");
        // As it loads its network library, the JVM makes a socket or two to see whether this machine knows IPv6, and closes
        // them: a bare socket() talks to nobody. Everything that could is a finding.
        assertEquals(List.of(),
                lines.stream().filter(line -> line.contains("AF_INET") && !line.contains(" socket(AF_INET")).toList());
        assertEquals(List.of(), strangers(lines));
    }

    /** Paths made by the run that are still there, outside the folders where it may leave something. */
    private List<String> strangers(final List<String> lines) {
        final List<String> strangers = new ArrayList<>();
        for (final String line : lines) {
            final Matcher matcher = CREATED.matcher(line);
            if (!matcher.find() || (line.contains("open") && !line.contains("O_CREAT"))) {
                continue;
            }
            final String path = matcher.group(1);
            final boolean own = Stream.of("data", "config", "cache").map(name -> folder.resolve(name).toString())
                    .anyMatch(path::startsWith);
            if (!own && !path.startsWith("/dev/") && Files.exists(folder.resolve(path))) {
                strangers.add(line);
            }
        }
        return strangers;
    }
}
