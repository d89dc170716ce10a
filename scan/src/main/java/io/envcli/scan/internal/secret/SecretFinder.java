package io.envcli.scan.internal.secret;

import io.envcli.engine.KnownValues;
import io.envcli.scan.Secret;
import io.envcli.scan.SecretSearch;
import io.envcli.scan.internal.text.Places;
import io.envcli.scan.internal.text.Text;
import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;

/**
 * Finds the secrets in one file after another.
 *
 * <p>Threading: one thread at a time. Ownership: holds memory until {@link #close()}.
 */
public final class SecretFinder implements AutoCloseable {
    /** On the line of a secret, it says that the secret is meant to be there. */
    static final String ALLOW = "env-cli:allow";
    private static final int MARK_BYTES = 4;
    private static final int REACH = 4_096;

    private final SecretRules rules;
    private final boolean byForm;
    private final KnownValues.@Nullable Search known;
    private final MessageDigest sha256 = sha256();

    /**
     * A secret before its place has become line and column.
     *
     * @param handle of a variable that has it as its value; -1 if it was found by its form.
     */
    private record Hit(int from, int to, @Nullable SecretRule rule, long handle) {}

    /**
     * A secret, and who has it as a value.
     *
     * @param secret with an empty text about it, if there is a handle.
     * @param handle of a variable of the store; -1 if there is none.
     */
    public record Finding(Secret secret, long handle) {}

    /**
     * A finder.
     *
     * @param rules  that apply.
     * @param search what to look for.
     */
    public SecretFinder(final SecretRules rules, final SecretSearch search) {
        this.rules = rules;
        this.byForm = search.byForm();
        this.known = search.known() == null ? null : search.known().search();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /**
     * Finds the secrets of a file.
     *
     * @param file its name.
     * @param text its content, borrowed.
     * @return those found, in order; a place once, as a value of the store if it is one.
     */
    public List<Finding> find(final String file, final Text text) {
        final List<Hit> hits = new ArrayList<>();
        if (known != null) {
            final KnownValues.Visitor found = (tag, handle) -> hits
                    .add(new Hit((int) (tag >>> Integer.SIZE), (int) tag, null, handle));
            Tokens.forEach(text, (from, to) -> known.add(text.bytes(), from, to - from,
                    (long) from << Integer.SIZE | to, found));
            known.flush(found);
        }
        if (byForm) {
            rules.forEach(text, (rule, keyword, from, to) -> hits.add(new Hit(from, to, rule, -1)));
        }
        return hits.isEmpty() ? List.of() : findings(file, text, hits);
    }

    private List<Finding> findings(final String file, final Text text, final List<Hit> hits) {
        // A stable sort: of equal beginnings the longer, and a value of the store before a form.
        hits.sort(Comparator.comparingInt(Hit::from).thenComparing(Hit::to, Comparator.reverseOrder()));
        final List<Finding> findings = new ArrayList<>();
        final Places places = new Places(text);
        int end = 0;
        for (final Hit hit : hits) {
            if (hit.from >= end) {
                end = hit.to;
                places.moveTo(hit.from);
                if (!isAllowed(text, hit)) {
                    final SecretRule rule = hit.rule;
                    final String id = rule == null ? Secret.STORE_VALUE : rule.id();
                    findings.add(new Finding(new Secret(file, places.line(), places.column(), id,
                            rule == null ? "" : rule.about(), mark(id, text, hit)), hit.handle));
                }
            }
        }
        return findings;
    }

    /** Looks no further than {@value #REACH} bytes to either side, so that no long line takes quadratic time. */
    private static boolean isAllowed(final Text text, final Hit hit) {
        int from = hit.from;
        while (from > Math.max(0, hit.from - REACH) && text.at(from - 1) != '\n') {
            from--;
        }
        int to = hit.to;
        while (to < Math.min(text.length(), hit.to + REACH) && text.at(to) != '\n') {
            to++;
        }
        return text.indexOf(ALLOW, from, to) >= 0;
    }

    private String mark(final String rule, final Text text, final Hit hit) {
        sha256.update(rule.getBytes(StandardCharsets.UTF_8));
        sha256.update((byte) 0);
        sha256.update(text.bytes(), hit.from, hit.to - hit.from);
        return HexFormat.of().formatHex(sha256.digest(), 0, MARK_BYTES);
    }

    @Override
    public void close() {
        if (known != null) {
            known.close();
        }
    }
}
