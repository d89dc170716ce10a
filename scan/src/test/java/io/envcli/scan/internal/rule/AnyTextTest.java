package io.envcli.scan.internal.rule;

import io.envcli.scan.Use;
import io.envcli.scan.internal.text.Lexer;
import io.envcli.scan.internal.text.Mask;
import io.envcli.scan.internal.text.Text;
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
        "$env/static/"};
    private static final List<String> FILES = List.of("a.js", "a.ts", "a.py", "a.java", "a.kt", "a.go", "a.rs", "a.rb",
            "a.php",
            "a.cs", "a.c", "a.cpp", "a.sh", "Dockerfile", "a.yml", "compose.yml", "action.yml", "application.yml",
            "a.tf",
            "a.service");

    private final Languages languages = new Languages();

    @Test
    void noTextFails() {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        final FileScan scan = new FileScan();
        final long end = System.nanoTime() + 1_500_000_000L;
        int uses = 0;
        while (System.nanoTime() < end) {
            final String source = text(random);
            final byte[] bytes = source.getBytes(StandardCharsets.UTF_8);
            final Text text = new Text(bytes, bytes.length);
            for (final String file : FILES) {
                final Language language = languages.of(file, text);
                try {
                    uses += language == null ? 0 : check(scan, file, language, text);
                } catch (final RuntimeException | StackOverflowError e) {
                    throw new AssertionError("seed " + seed + ", " + file + ":\n" + source, e);
                }
            }
        }
        assertTrue(uses > 100, "seed " + seed);
    }

    private static int check(final FileScan scan, final String file, final Language language, final Text text) {
        final List<Use> uses = scan.uses(file, language, text);
        for (final Use use : uses) {
            assertTrue(use.line() >= 1 && use.column() >= 1 && !use.name().isEmpty(), use::toString);
        }
        final byte[] mask = new byte[text.length()];
        new Lexer().mask(text.bytes(), text.length(), language.syntax(), mask);
        for (final byte mark : mask) {
            assertTrue(mark >= Mask.CODE && mark <= Mask.ACTIVE);
        }
        return uses.size();
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
