package io.envcli.scan.internal.rule;

import io.envcli.scan.Secret;
import io.envcli.scan.SecretSearch;
import io.envcli.scan.Use;
import io.envcli.scan.internal.secret.SecretFinder;
import io.envcli.scan.internal.secret.SecretRules;
import io.envcli.scan.internal.text.Lexer;
import io.envcli.scan.internal.text.Mask;
import io.envcli.scan.internal.text.Text;

import java.util.ArrayList;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertTrue;

/** Reads bytes as a file of each language, and checks what must be true whatever they are. */
final class AnySource {
    private static final List<String> FILES = List.of("a.js", "a.ts", "a.py", "a.java", "a.kt", "a.go", "a.rs", "a.rb",
            "a.php", "a.cs", "a.c", "a.cpp", "a.sh", "Dockerfile", "a.yml", "compose.yml", "action.yml",
            "application.yml", "a.tf", "a.service");

    private final Languages languages = new Languages();
    private final FileScan scan = new FileScan();
    private final Lexer lexer = new Lexer();
    private final SecretFinder secrets = new SecretFinder(new SecretRules(), new SecretSearch(true, null));

    /**
     * Checks: nothing fails, every byte has a mark, and every place is in the file.
     *
     * @param bytes of the file.
     * @return how many uses were found in all languages.
     */
    int check(final byte[] bytes) {
        final Text text = new Text(bytes, bytes.length);
        int uses = 0;
        for (final String file : FILES) {
            final Language language = languages.of(file, text);
            if (language != null) {
                uses += check(file, language, text);
            }
        }
        for (final SecretFinder.Finding finding : secrets.find("a", text)) {
            final Secret secret = finding.secret();
            checkPlace(text, secret.line(), secret.column(), secret);
        }
        return uses;
    }

    /**
     * Checks that no file with a use is left after the look for literals.
     *
     * @param bytes of the file.
     * @return the languages in which it has one.
     */
    List<String> checkFilter(final byte[] bytes) {
        final Text text = new Text(bytes, bytes.length);
        final List<String> used = new ArrayList<>();
        for (final String file : FILES) {
            final Language language = languages.of(file, text);
            if (language != null && !scan.uses(file, language, text).isEmpty()) {
                assertTrue(AnyTextTest.finds(language.prefilter(), bytes), language.name());
                used.add(language.name());
            }
        }
        return used;
    }

    private int check(final String file, final Language language, final Text text) {
        final List<Use> uses = scan.uses(file, language, text);
        for (final Use use : uses) {
            assertTrue(!use.name().isEmpty(), use::toString);
            checkPlace(text, use.line(), use.column(), use);
        }
        final byte[] mask = new byte[text.length()];
        lexer.mask(text.bytes(), text.length(), language.syntax(), mask);
        for (final byte mark : mask) {
            assertTrue(mark >= Mask.CODE && mark <= Mask.ACTIVE);
        }
        return uses.size();
    }

    private static void checkPlace(final Text text, final int line, final int column, final Object what) {
        int start = 0;
        for (int i = 1; i < line; i++) {
            start = text.lineEnd(start) + 1;
        }
        assertTrue(line >= 1 && start <= text.length(), what::toString);
        int characters = 0;
        for (int i = start; i < text.lineEnd(start); i++) {
            characters += (text.at(i) & 0xC0) == 0x80 ? 0 : 1;
        }
        assertTrue(column >= 1 && column <= characters + 1, what::toString);
    }
}
