package io.envcli.scan.internal.walk;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.BiConsumer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class WalkerTest {
    @TempDir
    Path folder;

    /** What a walk found, from all threads. */
    private static final class Found implements WalkVisitor {
        private final List<String> files = Collections.synchronizedList(new ArrayList<>());
        private final List<String> problems = Collections.synchronizedList(new ArrayList<>());

        @Override
        public void file(final FoundFile file) {
            files.add(file.shown());
        }

        @Override
        public BiConsumer<String, String> problems() {
            return (shown, reason) -> problems.add(shown + ": " + reason);
        }

        List<String> sorted() {
            return files.stream().sorted().toList();
        }
    }

    private static WalkOptions options(final boolean ignore, final boolean hidden, final boolean follow,
            final String... globs) {
        return new WalkOptions(ignore, hidden, follow, List.of(globs), false, name -> true, name -> false);
    }

    private Found walk(final WalkOptions options) throws IOException {
        return walk(options, folder);
    }

    private Found walk(final WalkOptions options, final Path... paths) throws IOException {
        final Found found = new Found();
        new Walker(options, folder).walk(List.of(paths), List.of(found, found, found));
        found.files.replaceAll(file -> file.replace(folder + "/", ""));
        return found;
    }

    private void write(final String name, final String text) throws IOException {
        final Path file = folder.resolve(name);
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, text);
    }

    private void files(final String... names) throws IOException {
        for (final String name : names) {
            write(name, "");
        }
    }

    @Test
    void ignoreFilesHiddenFilesAndGlobs() throws Exception {
        files(".git/x", "a.js", "b.ts", ".hidden", "out/c.js", "sub/out/d.js", "sub/e.js", "sub/.f/g.js");
        write(".gitignore", "out/\n*.ts\n");
        write("sub/.gitignore", "!out\n");
        assertEquals(List.of("a.js", "sub/e.js", "sub/out/d.js"), walk(options(true, false, false)).sorted());
        assertEquals(List.of("a.js", "b.ts", "out/c.js", "sub/e.js", "sub/out/d.js"),
                walk(options(false, false, false)).sorted());
        assertEquals(List.of("sub/.f/g.js", "sub/e.js", "sub/out/d.js"),
                walk(options(true, true, false), folder.resolve("sub")).sorted().stream().filter(f -> f.endsWith("js"))
                        .toList());
        assertEquals(List.of("a.js", "b.ts"), walk(options(true, false, false, "*.{js,ts}", "!sub")).sorted());
        assertEquals(List.of("sub/e.js"), walk(options(true, false, false, "/sub/*.js")).sorted());
    }

    @Test
    void rulesOfFoldersAboveHoldAndOnlyInsideARepository() throws Exception {
        write(".gitignore", "b.js\n");
        write(".ignore", "c.js\n");
        files("sub/a.js", "sub/b.js", "sub/c.js");
        assertEquals(List.of("sub/a.js", "sub/b.js"),
                walk(options(true, false, false), folder.resolve("sub")).sorted());
        files(".git/info/exclude");
        assertEquals(List.of("sub/a.js"), walk(options(true, false, false), folder.resolve("sub")).sorted());
        write(".git/info/exclude", "/sub/a.js\n");
        assertEquals(List.of(), walk(options(true, false, false), folder.resolve("sub")).sorted());
        files("sub/.git/x");
        assertEquals(List.of("sub/a.js", "sub/b.js"), walk(options(true, false, false)).sorted());
    }

    @Test
    void aFileNamedOutrightIsTaken() throws Exception {
        write(".ignore", "*\n");
        files(".hidden");
        assertEquals(List.of(".hidden"), walk(options(true, false, false), folder.resolve(".hidden")).sorted());
        assertThrows(IOException.class, () -> walk(options(true, false, false), folder.resolve("missing")));
    }

    @Test
    void linksAreFollowedOnlyIfAskedForAndLoopsAreReported() throws Exception {
        files("a/x.js");
        Files.createSymbolicLink(folder.resolve("a/loop"), folder);
        Files.createSymbolicLink(folder.resolve("b"), folder.resolve("a"));
        Files.createSymbolicLink(folder.resolve("broken"), folder.resolve("nowhere"));
        assertEquals(List.of("a/x.js"), walk(options(true, false, false)).sorted());
        final Found found = walk(options(true, false, true));
        assertEquals(List.of("a/x.js", "b/x.js"), found.sorted());
        assertEquals(3, found.problems.size(), found.problems::toString);
        assertEquals(2, found.problems.stream().filter(p -> p.contains("a symbolic link to a folder")).count());
    }

    @Test
    void whatIsNoFileOrCannotBeReadIsNoFailure() throws Exception {
        files("a.js", "closed/b.js");
        Programs.run(folder, "", List.of("mkfifo", "pipe"));
        Files.setPosixFilePermissions(folder.resolve("closed"), PosixFilePermissions.fromString("---------"));
        try {
            final Found found = walk(options(true, true, false));
            Assumptions.assumeFalse(Files.isReadable(folder.resolve("closed")), "root reads every folder");
            assertEquals(List.of("a.js"), found.sorted());
            assertTrue(found.problems.getFirst().endsWith("closed/: permission denied"), found.problems::toString);
        } finally {
            Files.setPosixFilePermissions(folder.resolve("closed"), PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        assertTrue(walk(options(true, true, false)).sorted().contains("a.js"));
    }

    @Test
    void aPathLongerThanTheSystemTakesIsReported() throws Exception {
        final StringBuilder script = new StringBuilder();
        for (int i = 0; i < 100; i++) {
            script.append("mkdir -p ").append("d".repeat(60)).append(" && cd ").append("d".repeat(60)).append(" &&");
        }
        Programs.run(folder, script + " touch deep.js", List.of("sh"));
        files("top.js");
        final Found found = walk(options(true, false, false));
        assertEquals(List.of("top.js"), found.sorted());
        assertEquals(1, found.problems.size(), found.problems::toString);
        Programs.run(folder, "", List.of("rm", "-rf", "d".repeat(60)));
    }

    @Test
    void aFailureOfAVisitorEndsTheWalk() throws Exception {
        for (int i = 0; i < 500; i++) {
            files("d" + i % 20 + "/" + i);
        }
        final WalkVisitor failing = new WalkVisitor() {
            @Override
            public void file(final FoundFile file) {
                throw new IllegalStateException("no");
            }

            @Override
            public BiConsumer<String, String> problems() {
                return (shown, reason) -> {};
            }
        };
        assertThrows(IllegalStateException.class, () -> new Walker(options(true, false, false), folder)
                .walk(List.of(folder), List.of(failing, failing)));
    }

    @Test
    void agreesWithRipgrep() throws Exception {
        Assumptions.assumeTrue(Programs.has("rg"), "ripgrep is not installed: not compared with it");
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        for (int round = 0; round < 25; round++) {
            final Path top = Files.createDirectory(folder.resolve("r" + round));
            final String told = tree(random, top);
            for (final List<String> flags : List.of(List.<String>of(), List.of("--no-ignore"), List.of("--hidden"))) {
                final List<String> command = new ArrayList<>(List.of("rg", "--files", "-0", "--no-ignore-global"));
                command.addAll(flags);
                final String[] files = Programs.run(top, "", command).split("\0");
                final List<String> expected = Arrays.stream(files)
                        .filter(file -> !file.isEmpty() && !file.contains(".git/")).sorted().toList();
                final Found found = walk(options(!flags.contains("--no-ignore"), flags.contains("--hidden"), false),
                        top);
                assertEquals(expected,
                        found.sorted().stream().map(file -> file.substring(file.indexOf('/') + 1)).toList(),
                        "seed " + seed + ", flags " + flags + ", " + told);
            }
        }
    }

    private static String tree(final Random random, final Path top) throws IOException {
        final StringBuilder told = new StringBuilder();
        if (random.nextBoolean()) {
            Files.createDirectories(top.resolve(".git/info"));
            Files.writeString(top.resolve(".git/info/exclude"), rule(random));
            told.append("repository ");
        }
        final String[] folders = {"", "a", "a/b", "b", "b/.c", ".a", "a/b/c"};
        for (final String name : folders) {
            final Path here = Files.createDirectories(top.resolve(name));
            for (final String file : List.of("a.js", "b.js", "c.ts", ".d.js")) {
                Files.writeString(here.resolve(file), "");
            }
            for (final String file : List.of(".gitignore", ".ignore")) {
                if (random.nextInt(3) == 0) {
                    final String rules = rule(random) + rule(random);
                    Files.writeString(here.resolve(file), rules);
                    told.append(name).append('/').append(file).append("={").append(rules.replace("\n", "|"))
                            .append("} ");
                }
            }
        }
        return told.toString();
    }

    private static String rule(final Random random) {
        final String[] rules = {"a", "b/", "/a.js", "*.ts", "!*.ts", "!a", "a/b", "**/c", ".a", "!.d.js", "!.a", "*.js",
            "!b.js", "/b/*", "!/b/a.js", "a/**", "c*", "!.c/"};
        return rules[random.nextInt(rules.length)] + "\n";
    }
}
