package io.envcli.cli;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** What a user may not read. Nobody keeps root from reading, so the commands run as another user where the tests are root. */
class UnreadableFilesIT {
    private static final int NOBODY = 65_534;

    @TempDir
    Path folder;
    private Sandbox sandbox;
    private Launcher launcher;
    private final List<String> asUser = new ArrayList<>();

    @BeforeEach
    void becomeAnOrdinaryUser() throws Exception {
        sandbox = new Sandbox(folder);
        launcher = new Launcher(sandbox);
        if (ProcessHandle.current().info().user().orElse("").equals("root")) {
            assumeTrue(Launcher.installed("setpriv"), "skipped: run by root, and setpriv is not installed");
            asUser.addAll(List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"));
        }
        sandbox.file("tree/.env", "A=new\n");
        sandbox.file("tree/ok/.env", "A=new\n");
        sandbox.file("tree/no/.env", "A=new\n");
        own();
        assumeTrue(run("--version").status() == 0, "skipped: an ordinary user cannot run the build from where it lies");
        assertEquals(0, exec("before", "put", "A").status());
    }

    /** Gives everything to the user. */
    private void own() throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        if (!asUser.isEmpty()) {
            try (Stream<Path> paths = Files.walk(folder)) {
                for (final Path path : (Iterable<Path>) paths::iterator) {
                    Files.setAttribute(path, "unix:uid", NOBODY);
                }
            }
        }
    }

    private Launcher.Result exec(final String stdin, final String... arguments) throws Exception {
        final List<String> command = new ArrayList<>(asUser);
        command.add(Launcher.SCRIPT.toString());
        command.addAll(List.of(arguments));
        return launcher.exec(stdin.getBytes(StandardCharsets.UTF_8), command);
    }

    private Launcher.Result run(final String... arguments) throws Exception {
        return exec("", arguments);
    }

    /** A path, the mode it gets, and what the error must name. */
    private record Case(String path, String mode, String named) {}

    @Test
    void whatCannotBeReadIsNamedAndNothingIsImported() throws Exception {
        for (final Case each : List.of(new Case("tree/no", "---------", "tree/no"),
                new Case("tree/no", "r--------", "tree/no/.env"),
                new Case("tree/no/.env", "---------", "tree/no/.env"))) {
            mode(each.path, each.mode);
            final Launcher.Result imported = run("import", "tree");
            mode(each.path, "rwx------");
            assertEquals(2, imported.status(), each + ": " + imported.err());
            assertEquals("", imported.out());
            assertTrue(imported.err().startsWith("env-cli: " + each.named + ": "), imported.err());
            assertTrue(imported.err().contains("permission denied; nothing was imported"), imported.err());
            assertEquals("before\n", sandbox.run("get", "A").out());
            assertEquals("default\n", sandbox.run("list", "--environments").out());
            assertEquals(1L, sandbox.run("status", "--json").json().get("version"), "as it was");
            assertEquals(0, sandbox.run("verify").status());
        }
    }

    private void mode(final String path, final String mode) throws IOException {
        Files.setPosixFilePermissions(folder.resolve(path), PosixFilePermissions.fromString(mode));
    }

    @Test
    void whatIsNotTakenNeedNotBeReadable() throws Exception {
        for (final String path : List.of("tree/.git/config", "tree/ok/node_modules/.env", "tree/notes.txt")) {
            sandbox.file(path, "A=no\n");
        }
        own();
        for (final String path : List.of("tree/.git", "tree/ok/node_modules", "tree/notes.txt")) {
            mode(path, "---------");
        }
        final Launcher.Result imported = run("import", "tree");
        for (final String path : List.of("tree/.git", "tree/ok/node_modules")) {
            mode(path, "rwx------");
        }
        assertEquals(0, imported.status(), imported.err());
        assertEquals("new\n", sandbox.run("get", "A", "--env", "ok").out());
    }

    @Test
    void aStoreOfSomebodyElseIsRefused() throws Exception {
        assumeTrue(!asUser.isEmpty(), "skipped: needs root, to be somebody else");
        assertEquals(0, launcher.run("put", "--store", "theirs", "--key-file", "their-key", "A").status());
        for (final String verb : List.of("get A", "import tree")) {
            final Launcher.Result result = run((verb + " --store theirs --key-file their-key").split(" ", -1));
            assertEquals(2, result.status(), verb);
            assertTrue(result.err().contains("theirs: permission denied"), verb + ": " + result.err());
        }
    }
}
