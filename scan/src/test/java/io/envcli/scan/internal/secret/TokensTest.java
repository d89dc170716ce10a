package io.envcli.scan.internal.secret;

import io.envcli.scan.internal.text.Text;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class TokensTest {
    private static final String SECRET = "k3J/9q+Zt7Lw=";

    private static Set<String> candidates(final String text) {
        final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        final Set<String> candidates = new TreeSet<>();
        Tokens.forEach(new Text(bytes, bytes.length),
                (from, to) -> candidates.add(new String(bytes, from, to - from, StandardCharsets.UTF_8)));
        return candidates;
    }

    @Test
    void aValueIsACandidateWhereverPeopleWriteIt() {
        for (final String text : List.of("%s", "A=%s", "A=\"%s\"", "a: %s\n", "f('%s')", "{\"a\":\"%s\"}", "x (%s), y",
                "<a>%s</a>", "--key=%s", "`%s`", "\tif x == '%s':\r\n", "url?t=%s&u=1")) {
            assertTrue(candidates(text.formatted(SECRET)).contains(SECRET), text);
        }
        assertTrue(candidates("x = 'with 1 blank in it'").contains("with 1 blank in it"));
        assertTrue(candidates("DB=pg://u:p4ssw0rd@host/db").contains("pg://u:p4ssw0rd@host/db"));
    }

    @Test
    void whatIsShortOrPlainIsNone() {
        assertEquals(Set.of(),
                candidates("k3J/9q+Zt7L getEnvironmentVariable aaaaaaaaaaa1 http://localhost:8080/x 'a b'"));
        assertEquals(Set.of(), candidates("a1".repeat(3_000)));
    }
}
