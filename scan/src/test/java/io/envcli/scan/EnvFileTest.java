package io.envcli.scan;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** The files of definitions that compose files name. The tree of the fixture has its truth beside it. */
class EnvFileTest {
    @TempDir
    Path folder;

    private static ScanReport scan(final Scanner scanner, final Path path, final boolean follows) throws IOException {
        return scanner.scan(new ScanRequest(List.of(path), path, true, false, follows, List.of(), List.of(), 2));
    }

    private static List<String> told(final ScanReport report, final Path tree) {
        final List<String> told = new ArrayList<>();
        report.uses().forEach(use -> told.add(use.file() + ":" + use.line() + " " + use.name()
                + (use.kind() == Use.Kind.DEFINITION ? " +" : "")));
        report.problems().forEach(problem -> told.add(problem.file() + ": " + problem.reason()));
        return told.stream().map(line -> line.replace(tree + "/", "")).toList();
    }

    private List<String> scanned() throws IOException {
        return told(scan(new Scanner(), folder, false), folder);
    }

    private void write(final String name, final String text) throws IOException {
        final Path file = folder.resolve(name);
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, text);
    }

    private static String compose(final String envFile) {
        return "services:\n  a:\n    env_file: " + envFile + "\n";
    }

    @Test
    void everyFormOfTheFixture() throws Exception {
        final Path fixture = Path.of(Objects.requireNonNull(EnvFileTest.class.getResource("env_file")).toURI());
        final Path tree = fixture.resolve("tree");
        final ScanReport report = scan(new Scanner(), tree, false);
        assertEquals(Files.readString(fixture.resolve("truth.txt")).strip(), String.join("\n", told(report, tree)));
        assertTrue(report.uses().stream().filter(use -> use.file().endsWith(".txt"))
                .allMatch(use -> use.language().equals("dotenv") && use.confidence() == Confidence.ACCESSOR));
    }

    /** Two files of compose name it, one of them as optional. */
    @Test
    void requiredByOneIsRequired() throws Exception {
        write("a/compose.yml", compose("[{path: ../x.txt, required: false}]"));
        assertEquals(List.of(), scanned());
        write("b/compose.yml", compose("../x.txt"));
        assertEquals(List.of("x.txt: missing; named by env_file in b/compose.yml"), scanned());
        write("x.txt", "X_ONE=1\n");
        assertEquals(List.of("x.txt:1 X_ONE +"), scanned());
    }

    @Test
    void ignoredFilesAreRead() throws Exception {
        write(".ignore", "*.vars\n.env.local\n");
        write("compose.yml", compose("[a.vars, .env.local]"));
        write("a.vars", "A_ONE=1\n");
        write(".env.local", "LOCAL_ONE=1\n");
        assertEquals(List.of(".env.local:1 LOCAL_ONE +", "a.vars:1 A_ONE +"), scanned());
    }

    @Test
    void noFileOutsideOfWhatIsScannedIsRead() throws Exception {
        write("outside.txt", "OUTSIDE=1\n");
        write("tree/compose.yml", compose("[../outside.txt, link.txt, sub/outside.txt]"));
        Files.createSymbolicLink(folder.resolve("tree/link.txt"), folder.resolve("outside.txt"));
        Files.createSymbolicLink(folder.resolve("tree/sub"), folder);
        final Path tree = folder.resolve("tree");
        final String reason = ": outside of what is scanned; named by env_file in compose.yml";
        assertEquals(List.of(folder + "/outside.txt" + reason, "link.txt" + reason, "sub/outside.txt" + reason),
                told(scan(new Scanner(), tree, false), tree));
        assertTrue(told(scan(new Scanner(), tree, true), tree).contains("link.txt:1 OUTSIDE +"));
    }

    @Test
    @Timeout(60)
    void aFifoThatIsNamedDoesNotHang() throws Exception {
        write("compose.yml", compose("pipe"));
        final Process mkfifo = new ProcessBuilder("sh", "-c", "mkfifo pipe").directory(folder.toFile()).start();
        assumeTrue(mkfifo.waitFor() == 0, "mkfifo is not installed");
        assertEquals(List.of("pipe: no file; named by env_file in compose.yml"), scanned());
    }

    /** The compose file is not read again, the files that it names are. */
    @Test
    void theCacheKnowsWhatIsNamed() throws Exception {
        assumeTrue(folder.getFileSystem().supportedFileAttributeViews().contains("unix"), "no cache here");
        final Path tree = folder.resolve("tree");
        write("tree/compose.yml", compose("[a.txt, {path: b.txt, required: false}, c.txt]"));
        write("tree/a.txt", "A_ONE=1\n");
        final Scanner cached = new Scanner(folder.resolve("cache"),
                InstantSource.offset(InstantSource.system(), Duration.ofHours(1)));
        final ScanReport first = scan(cached, tree, false);
        assertEquals(List.of("a.txt:1 A_ONE +", "c.txt: missing; named by env_file in compose.yml"),
                told(first, tree));
        assertEquals(first, scan(cached, tree, false));
        write("tree/b.txt", "B_ONE=1\n");
        assertEquals(scan(new Scanner(), tree, false), scan(cached, tree, false));
        assertTrue(told(scan(cached, tree, false), tree).contains("b.txt:1 B_ONE +"));
    }

    @Test
    void noValueIsKept() throws Exception {
        write("compose.yml", compose("a.txt"));
        write("a.txt", "TOKEN=hunter2-very-secret\n");
        assertTrue(!scan(new Scanner(), folder, false).toString().contains("hunter2"));
    }
}
