package io.envcli.engine;

import java.util.List;

/**
 * A variable whose value differs between environments that otherwise agree on it: more than half of those that have it
 * share one value.
 *
 * @param name      of the variable.
 * @param agreeing  how many environments share the most frequent value.
 * @param differing the environments whose value differs, in order of their names.
 */
public record Drift(String name, int agreeing, List<String> differing) {

    /** Copies the list. */
    public Drift {
        differing = List.copyOf(differing);
    }
}
