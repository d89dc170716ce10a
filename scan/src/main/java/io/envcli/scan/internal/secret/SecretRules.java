package io.envcli.scan.internal.secret;

import io.envcli.scan.internal.rule.AnchorSearch;
import io.envcli.scan.internal.text.Text;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The table of secrets that can be told by their form, {@code secrets.rules} beside this class.
 *
 * <p>Threading: immutable.
 */
public final class SecretRules {
    private static final String TABLE = "secrets.rules";
    /** A pattern sees so much after its keyword, so that no text takes quadratic time. */
    private static final int REACH = 1_024;
    /** Whoever writes these means no secret. */
    private static final List<String> PLACEHOLDERS = List.of("example", "xxxx", "****", "....", "changeme",
            "placeholder",
            "your_", "your-", "replace-me", "replace_me", "replaceme", "random-string", "random_string", "dummy",
            "redacted", "0123456789", "1234567890", "abcdefgh");

    private static final String ELLIPSIS = "…";

    private final List<SecretRule> rules = new ArrayList<>();
    private final Map<String, List<SecretRule>> byKeyword = new TreeMap<>();
    /** Sorted; the search tells the place among them. */
    private final List<String> keywords;
    private final AnchorSearch search;

    /** Is told what was found. */
    interface Visitor {
        /**
         * A secret.
         *
         * @param rule    that found it.
         * @param keyword at which it did.
         * @param from    where the secret begins.
         * @param to      where it ends.
         */
        void found(SecretRule rule, String keyword, int from, int to);
    }

    /** Reads the table. */
    public SecretRules() {
        try (InputStream in = SecretRules.class.getResourceAsStream(TABLE)) {
            if (in == null) {
                throw new IllegalStateException(TABLE + " is not there");
            }
            for (final String block : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n\n+", -1)) {
                read(block);
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(TABLE, e);
        }
        keywords = List.copyOf(byKeyword.keySet());
        search = new AnchorSearch(keywords, false);
    }

    private void read(final String block) {
        final Map<String, String> fields = new TreeMap<>();
        block.lines().filter(line -> !line.startsWith("#") && !line.isBlank()).forEach(line -> {
            final String[] parts = line.split(" +", 2);
            fields.put(parts[0], parts.length == 1 ? "" : parts[1].strip());
        });
        if (fields.isEmpty()) {
            return;
        }
        final SecretRule rule = new SecretRule(fields.getOrDefault("rule", ""), fields.getOrDefault("about", ""),
                fields.getOrDefault("source", ""), List.of(fields.getOrDefault("find", "").split(" +", -1)),
                fields.containsKey("inside"), Double.parseDouble(fields.getOrDefault("entropy", "0")),
                Pattern.compile(fields.getOrDefault("match", "")));
        rules.add(rule);
        rule.keywords()
                .forEach(keyword -> byKeyword.computeIfAbsent(keyword, key -> new ArrayList<>()).add(rule));
    }

    /** {@return all, in the order of the table} */
    List<SecretRule> all() {
        return rules;
    }

    /** Finds the secrets of a text, in the order of their keywords' places. */
    void forEach(final Text text, final Visitor visitor) {
        search.forEach(text.bytes(), text.length(), (number, at) -> {
            final String keyword = keywords.get(number);
            for (final SecretRule rule : byKeyword.getOrDefault(keyword, List.of())) {
                if (!rule.inside() && isWord(text.at(at - 1))) {
                    continue;
                }
                final Matcher matcher = rule.pattern()
                        .matcher(new Latin1(text.bytes(), at, Math.min(text.length(), at + REACH)));
                if (matcher.lookingAt()) {
                    final int group = matcher.groupCount(); // the last; 0 is all of it
                    final int from = at + matcher.start(group);
                    final int to = at + matcher.end(group);
                    if (Entropy.of(text.bytes(), from, to) >= rule.entropy() && !isPlaceholder(text, from, to)) {
                        visitor.found(rule, keyword, from, to);
                    }
                }
            }
        });
    }

    private static boolean isWord(final byte c) {
        return Text.isNamePart(c) && c > 0;
    }

    private static boolean isPlaceholder(final Text text, final int from, final int to) {
        final String secret = new Latin1(text.bytes(), from, to).toString().toLowerCase(Locale.ROOT);
        return PLACEHOLDERS.stream().anyMatch(secret::contains);
    }

    /**
     * A text of a report without its secrets.
     *
     * @param text whole, or cut and then with an ellipsis at its end.
     * @return the same, but where a secret begins it ends with an ellipsis.
     */
    public String redacted(final String text) {
        final boolean isCut = text.endsWith(ELLIPSIS);
        final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        final int length = bytes.length - (isCut ? ELLIPSIS.getBytes(StandardCharsets.UTF_8).length : 0);
        final int[] first = {length};
        forEach(new Text(bytes, length), (rule, keyword, from, to) -> first[0] = Math.min(first[0], from));
        if (isCut) {
            search.forEach(bytes, length, (number, at) -> {
                if (mayGoOn(keywords.get(number), bytes, at, length)) {
                    first[0] = Math.min(first[0], at);
                }
            });
        }
        return first[0] == length ? text : new String(bytes, 0, first[0], StandardCharsets.UTF_8) + ELLIPSIS;
    }

    /** Whether a secret may have been cut in its middle. */
    @SuppressWarnings("JdkObsolete") // hitEnd says that more text might match, which the end of a match does not
    private boolean mayGoOn(final String keyword, final byte[] bytes, final int at, final int length) {
        for (final SecretRule rule : byKeyword.getOrDefault(keyword, List.of())) {
            final Matcher matcher = rule.pattern().matcher(new Latin1(bytes, at, length));
            if (!matcher.lookingAt() && matcher.hitEnd()) {
                return true;
            }
        }
        return false;
    }
}
