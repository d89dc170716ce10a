package io.envcli.scan;

import io.envcli.engine.KnownValues;
import org.jspecify.annotations.Nullable;

/**
 * Which secrets to look for.
 *
 * @param byForm whether those that can be told by their form.
 * @param known  values of a store, borrowed for the scan; null for none.
 */
public record SecretSearch(boolean byForm, @Nullable KnownValues known) {
    /** Looks for none. */
    public static final SecretSearch NONE = new SecretSearch(false, null);

    /** {@return whether it looks for any} */
    public boolean isWanted() {
        return byForm || known != null;
    }
}
