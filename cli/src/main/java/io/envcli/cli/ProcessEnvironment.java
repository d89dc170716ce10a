package io.envcli.cli;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The environment of a process to be: names and the bytes {@code NAME=VALUE}.
 *
 * <p>The launcher must change some variables before it starts the JVM. It keeps what they were under names that begin with
 * {@link #KEPT}; here they get their own back.
 */
final class ProcessEnvironment {
    /** What the names begin with under which the launcher keeps variables. */
    static final String KEPT = "ENV_CLI_KEPT_";
    /** Set by the launcher for the JVM: of no use to anybody else, unless they were kept. */
    private static final List<String> LAUNCHERS = List.of("LC_ALL", "LC_CTYPE");

    private final Map<String, byte[]> variables = new LinkedHashMap<>();

    private ProcessEnvironment() {}

    /** {@return one without variables} */
    static ProcessEnvironment empty() {
        return new ProcessEnvironment();
    }

    /**
     * The environment that the launcher was started with.
     *
     * @param environment of this process.
     * @return a copy.
     */
    static ProcessEnvironment inherited(final Map<String, String> environment) {
        final ProcessEnvironment inherited = new ProcessEnvironment();
        environment.forEach((name, value) -> {
            if (name.startsWith(KEPT)) {
                inherited.put(name.substring(KEPT.length()), value);
            } else if (!environment.containsKey(KEPT + name) && !LAUNCHERS.contains(name)) {
                inherited.put(name, value);
            }
        });
        return inherited;
    }

    private void put(final String name, final String value) {
        variables.put(name, (name + "=" + value).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Adds a variable.
     *
     * @param name     in UTF-8.
     * @param value    in UTF-8, without NUL; copied.
     * @param override whether it replaces one that is there.
     * @return false if one with another value was there, and still is.
     */
    boolean add(final byte[] name, final byte[] value, final boolean override) {
        final byte[] both = Arrays.copyOf(name, name.length + 1 + value.length);
        both[name.length] = '=';
        System.arraycopy(value, 0, both, name.length + 1, value.length);
        final String key = new String(name, StandardCharsets.UTF_8);
        final byte[] before = override ? null : variables.get(key);
        if (before == null) {
            variables.put(key, both);
        }
        return before == null || Arrays.equals(before, both);
    }

    /** {@return the bytes of each variable} */
    List<byte[]> block() {
        return List.copyOf(variables.values());
    }

    /**
     * Where the command is looked for.
     *
     * @param fallback if no PATH is set.
     * @return the PATH.
     */
    String path(final String fallback) {
        final byte[] path = variables.get("PATH");
        return path == null ? fallback
                : new String(path, "PATH=".length(), path.length - "PATH=".length(), StandardCharsets.UTF_8);
    }
}
