package io.envcli.scan.internal.secret;

import io.envcli.scan.Secret;
import io.envcli.scan.Use;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Takes secrets out of what is told about uses: a default that holds one by its form, and whatever default stands on the
 * line of a secret that was found.
 */
public final class Redaction {
    private static final String GONE = "…";

    private final SecretRules rules;
    private final Set<Line> lines = new HashSet<>();

    private record Line(String file, int line) {}

    /**
     * A redaction.
     *
     * @param rules   that apply.
     * @param secrets that were found.
     */
    public Redaction(final SecretRules rules, final List<Secret> secrets) {
        this.rules = rules;
        secrets.forEach(secret -> lines.add(new Line(secret.file(), secret.line())));
    }

    /**
     * A use without secrets.
     *
     * @param use as it was found.
     * @return the same one if it has none.
     */
    public Use of(final Use use) {
        final boolean isUnknown = use.kind() == Use.Kind.UNKNOWN;
        final String value = use.defaultValue();
        if (value == null && !isUnknown) {
            return use;
        }
        final boolean isBeside = lines.contains(new Line(use.file(), use.line()));
        final String name = isUnknown ? isBeside ? GONE : rules.redacted(use.name()) : use.name();
        final String safe = value == null ? null : isBeside ? GONE : rules.redacted(value);
        return new Use(use.file(), use.line(), use.column(), use.language(), use.pattern(), use.kind(), name,
                use.need(),
                safe, use.confidence());
    }
}
