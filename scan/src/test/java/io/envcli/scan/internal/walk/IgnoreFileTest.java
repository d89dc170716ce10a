package io.envcli.scan.internal.walk;

import io.envcli.scan.internal.walk.IgnoreFile.Verdict;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;

import static org.junit.jupiter.api.Assertions.assertEquals;

class IgnoreFileTest {
    private static final String[] PIECES = {"a", "b", "ab", "*", "?", "/", "/", "**", "[ab]", "[!a]", "[a-c]", "\\",
        "!",
        ".", "*.b", " ", "#", "-", "[[:alpha:]]", "[]a]", "a/", "/b", "[a/]", "***", "c"};

    private static final Pattern UNBOUND = Pattern.compile("([^/\n!*])\\*{2,}|\\*{2,}([^/\r\n*])");

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"a, a, true", "a, x/a, true", "/a, x/a, false", "a/b, a/b, true", "a/b, x/a/b, false",
        "*.js, x/y.js, true",
        "*.js, x/y.jsx, false", "**/a, x/y/a, true", "**/a, a, true", "a/**, a/b/c, true", "a/**, a, false",
        "a/**/b, a/b, true", "a/**/b, a/x/y/b, true", "a*b, axxb, true", "a*b, a/b, false", "[!a]b, cb, true",
        "[!a]b, ab, false", "\\*, *, true", "\\*, a, false", "'a\\ ', 'a ', true", "a?c, abc, true", "x/, x, false",
        "[[:digit:]], 7, true", "'#a', '#a', false", "'\\#a', '#a', true", "'\\!a', '!a', true", "a**b, axb, true",
        "a**b, a/b, false"})
    void aPatternMatchesAPath(final String pattern, final String path, final boolean ignored) {
        assertEquals(ignored ? Verdict.IGNORE : Verdict.NONE, IgnoreFile.of(pattern).match("/t/" + path, 3, false));
    }

    @Test
    void theLastRuleDecides() {
        final IgnoreFile file = IgnoreFile.of("*.log\n!keep.log\nbuild/\n*\n!*/\n!*.c\n");
        assertEquals(Verdict.IGNORE, file.match("x.log", 0, false));
        assertEquals(Verdict.IGNORE, file.match("keep.log", 0, false));
        assertEquals(Verdict.TAKE, file.match("build", 0, true));
        assertEquals(Verdict.TAKE, file.match("a.c", 0, false));
    }

    @Test
    void manyStarsTakeNoTime() {
        final Glob glob = new Glob("a*".repeat(500) + "b");
        assertEquals(false, glob.matches("a".repeat(20_000), 0));
        assertEquals(false, new Glob("**/a/".repeat(200) + "b").matches("a/".repeat(5_000) + "c", 0));
    }

    @Test
    void agreesWithGit() throws Exception {
        Assumptions.assumeTrue(Programs.has("git"), "git is not installed: not compared with it");
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        Programs.run(folder, "", List.of("git", "init", "-q"));
        for (int round = 0; round < 120; round++) {
            final String rules = rules(random);
            Files.writeString(folder.resolve(".gitignore"), rules);
            final List<String> paths = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                paths.add(path(random));
            }
            final List<String> answers = Programs.run(folder, String.join("\0", paths) + "\0",
                    List.of("git", "check-ignore", "--no-index", "--stdin", "-z", "-v", "-n")).lines().toList();
            final String[] fields = String.join("\n", answers).split("\0", -1);
            for (int i = 0; i < paths.size(); i++) {
                final boolean git = !fields[4 * i + 2].isEmpty() && !fields[4 * i + 2].startsWith("!");
                assertEquals(git, isIgnored(IgnoreFile.of(rules), paths.get(i)),
                        "seed " + seed + ", path " + paths.get(i) + ", rules:\n" + rules);
            }
        }
    }

    /** As a walk does: a folder that is ignored is not entered. */
    private static boolean isIgnored(final IgnoreFile file, final String path) {
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            if (file.match(path.substring(0, slash), 0, true) == Verdict.IGNORE) {
                return true;
            }
        }
        return file.match(path, 0, false) == Verdict.IGNORE;
    }

    private static String rules(final Random random) {
        final StringBuilder rules = new StringBuilder();
        for (int line = 1 + random.nextInt(4); line > 0; line--) {
            for (int piece = 1 + random.nextInt(5); piece > 0; piece--) {
                rules.append(PIECES[random.nextInt(PIECES.length)]);
            }
            rules.append(random.nextInt(8) == 0 ? "\r\n" : "\n");
        }
        // Beside other characters two stars are one star, says gitignore(5); git itself forgets that after a plain prefix.
        return UNBOUND.matcher(rules).replaceAll("$1*$2");
    }

    private static String path(final Random random) {
        final StringBuilder path = new StringBuilder();
        for (int segment = 1 + random.nextInt(4); segment > 0; segment--) {
            for (int i = 1 + random.nextInt(3); i > 0; i--) {
                path.append("abc-*".charAt(random.nextInt(5)));
            }
            path.append(segment > 1 ? "/" : "");
        }
        return path.toString();
    }
}
