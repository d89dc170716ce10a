package io.envcli.scan.internal.secret;

import io.envcli.scan.Secret;
import io.envcli.scan.Use;
import io.envcli.scan.internal.text.Text;
import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Takes secrets out of what is told about uses: out of a default what is one by its form, and whatever default stands on the
 * line of a secret that was found.
 *
 * <p>Threading: any thread.
 */
public final class Redaction {
    private static final String GONE = "…";

    private @Nullable SecretRules rules;

    private record Line(String file, int line) {}

    /** Read when they are first needed: most files have no default. */
    private synchronized SecretRules rules() {
        SecretRules read = rules;
        if (read == null) {
            read = new SecretRules();
            rules = read;
        }
        return read;
    }

    /**
     * A use without what has the form of a secret.
     *
     * @param use as it was found.
     * @return the same one if it has none.
     */
    public Use byForm(final Use use) {
        final boolean isUnknown = use.kind() == Use.Kind.UNKNOWN;
        final String value = use.defaultValue();
        return value == null && !isUnknown ? use
                : with(use, isUnknown ? rules().redacted(use.name()) : use.name(),
                        value == null ? null : rules().redacted(value));
    }

    /**
     * Whether a use shows something that might be a secret, though it need not have the form of one.
     *
     * @param use as it is told.
     * @return whether it does.
     */
    public static boolean mayShowSecret(final Use use) {
        return mayBeSecret(use.defaultValue()) || (use.kind() == Use.Kind.UNKNOWN && mayBeSecret(use.name()));
    }

    private static boolean mayBeSecret(final @Nullable String shown) {
        if (shown == null || shown.length() < Tokens.SHORTEST) {
            return false;
        }
        final byte[] bytes = shown.getBytes(StandardCharsets.UTF_8);
        final boolean[] may = new boolean[1];
        Tokens.forEach(new Text(bytes, bytes.length), (from, to) -> may[0] = true);
        return may[0];
    }

    /**
     * Uses without what stands beside a secret.
     *
     * @param uses    as they are told.
     * @param secrets that were found.
     * @return the uses in the same order.
     */
    public static List<Use> beside(final List<Use> uses, final List<Secret> secrets) {
        final Set<Line> lines = new HashSet<>();
        secrets.forEach(secret -> lines.add(new Line(secret.file(), secret.line())));
        return lines.isEmpty() ? uses
                : uses.stream()
                        .map(use -> lines.contains(new Line(use.file(), use.line())) ? beside(use) : use).toList();
    }

    private static Use beside(final Use use) {
        return with(use, use.kind() == Use.Kind.UNKNOWN ? GONE : use.name(), use.defaultValue() == null ? null : GONE);
    }

    private static Use with(final Use use, final String name, final @Nullable String defaultValue) {
        return new Use(use.file(), use.line(), use.column(), use.language(), use.pattern(), use.kind(), name,
                use.need(), defaultValue, use.confidence());
    }
}
