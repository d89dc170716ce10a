package io.envcli.scan.internal.secret;

import java.util.List;
import java.util.regex.Pattern;

/**
 * One block of the table. The pattern is tried only where a keyword stands, and begins with it.
 *
 * @param id       which users see.
 * @param about    what it is, for a person.
 * @param source   where its issuer, or a standard, says what it looks like.
 * @param keywords ASCII.
 * @param inside   whether the keyword may stand inside a longer word.
 * @param entropy  of the secret, in bits a byte, at least; see {@link Entropy}.
 * @param pattern  over the bytes as Latin-1; its last group is the secret, or all of it if it has none.
 */
record SecretRule(String id, String about, String source, List<String> keywords, boolean inside, double entropy,
        Pattern pattern) {
    SecretRule {
        keywords = List.copyOf(keywords);
        if (id.isEmpty() || about.isEmpty() || source.isEmpty() || keywords.isEmpty()) {
            throw new IllegalArgumentException("rule=" + id + " lacks about, source or find");
        }
    }
}
