package io.envcli.cli;

import io.envcli.engine.ListedVariable;
import io.envcli.engine.StoreReader;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Names that a store has, for whoever is typing one. Somebody waits for the next letter, so it takes no longer than
 * {@link #PATIENCE}, heals nothing and says nothing of what goes wrong.
 */
final class StoreWords {
    private static final Duration PATIENCE = Duration.ofMillis(1500);
    /** An environment variable: so many milliseconds instead, for a machine that is slow or busy. */
    private static final String PATIENCE_VARIABLE = "ENV_CLI_COMPLETION_MILLIS";
    /** The newest ones: whoever wants an older one knows its number. */
    private static final int VERSIONS = 20;

    private StoreWords() {}

    /**
     * The names of a kind.
     *
     * @param kind  ENVIRONMENT, VARIABLE or VERSION.
     * @param verb  that is being typed.
     * @param typed its words, which may name store, key, environment and version.
     * @param shell the surroundings.
     * @return words with what they are; none if there is no store, its key is missing, or it takes too long.
     */
    static Map<String, String> of(final ValueKind kind, final Verb verb, final TypedWords typed, final Shell shell) {
        final Map<String, String> found = new TreeMap<>();
        final boolean[] done = new boolean[1];
        final Thread thread = Thread.ofPlatform().daemon().name("completion").start(() -> {
            try {
                read(kind, Cli.quietCall(verb, typed.place(), shell), found);
                done[0] = true;
            } catch (final CommandException | RuntimeException | LinkageError | VirtualMachineError e) {
                return; // no names, then
            }
        });
        try {
            return thread.join(patience(shell)) && done[0] ? found : Map.of();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            return Map.of();
        }
    }

    private static Duration patience(final Shell shell) {
        try {
            return Duration.ofMillis(Long.parseUnsignedLong(shell.variable(PATIENCE_VARIABLE)));
        } catch (final NumberFormatException _) {
            return PATIENCE; // not set, or no number: somebody who presses the tab key is told of no misuse
        }
    }

    private static void read(final ValueKind kind, final Call call, final Map<String, String> found)
            throws CommandException {
        try (StoreReader reader = AtVersion.openAsItIs(call)) {
            switch (kind) {
                case ENVIRONMENT -> reader.environments().forEach(environment -> found.put(environment, ""));
                case VARIABLE -> variables(reader, call, found);
                default -> reader.forEachVersion(version -> {
                    found.put(Long.toString(version.version()),
                            Moments.shown(version.time()) + " " + Printable.line(version.source()));
                    return found.size() < VERSIONS;
                });
            }
        }
    }

    /** Those of the environment; of all, if none is named yet and the usual one has none: it may follow on the line. */
    private static void variables(final StoreReader reader, final Call call, final Map<String, String> found) {
        final List<ListedVariable> variables = reader.list(call.environment());
        variables.forEach(variable -> found.put(variable.name(), ""));
        if (variables.isEmpty() && !call.has(CommonOptions.ENV)) {
            for (final String environment : reader.environments()) {
                reader.list(environment).forEach(variable -> found.put(variable.name(), ""));
            }
        }
    }
}
