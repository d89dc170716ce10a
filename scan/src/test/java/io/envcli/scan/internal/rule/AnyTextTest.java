package io.envcli.scan.internal.rule;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

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
        "$env/static/", "postgres://u:", "pA55w0rd9@h", "AKIA", "-----BEGIN", "ghp_"};

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
    void anchorsAreFoundWhereTheyStand() {
        final AnchorSearch search = new AnchorSearch(List.of("ab", "abc", "$", "b"));
        final byte[] text = "xab$abcb$".getBytes(StandardCharsets.UTF_8);
        final StringBuilder found = new StringBuilder();
        search.forEach(text, text.length, (anchor, at) -> found.append(at).append(anchor).append(' '));
        assertEquals("1ab 2b 3$ 4ab 4abc 5b 7b 8$ ", found.toString());
        assertTrue(!search.finds("acx".getBytes(StandardCharsets.UTF_8), 3));
    }
}
