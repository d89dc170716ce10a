package io.envcli.cli;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

class LauncherIT {
    private static final Path SAMPLES = Path.of("../samples").toAbsolutePath().normalize();

    @TempDir
    Path folder;
    private Sandbox sandbox;
    private Launcher launcher;

    @BeforeEach
    void launcher() {
        sandbox = new Sandbox(folder);
        launcher = new Launcher(sandbox);
    }

    private Launcher.Result shell(final String line) throws Exception {
        return launcher.exec(new byte[0], List.of("/bin/sh", "-c", line));
    }

    @Test
    void worksThroughLinksFromAnyFolder() throws Exception {
        final Path bin = Files.createDirectories(folder.resolve("my bin"));
        Files.createSymbolicLink(bin.resolve("absolute link"), Launcher.SCRIPT);
        Files.createSymbolicLink(bin.resolve("relative"), Path.of("absolute link"));
        final Launcher.Result expected = launcher.run("--version");
        assertEquals(0, expected.status(), expected.err());
        assertTrue(expected.out().matches("env-cli \\S+\n"), expected.out());
        assertEquals(expected, shell("'my bin/relative' --version"));
        assertEquals(expected, shell("cd 'my bin' && ./relative --version"));
        assertEquals(expected, shell("cd 'my bin' && PATH=\"$PWD:$PATH\" relative --version"));
        assertEquals(expected, shell("cd '" + Launcher.SCRIPT.getParent() + "' && sh env-cli --version"));
    }

    @Test
    void argumentsArriveAsTheyAre() throws Exception {
        final String name = " A 'b' \"c\" $HOME * \\ @file";
        assertEquals(0, launcher.runWith("1", "put", "--", name).status());
        assertEquals("1\n", launcher.run("get", name).out());
        assertEquals("Grüezi", launcher.runWith("A='Grüezi'", "parse", "-", "--reveal").out().strip().substring(2));
    }

    @Test
    void aWholeRoundShowsNoNoise() throws Exception {
        sandbox.set("JAVA_TOOL_OPTIONS", "-Dx=1").set("JDK_JAVA_OPTIONS", "-Dy=1").set("_JAVA_OPTIONS", "-Dz=1");
        final Launcher.Result imported = launcher.run("import", SAMPLES.toString());
        assertEquals(0, imported.status(), imported.err());
        assertEquals("", imported.err());
        assertTrue(imported.out().startsWith("Imported 138 variables from 9 files into 9 environments\n"),
                imported.out());
        for (final String line : List.of("get TZ --env services/web/production", "list --env services/api/staging",
                "export --env services/worker/staging", "verify", "status", "status --json")) {
            final Launcher.Result result = launcher.run(line.split(" ", -1));
            assertEquals(0, result.status(), line + ": " + result.err());
            assertEquals("", result.err(), line);
            assertFalse(result.out().isEmpty(), line);
        }
    }

    @Test
    void namesBeyondAsciiWorkInEveryLocale() throws Exception {
        final Path file = sandbox.file("Ärger/.env.größe", "SCHLÜSSEL_X=1\nA=ü\n");
        for (final String locale : List.of("C", "C.UTF-8", "POSIX")) {
            sandbox.set("LANG", locale).set("LC_ALL", locale);
            final Launcher.Result parsed = launcher.run("parse", file.toString(), "--reveal");
            assertTrue(parsed.out().contains("A=ü\n"), locale + ": " + parsed.out() + parsed.err());
        }
    }

    @Test
    void aReaderThatGoesAwayIsNoError() throws Exception {
        sandbox.file("large.env", "A=12345678901234567890\n".repeat(100_000));
        final Launcher.Result result = shell(
                "{ '" + Launcher.SCRIPT + "' parse large.env --quiet; echo $? >status; } | head -n 1");
        assertEquals("A\t20 bytes\n", result.out());
        assertEquals("", result.err());
        assertEquals("0\n", Files.readString(folder.resolve("status")));
    }

    @Test
    void aReaderOfAnyResultMayGoAway() throws Exception {
        final StringBuilder large = new StringBuilder();
        for (int i = 0; i < 20_000; i++) {
            large.append("NAME_").append(i).append("=12345678901234567890\n");
        }
        sandbox.file("large.env", large.toString());
        assertEquals(0, launcher.run("import", "large.env", "--env", "e", "--durability", "process").status());
        for (final String verb : List.of("list --env e", "list --env e --reveal", "export --env e",
                "export --env e --json", "diff 0 1", "import large.env --env f --dry-run --quiet")) {
            final Launcher.Result result = shell(
                    "{ '" + Launcher.SCRIPT + "' " + verb + "; echo $? >status; } | head -n 1 | wc -l");
            assertEquals("1", result.out().strip(), verb);
            assertEquals("", result.err(), verb);
            assertEquals(verb.startsWith("diff") ? "1\n" : "0\n", Files.readString(folder.resolve("status")), verb);
        }
    }

    @Test
    void theWidthOfTheTerminalIsKnown() throws Exception {
        assumeTrue(Launcher.installed("script"), "there is no script(1) to make a terminal with");
        assertEquals(0,
                launcher.runWith("1", "put", "A_RATHER_LONG_NAME_OF_A_VARIABLE", "--durability", "process").status());
        for (final int columns : new int[]{40, 60}) {
            final Launcher.Result result = shell(
                    "script -qec \"stty cols " + columns + "; NO_COLOR=1 '" + Launcher.SCRIPT
                            + "' list\" /dev/null");
            assertEquals(0, result.status(), result.err());
            final String longest = result.out().lines().map(String::stripTrailing)
                    .reduce("", (a, b) -> a.length() >= b.length() ? a : b);
            assertEquals(columns, longest.length(), result.out());
        }
    }

    @Test
    void aClosedStreamIsNotTakenForAFileOfTheJvm() throws Exception {
        assumeTrue(Files.exists(Path.of("/dev/fd/0")), "there is no /dev/fd here");
        final String script = "'" + Launcher.SCRIPT + "' ";
        final Launcher.Result put = shell(script + "put A <&-");
        assertEquals(2, put.status());
        assertTrue(put.err().contains("stdin cannot be read"), put.err());
        final Launcher.Result imported = shell(script + "import - <&-");
        assertEquals(2, imported.status(), imported.err());
        assertTrue(imported.err().contains("standard input: cannot be read"), imported.err());
        assertEquals(0, launcher.runWith("1", "put", "A").status());
        assertEquals(2, shell(script + "list >&-").status());
        assertEquals(0, shell(script + "unset A 2>&-").status());
        assertEquals(0, launcher.run("verify").status());
    }

    @Test
    void aFullDiskBehindStdoutIsOne() throws Exception {
        assumeTrue(Files.exists(Path.of("/dev/full")), "there is no /dev/full here");
        final Launcher.Result result = shell("'" + Launcher.SCRIPT + "' --help >/dev/full");
        assertEquals(2, result.status());
        assertTrue(result.err().startsWith("env-cli: the result could not be written to stdout: "), result.err());
    }

    @Test
    void aFasterStartIsPreparedOnceForEachBuildAndADamagedCacheDoesNoHarm() throws Exception {
        final Path root = checkout();
        final Path aot = root.resolve("cli/target/aot");
        final String line = "ENV_CLI_BUILD= '" + root.resolve("bin/env-cli") + "' --version";
        final Launcher.Result first = shell("cd '" + root + "' && ENV_CLI_BUILD= bin/env-cli --version");
        assertEquals("preparing a faster start (first use of this build) ...\n", first.err());
        final Launcher.Result second = shell(line);
        assertEquals("", second.err());
        assertEquals(first.out(), second.out());
        assertEquals("0", shell("cd / && XDG_CACHE_HOME='" + folder + "/cache' ENV_CLI_BUILD= '"
                + root.resolve("bin/env-cli") + "' scan '" + Files.createDirectory(folder.resolve("sources"))
                + "' >/dev/null; echo $?").out().strip(), "prepared in one folder, used in another");
        final List<Path> caches = files(aot, ".aot");
        assertEquals(3, caches.size(), () -> "see " + aot.resolve("training.log"));
        for (final Path cache : caches) {
            final byte[] content = Files.readAllBytes(cache);
            Files.write(cache, Arrays.copyOf(content, 100_000));
            assertEquals(second, shell(line), "cut off");
            Files.write(cache, content);
        }
        zeroPages(caches.getFirst());
        files(aot, ".boot").forEach(LauncherIT::delete); // as if the machine had been booted since
        assertEquals(second, shell(line), "pages zeroed");
        assertEquals(List.of(), files(aot, ".aot"));
        assertEquals(first, shell(line), "made anew");
        assertEquals(3, files(aot, ".aot").size());
        Files.delete(root.resolve("cli/target/env-cli.id"));
        Files.writeString(root.resolve("cli/target/env-cli.id"), "0123abcd\n");
        assertEquals(first, shell(line), "another build");
        files(aot, "").forEach(
                file -> assertTrue(String.valueOf(file.getFileName()).matches("0123abcd-.*|training.log"),
                        file::toString));
        afterAMove(root);
    }

    /** The JVM takes the cache at the new place too, and believes the jars at the old one. */
    private void afterAMove(final Path root) throws Exception {
        sandbox.file("sources/a.js", "process.env.PORT\n");
        final Path moved = Files.move(root, folder.resolve("moved"));
        final String program = "ENV_CLI_BUILD= XDG_CACHE_HOME='" + folder + "/moved cache' '"
                + moved.resolve("bin/env-cli");
        final Launcher.Result scanned = shell(program + "' scan '" + folder.resolve("sources") + "' --json");
        assertEquals(0, scanned.status(), scanned.err());
        assertEquals("", scanned.err());
        assertEquals(1, files(folder.resolve("moved cache/env-cli/scan"), "").size(), "its jars were found");
        final String checks = shell(program + "' doctor").out();
        assertTrue(checks.contains("all those of " + moved.resolve("cli/target/env-cli.jvm")), checks);
        assertTrue(checks.contains("in use, from " + moved.resolve("cli/target/aot")), checks);
    }

    /** What java is started with, by one that only tells. */
    @Test
    void eachVerbStartsWithItsCacheAndItsCompilers() throws Exception {
        final Path root = checkout();
        fakeJava();
        final String id = Files.readString(root.resolve("cli/target/env-cli.id")).strip();
        for (final String kind : List.of("write", "read", "light")) {
            sandbox.file("check out/cli/target/aot/" + id + "-25+1-" + kind + ".aot", "");
        }
        for (final String line : List.of("light get A", "light put --help", "read get A --json", "write put A",
                "read run -- sh -c x --help", "read run --help", "light rollback 1 --dry-run",
                "read rollback 1 --dry-run --json", "read rollback --json --dry-run 1", "write rollback 1 --json")) {
            final String arguments = line.substring(line.indexOf(' ') + 1);
            assertTrue(started(root, arguments).contains("-25+1-" + line.split(" ", 2)[0] + ".aot\n"), line);
        }
        final String onlyC1 = "-XX:TieredStopAtLevel=1\n";
        for (final String line : List.of("scan .", "scan . --secrets --json")) {
            assertTrue(started(root, line).contains(onlyC1), line);
        }
        for (final String line : List.of("scan . --against e", "scan --against=e .", "scan . --store-secrets",
                "get A")) {
            assertFalse(started(root, line).contains(onlyC1), line);
        }
    }

    @Test
    void whatIsInstalledAtTwoPlacesHasTwoFoldersOfCaches() throws Exception {
        fakeJava();
        final Path root = checkout();
        Files.move(root.resolve("cli/target"), root.resolve("libexec"));
        Files.createSymbolicLink(folder.resolve("link"), root);
        final String caches = "-Denvcli.aot=" + folder.resolve("cache/env-cli/aot");
        final String here = caches + root.toRealPath() + "\n";
        assertTrue(started(root, "doctor").contains(here));
        assertTrue(started(folder.resolve("link"), "doctor").contains(here));
        final Path moved = Files.move(root, folder.resolve("moved"));
        assertTrue(started(moved, "doctor").contains(caches + moved.toRealPath() + "\n"));
        sandbox.set("HOME", "").set("XDG_CACHE_HOME", "");
        assertTrue(started(moved, "doctor").contains("-Denvcli.aot=\n"), "no home, so nowhere to keep them");
    }

    private void fakeJava() throws IOException {
        sandbox.file("jdk/bin/java", "#!/bin/sh\nprintf '%s\\n' \"$@\"\n").toFile().setExecutable(true);
        sandbox.file("jdk/release", "JAVA_VERSION=\"25\"\nJAVA_RUNTIME_VERSION=\"25+1\"\n");
        sandbox.set("ENV_CLI_JAVA_HOME", folder.resolve("jdk").toString());
    }

    private String started(final Path root, final String arguments) throws Exception {
        final Launcher.Result result = shell("'" + root.resolve("bin/env-cli") + "' " + arguments);
        assertEquals(0, result.status(), result.err());
        return result.out();
    }

    /** Names of the launcher's own variables, in the user's environment, and files named as its own beside the user's. */
    @Test
    void nothingOfTheUsersIsTakenForItsOwn() throws Exception {
        final Path root = checkout();
        final Path here = Files.createDirectory(folder.resolve("here"));
        final List<String> names = List.of("a.env", ".sums", ".boot");
        for (final String name : names) {
            Files.writeString(here.resolve(name), "A=1\n");
        }
        Files.delete(root.resolve("cli/target/env-cli.id"));
        for (final String unset : List.of("ENV_CLI_BUILD= ", "env -u HOME verify=-junk patience=-junk caches= ")) {
            final Launcher.Result result = shell(
                    "cd '" + here + "' && " + unset + "'" + root.resolve("bin/env-cli") + "' --version");
            assertEquals(0, result.status(), result.err());
            assertEquals(names.size(), files(here, "").size());
        }
    }

    private static void zeroPages(final Path file) throws IOException {
        final byte[] content = Files.readAllBytes(file);
        for (int page = 100; page < content.length / 4096; page += 100) {
            Arrays.fill(content, page * 4096, (page + 1) * 4096, (byte) 0);
        }
        Files.write(file, content);
    }

    private static void delete(final Path file) {
        try {
            Files.delete(file);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the launcher needs of a checkout: links to what was built, and no sources. */
    private Path checkout() throws IOException {
        final Path root = Files.createDirectories(folder.resolve("check out"));
        final Path target = Files.createDirectories(root.resolve("cli/target"));
        Files.createDirectory(root.resolve("bin"));
        final Path original = Launcher.SCRIPT.resolveSibling("..").normalize();
        for (final String script : List.of("bin/env-cli", "bin/find-jdk.sh")) {
            Files.copy(original.resolve(script), root.resolve(script), StandardCopyOption.COPY_ATTRIBUTES);
        }
        for (final String built : List.of("env-cli.jar", "env-cli.jvm", "env-cli.light",
                "env-cli.id",
                "env-cli.stamp", "lib")) {
            Files.createSymbolicLink(target.resolve(built), original.resolve("cli/target").resolve(built));
        }
        return root;
    }

    private static List<Path> files(final Path directory, final String suffix) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(suffix)).toList();
        }
    }

    @Test
    void withoutAJdkItSaysSoInOneLine() throws Exception {
        sandbox.set("ENV_CLI_JAVA_HOME", folder.resolve("no jdk").toString());
        final Launcher.Result result = launcher.run("--version");
        assertEquals(2, result.status());
        assertEquals("", result.out());
        assertEquals("env-cli: ENV_CLI_JAVA_HOME=" + folder.resolve("no jdk")
                + " is not a JDK 25; set it to the folder of one, or unset it\n", result.err());
    }

    @Test
    void anotherJdkIsToldApartByItsReleaseFile() throws Exception {
        final Path jdk = folder.resolve("jdk-21");
        sandbox.file("jdk-21/bin/java", "#!/bin/sh\necho must not run\n").toFile().setExecutable(true);
        sandbox.file("jdk-21/release", "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"21.0.25\"\n");
        sandbox.set("JAVA_HOME", jdk.toString());
        assertTrue(launcher.run("--version").out().startsWith("env-cli "), "JAVA_HOME is passed over");
        sandbox.set("ENV_CLI_JAVA_HOME", jdk.toString());
        assertEquals(2, launcher.run("--version").status());
    }

    @Test
    void aTerminalGetsColourUnlessItIsRefused() throws Exception {
        assumeTrue(Launcher.installed("script"), "script is not installed");
        sandbox.set("TERM", "xterm").set("SHELL", "/bin/sh");
        final String help = "script -qec \"'" + Launcher.SCRIPT + "' get --help%s\" /dev/null";
        assertTrue(shell(String.format(help, "")).out().contains("\u001b[1mExamples"));
        assertFalse(launcher.run("get", "--help").out().contains("\u001b"));
        sandbox.set("NO_COLOR", "1");
        assertFalse(shell(String.format(help, "")).out().contains("\u001b"));
    }
}
