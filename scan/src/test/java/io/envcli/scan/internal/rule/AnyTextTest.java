package io.envcli.scan.internal.rule;

import io.envcli.simd.PairKernel;
import org.agrona.BufferUtil;
import org.junit.jupiter.api.Test;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Pieces of all languages, put together at random: whatever comes of it, no text makes a scan fail. */
class AnyTextTest {
    private static final String[] PIECES = {"process.env", ".env", ".X", "[", "]", "'", "\"", "`", "${", "}", "{", "//",
        "/*",
        "*/", "#", "\n", " ", "\\", "<<EOF\n", "EOF\n", "<<~A", "R\"x(", ")x\"", "r#\"", "\"#", "'''", "\"\"\"", "f\"",
        "$X",
        "${X:-", "os.environ", "getenv(", "ENV[", "=", "||", "??", "(", ")", ",", "const {", "} = process.env", "<?php",
        "?>",
        "%w[", "/x/", "env:\"", "class A(BaseSettings):\n", "  a: int = 1\n", "pydantic", "- name: ", "env:\n", "é",
        "\0",
        "apiVersion:", "services:", "export ", "X=", "variable \"x\" {", "default =", "#{", "'a", "\r\n", "ARG ",
        "$env/static/", "env_file:", "springframework.core.env ", "AutomaticEnv viper", "convict(", "\"A_B\"",
        "postgres://u:", "pA55w0rd9@h", "AKIA", "-----BEGIN", "ghp_"};

    /** A use of each language that the files of {@link AnySource} are in. */
    private static final String[] USES = {"process.env.X", "os.environ['X']", "System.getenv(\"X\")",
        "os.Getenv(\"X\")",
        "env::var(\"X\")", "ENV['X']", "<?php getenv('X');", "Environment.GetEnvironmentVariable(\"X\")",
        "getenv(\"X\")",
        "$X", "${{ secrets.X }}", "${X}", "apiVersion: v1\nkind: Pod\nenv:\n- name: X\n  value: y\n",
        "variable \"x\" {\n}\n", "Environment=X=1\n"};
    private static final int LANGUAGES = 19;

    @Test
    void noTextFails() {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        final AnySource any = new AnySource();
        final long end = System.nanoTime() + 1_500_000_000L;
        int uses = 0;
        while (System.nanoTime() < end) {
            final String source = text(random);
            try {
                uses += any.check(source.getBytes(StandardCharsets.UTF_8));
            } catch (final RuntimeException | StackOverflowError | AssertionError e) {
                throw new AssertionError("seed " + seed + ":\n" + source, e);
            }
        }
        assertTrue(uses > 100, "seed " + seed);
    }

    private static String text(final Random random) {
        final StringBuilder text = new StringBuilder();
        for (int pieces = random.nextInt(40); pieces > 0; pieces--) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }

    @Test
    void anchorsAreFoundWhereTheyStandAsWords() {
        final List<String> anchors = List.of("ab", "abc", "$", "b");
        final byte[] text = "xab ab$abc.b$".getBytes(StandardCharsets.UTF_8);
        final StringBuilder found = new StringBuilder();
        new AnchorSearch(anchors, true).forEach(text, text.length,
                (anchor, at) -> found.append(at).append(anchors.get(anchor)).append(' '));
        assertEquals("4ab 6$ 7abc 11b 12$ ", found.toString());
    }

    /** Few letters, so that literals stand in texts, at their ends, and beside more of a word. */
    @Test
    void theFilterFindsWhatAPlainSearchFinds() {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        int found = 0;
        for (int round = 0; round < 20_000; round++) {
            final List<Prefilter.Literal> literals = new ArrayList<>();
            for (int i = random.nextInt(4); i >= 0; i--) {
                literals.add(new Prefilter.Literal(word(random, 1 + random.nextInt(10)), random.nextBoolean()));
            }
            final byte[] text = (word(random, random.nextInt(60))
                    + (random.nextBoolean() ? literals.getFirst().text() : "")
                    + word(random, random.nextInt(3))).getBytes(StandardCharsets.UTF_8);
            final boolean expected = literals.stream().anyMatch(literal -> IntStream.range(0, text.length)
                    .anyMatch(at -> Anchors.stands(literal.text(), literal.isWord(), text, text.length, at)));
            assertEquals(expected, finds(literals, text),
                    () -> "seed " + seed + ": " + literals + " in " + new String(text, StandardCharsets.UTF_8));
            found += expected ? 1 : 0;
        }
        assertTrue(found > 5_000 && found < 19_000, "seed " + seed + ": " + found);
    }

    /** A rule's own words are looked for, or others that must stand there too: never is a file left that has a use. */
    @Test
    void theFilterPassesWhatRulesMatch() {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        final AnySource any = new AnySource();
        final Map<String, Integer> files = new TreeMap<>();
        for (int round = 0; round < 3_000; round++) {
            final String source = (random.nextBoolean() ? "" : text(random) + "\n") + USES[round % USES.length]
                    + text(random);
            try {
                any.checkFilter(source.getBytes(StandardCharsets.UTF_8))
                        .forEach(language -> files.merge(language, 1, Integer::sum));
            } catch (final RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + seed + ":\n" + source, e);
            }
        }
        assertEquals(LANGUAGES, files.size(), () -> "seed " + seed + ": " + files);
        files.forEach((language, count) -> assertTrue(count >= 30, () -> "seed " + seed + ": " + files));
    }

    private static boolean finds(final List<Prefilter.Literal> literals, final byte[] text) {
        return finds(Prefilter.of(literals), text);
    }

    static boolean finds(final Prefilter filter, final byte[] text) {
        final ByteBuffer memory = ByteBuffer.allocateDirect(text.length + PairKernel.OVER_READ).put(text);
        try {
            return filter.finds(BufferUtil.address(memory), text.length);
        } finally {
            Reference.reachabilityFence(memory);
        }
    }

    private static String word(final Random random, final int length) {
        final StringBuilder word = new StringBuilder();
        for (int i = 0; i < length; i++) {
            word.append("abcd.$".charAt(random.nextInt(6)));
        }
        return word.toString();
    }
}
