package io.envcli.perf;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The options of one benchmark: {@code --name value} pairs. Numbers may hold underscores. Asking for an option marks it as
 * known; {@link #requireAllKnown()} refuses the others.
 *
 * <p>Threading: one thread.
 */
public final class Options {
    private final Map<String, String> values = new LinkedHashMap<>();
    private final List<String> known = new ArrayList<>();

    /**
     * Reads options.
     *
     * @param arguments pairs of name and value.
     * @throws IllegalArgumentException if they are not such pairs.
     */
    public Options(final List<String> arguments) {
        for (int i = 0; i < arguments.size(); i += 2) {
            final String name = arguments.get(i);
            if (!name.startsWith("--") || i + 1 == arguments.size()) {
                throw new IllegalArgumentException("options are pairs of --name and value; cannot read " + name);
            }
            values.put(name.substring(2), arguments.get(i + 1));
        }
    }

    /**
     * A text.
     *
     * @param name     of the option, without hyphens.
     * @param fallback if it was not given.
     * @return the text.
     */
    public String text(final String name, final String fallback) {
        known.add(name);
        return values.getOrDefault(name, fallback);
    }

    /**
     * A path.
     *
     * @param name of the option, without hyphens.
     * @return the path; null if it was not given.
     */
    public @Nullable Path path(final String name) {
        known.add(name);
        final String value = values.get(name);
        return value == null ? null : Path.of(value);
    }

    /**
     * A whole number.
     *
     * @param name     of the option, without hyphens.
     * @param fallback if it was not given.
     * @return the number.
     * @throws IllegalArgumentException if it is not a number.
     */
    public long number(final String name, final long fallback) {
        known.add(name);
        final String value = values.get(name);
        if (value == null) {
            return fallback;
        }
        try {
            return Long.parseLong(value.replace("_", ""));
        } catch (final NumberFormatException e) {
            throw new IllegalArgumentException("--" + name + "=" + value + " must be a whole number", e);
        }
    }

    /**
     * Ends the asking.
     *
     * @throws IllegalArgumentException if an option was given that nobody asked for.
     */
    public void requireAllKnown() {
        for (final String name : values.keySet()) {
            if (!known.contains(name)) {
                throw new IllegalArgumentException(
                        "--" + name + " is no option here; there are --" + String.join(", --", known));
            }
        }
    }
}
