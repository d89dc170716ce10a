package io.envcli.cli;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Files that are none, links that lead astray, names that look like something else: nothing hangs, and nothing is hidden. */
@Timeout(60)
final class HostileFilesTest {
    private static final String ESCAPE = "\u001b]0;owned\u0007\u001b[2J";
    private static final long HUGE = 100L << 30;

    @TempDir
    Path folder;
    private Sandbox sandbox;
    private Path tree;

    @BeforeEach
    void makeTree() throws IOException {
        sandbox = new Sandbox(folder);
        sandbox.file("tree/.env", "GOOD=1\n");
        tree = folder.resolve("tree");
    }

    private Path fifo(final String name) throws IOException, InterruptedException {
        final Path fifo = folder.resolve(name);
        assumeTrue(Launcher.installed("mkfifo"), "mkfifo is not installed");
        assertEquals(0, new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor());
        return fifo;
    }

    private Path sparse(final String name) throws IOException {
        final Path file = folder.resolve(name);
        try (RandomAccessFile made = new RandomAccessFile(file.toFile(), "rw")) {
            made.setLength(HUGE);
        } catch (final IOException e) {
            assumeTrue(false, "the file system takes no sparse file of 100 GB: " + e.getMessage());
        }
        return file;
    }

    private static void refused(final Sandbox.Result result, final String reason) {
        assertEquals(2, result.status(), result.out() + result.err());
        assertTrue(result.err().contains(reason), result.err());
        assertEquals("", result.out());
    }

    @Test
    void aFolderWithTrapsIsImportedWithoutThem() throws Exception {
        final Path outside = sandbox.file("outside/secret.env", "STOLEN=1\n");
        Files.createSymbolicLink(tree.resolve("dangling.env"), Path.of("nowhere"));
        Files.createSymbolicLink(tree.resolve("self.env"), Path.of("self.env"));
        Files.createSymbolicLink(tree.resolve("escape.env"), Path.of("../outside/secret.env"));
        Files.createSymbolicLink(tree.resolve("absolute.env"), outside);
        Files.createSymbolicLink(tree.resolve("device.env"), Path.of("/dev/zero"));
        Files.createSymbolicLink(tree.resolve("loop"), Path.of("."));
        Files.createSymbolicLink(tree.resolve("loop.env"), Path.of("."));
        Files.createDirectories(tree.resolve("below"));
        Files.createSymbolicLink(tree.resolve("below/inside.env"), Path.of("../.env"));
        fifo("tree/pipe.env");
        final Sandbox.Result result = sandbox.run("import", tree.toString());
        assertEquals(1, result.status(), result.err());
        for (final String skipped : List.of("dangling.env: a link to a file that is not there",
                "self.env: a link that leads nowhere", "escape.env: a link out of the folder",
                "absolute.env: a link out of the folder", "device.env: a link out of the folder",
                "pipe.env: a pipe, socket or device")) {
            assertTrue(result.err().contains(tree + "/" + skipped) && result.err().contains("; skipped"),
                    skipped + " in " + result.err());
        }
        assertEquals("1\n", sandbox.run("get", "GOOD").out());
        assertEquals("1\n", sandbox.run("get", "GOOD", "--env", "below/inside").out());
        assertEquals(1, sandbox.run("get", "STOLEN", "--env", "escape").status());
        final List<?> skipped = sandbox.run("import", tree.toString(), "--json").array("skipped");
        assertEquals(6, skipped.size());
        assertTrue(skipped.contains(Map.of("file", tree + "/dangling.env", "reason", "broken-link", "message",
                "a link to a file that is not there")), skipped.toString());
        for (final String label : List.of("link-outside", "not-a-file", "broken-link")) {
            assertTrue(skipped.toString().contains("reason=" + label), label + " in " + skipped);
        }
        assertFalse(skipped.toString().contains("reason=other"), skipped.toString());
        assertEquals("dry run: nothing would be imported, since files are skipped; nothing was changed",
                sandbox.run("import", tree.toString(), "--strict", "--dry-run").err().lines().toList().getLast());
        final Sandbox.Result strict = sandbox.run("import", tree.toString(), "--strict");
        assertEquals(1, strict.status());
        assertTrue(strict.err().contains("nothing was imported: 6 files were skipped"), strict.err());
        final Sandbox.Result dry = sandbox.run("import", tree.toString(), "--dry-run", "--prune");
        assertEquals(1, dry.status());
        assertTrue(dry.err().contains("nothing would be imported"), dry.err());
        final Sandbox.Result outright = sandbox.run("import", tree.resolve("escape.env").toString());
        assertEquals(0, outright.status(), outright.err());
    }

    @Test
    void excludeLeavesOutNamesAndPaths() throws IOException {
        sandbox.file("tree/a/.env", "A=1\n");
        sandbox.file("tree/a/vendor/x/.env", "V=1\n");
        sandbox.file("tree/b/test.env", "T=1\n");
        sandbox.file("tree/b/c/prod.env", "P=1\n");
        Files.createSymbolicLink(tree.resolve("dangling.env"), Path.of("nowhere"));
        final Sandbox.Result result = sandbox.run("import", tree.toString(), "--exclude", "vendor", "--exclude",
                "{test,dangling}.env", "--exclude", "b/c/*.env", "--json");
        assertEquals(0, result.status(), result.err());
        assertEquals(2, result.number("files"));
        assertEquals(4, sandbox.run("import", tree.toString(), "--exclude", "**/x/", "--exclude=dangling.env", "--json")
                .number("files"));
        refused(sandbox.run("import", tree.toString(), "--exclude", "[x"), "'[x' is no glob");
        refused(sandbox.run("import", tree.toString(), "--exclude", "*"), "no dotenv files below");
        refused(sandbox.run("import", tree.toString(), "--exclude", ""), "the value of --exclude is empty");
    }

    @Test
    void devicesAreNotRead() throws IOException {
        refused(sandbox.run("import", "/dev/zero"), "/dev/zero: a device");
        refused(sandbox.run("import", "--dry-run", "/dev/zero"), "/dev/zero: a device");
        refused(sandbox.run("parse", "/dev/zero"), "/dev/zero: a device");
        refused(sandbox.run("put", "NAME", "--from-file", "/dev/zero"), "longer than");
        refused(sandbox.run("put", "NAME", "--from-file", "/dev/zero", "--raw"), "longer than");
        sandbox.run("import", tree.toString());
        refused(sandbox.run("list", "--key-file", "/dev/zero"), "/dev/zero: the key can be accessed by others");
        refused(sandbox.run("list", "--store", "/dev/zero"), "not a store but a file");
        refused(sandbox.run("import", tree.toString(), "--store", "/dev/full"), "not a store but a file");
        assertEquals(0, sandbox.run("import", "/dev/null").status());
    }

    @Test
    void pipesThatAreNamedAreRead() throws Exception {
        final Path fifo = fifo("pipe");
        for (final String[] command : new String[][]{{"import", fifo.toString(), "--env", "piped"},
            {"parse", fifo.toString()}, {"put", "NAME", "--from-file", fifo.toString(), "--env", "put"}}) {
            final Process writer = new ProcessBuilder("sh", "-c", "printf 'PIPED=1\\n' > '" + fifo + "'").start();
            final Sandbox.Result result = sandbox.run(command);
            assertEquals(0, result.status(), result.err());
            assertEquals(0, writer.waitFor());
        }
        assertEquals("1\n", sandbox.run("get", "PIPED", "--env", "piped").out());
        assertEquals("PIPED=1\n", sandbox.run("get", "NAME", "--env", "put").out());
        Files.setPosixFilePermissions(fifo, Set.of(java.nio.file.attribute.PosixFilePermission.OWNER_READ,
                java.nio.file.attribute.PosixFilePermission.OWNER_WRITE));
        final Process writer = new ProcessBuilder("sh", "-c", "cat '" + sandbox.key() + "' > '" + fifo + "'").start();
        final Sandbox.Result piped = sandbox.run("get", "PIPED", "--env", "piped", "--key-file", fifo.toString());
        assertEquals("1\n", piped.out(), piped.err());
        assertEquals(0, writer.waitFor());
    }

    @Test
    void ofAHugeFileNoMoreIsReadThanIsNeeded() throws IOException {
        final Path huge = sparse("huge");
        sandbox.run("import", tree.toString());
        refused(sandbox.run("put", "NAME", "--from-file", huge.toString()), "longer than");
        Files.setPosixFilePermissions(huge, Set.of(java.nio.file.attribute.PosixFilePermission.OWNER_READ,
                java.nio.file.attribute.PosixFilePermission.OWNER_WRITE));
        refused(sandbox.run("list", "--key-file", huge.toString()), "not a key file");
        Files.move(huge, tree.resolve("huge.js"));
        assertEquals(0, sandbox.run("scan", tree.toString()).status());
    }

    @Test
    void namesThatLookLikeOptionsAreNames() throws IOException {
        final Path file = sandbox.file("--x.env", "DASH=1\n");
        assertEquals(0, sandbox.run("import", "--", file.toString()).status());
        assertEquals("1\n", sandbox.run("get", "DASH", "--env=-x").out());
        assertEquals("1\n", sandbox.run("get", "DASH", "--env", "-x").out());
        sandbox.file("tree2/--", "NO=1\n");
        sandbox.file("tree2/---.env", "YES=1\n");
        assertEquals(0, sandbox.run("import", folder.resolve("tree2").toString()).status());
        refused(sandbox.run("get", "YES", "--env=--"), "--env needs a value");
        assertTrue(sandbox.run("list", "--environments").out().contains("--"));
        assertEquals(0, sandbox.runWith("v", "put", "--env=-x", "--", "--help").status());
        assertEquals("v\n", sandbox.run("get", "--env=-x", "--", "--help").out());
        assertEquals(0, sandbox.run("unset", "--env=-x", "--", "--help").status());
    }

    @Test
    void pathsWithParentFoldersMakeNoEnvironmentOutsideTheTop() throws IOException {
        sandbox.file("other/.env", "UP=1\n");
        final Sandbox.Result result = sandbox.run("import", tree + "/../other",
                tree.resolve("../tree/.env").toString());
        assertEquals(0, result.status(), result.err());
        assertEquals("1\n", sandbox.run("get", "UP").out());
        assertEquals(2, sandbox.run("get", "UP", "--env", "../other").status());
        assertEquals(2, sandbox.runWith("x", "put", "UP", "--env", "a/../b").status());
    }

    /** What a terminal obeys is made harmless, whatever it stands in; what is piped is as it is. */
    @Test
    void nothingFromOutsideReachesATerminalRaw() throws IOException {
        final Path hostile = sandbox.file("tree/a" + ESCAPE + "/b.env",
                "GOOD=1\nE" + ESCAPE + "=1\n'E" + ESCAPE + "'=x\nBAD LINE " + ESCAPE + "\nV='" + ESCAPE + "'\n");
        sandbox.runWith("1", "put", "N" + ESCAPE);
        sandbox.runWith("2", "put", "N" + ESCAPE, "--env", "other");
        sandbox.runWith(ESCAPE, "put", "VALUE", "--env", "other");
        Files.createSymbolicLink(tree.resolve("x" + ESCAPE + ".env"), Path.of("nowhere" + ESCAPE));
        sandbox.terminals(false, true, true).set("NO_COLOR", "1");
        final List<List<String>> commands = new ArrayList<>();
        for (final String line : List.of("list", "list --reveal", "diff default other", "diff default other --reveal",
                "history VALUE --env other", "log", "status", "verify", "rollback 1 --dry-run", "rekey",
                "rekey --retire", "list --env other --reveal", "list --at 1")) {
            commands.add(List.of(line.split(" ", -1)));
        }
        for (final String verb : List.of("get", "history", "unset")) {
            commands.add(List.of(verb, "X" + ESCAPE));
            commands.add(List.of(verb, "N", "--env", "E" + ESCAPE));
        }
        commands.add(List.of("put", "X" + ESCAPE, "--from-file", "F" + ESCAPE));
        commands.add(List.of("import", tree.toString()));
        commands.add(List.of("import", tree.toString(), "--dry-run"));
        commands.add(List.of("import", tree.toString(), "--exclude", "[" + ESCAPE));
        commands.add(List.of("import", "P" + ESCAPE));
        commands.add(List.of("parse", hostile.toString()));
        commands.add(List.of("parse", hostile.toString(), "--reveal"));
        commands.add(List.of("scan", tree.toString()));
        commands.add(List.of("list", "--store", "S" + ESCAPE));
        commands.add(List.of("list", "--key-file", "K" + ESCAPE));
        commands.add(List.of("V" + ESCAPE));
        commands.add(List.of("list", "--o" + ESCAPE));
        commands.add(List.of("list", "--at", "T" + ESCAPE));
        commands.add(List.of("history", "N" + ESCAPE));
        commands.add(List.of("run", "--", "C" + ESCAPE));
        for (final List<String> command : commands) {
            final List<String> all = new ArrayList<>(command);
            all.add(command.contains("--") ? all.indexOf("--") : all.size(), "--no-color");
            final Sandbox.Result result = sandbox.run(all.toArray(String[]::new));
            final String shown = result.out() + result.err();
            assertFalse(Stream.of("\u001b", "\u0007").anyMatch(shown::contains),
                    () -> command + " printed " + Printable.line(shown));
        }
        sandbox.terminals(false, false, false);
        assertTrue(sandbox.run("list").out().contains("N" + ESCAPE), "piped it is as it is");
        assertEquals(ESCAPE + "\n", sandbox.run("get", "VALUE", "--env", "other").out());
    }
}
