package io.envcli.cli;

import io.envcli.engine.Durability;
import io.envcli.engine.StoreConfig;
import picocli.CommandLine.ParseResult;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * One command as called: its options and arguments, its surroundings, and the way out.
 *
 * @param verb      that was called.
 * @param options   as parsed.
 * @param arguments what is not an option, in order.
 * @param shell     the surroundings.
 * @param out       the way out.
 */
record Call(Verb verb, ParseResult options, List<String> arguments, Shell shell, Output out) {
    /** The environment, unless one is named. */
    static final String DEFAULT_ENVIRONMENT = "default";

    /**
     * Whether a flag was given.
     *
     * @param option with its hyphens.
     * @return whether it was.
     */
    boolean has(final String option) {
        return options.hasMatchedOption(option);
    }

    /**
     * The value of an option.
     *
     * @param option with its hyphens.
     * @return its value, if it was given.
     */
    Optional<String> value(final String option) {
        return Optional.ofNullable(options.matchedOptionValue(option, (String) null));
    }

    /**
     * The value of an option that is a number.
     *
     * @param option   with its hyphens.
     * @param fallback if it was not given.
     * @return the number, at least 0.
     * @throws CommandException if it is no such number.
     */
    long count(final String option, final long fallback) throws CommandException {
        final String text = value(option).orElse("");
        if (text.isEmpty()) {
            return fallback;
        }
        if (text.length() > 18 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw misuse(option + " " + text + " is not a whole number from 0 on");
        }
        return Long.parseLong(text);
    }

    /** {@return whether the result is to be JSON} */
    boolean json() {
        return has(CommonOptions.JSON);
    }

    /** {@return the environment to work in} */
    String environment() {
        return value(CommonOptions.ENV).orElse(DEFAULT_ENVIRONMENT);
    }

    /** {@return the folder of the store} */
    Path store() {
        return value(CommonOptions.STORE).map(Path::of).orElseGet(() -> Folders.store(shell));
    }

    /** {@return the file of the key} */
    Path keyFile() {
        return value(CommonOptions.KEY_FILE).map(Path::of).orElseGet(() -> Folders.keyFile(shell));
    }

    /** {@return who named the file of the key, for a person who wonders why this one} */
    String keyFileOrigin() {
        return has(CommonOptions.KEY_FILE) ? "named by " + CommonOptions.KEY_FILE : Folders.keyFileOrigin(shell);
    }

    /** {@return the store, for reading: never made} */
    StoreConfig readConfig() {
        return config().create(false).build();
    }

    /**
     * The store, for writing: made if there is none.
     *
     * @param expectedBytes of text that will be imported.
     * @return the configuration with the durability class asked for.
     * @throws CommandException if there is no such class.
     */
    StoreConfig writeConfig(final long expectedBytes) throws CommandException {
        return config().durability(durability()).expectedBytes(expectedBytes).build();
    }

    /** The same for what makes sense only where there is a store. */
    StoreConfig changeConfig() throws CommandException {
        return config().create(false).durability(durability()).expectedBytes(0).build();
    }

    private Durability durability() throws CommandException {
        final String label = value(CommonOptions.DURABILITY).orElse(Durability.POWER.label());
        for (final Durability durability : Durability.values()) {
            if (durability.label().equals(label)) {
                return durability;
            }
        }
        throw misuse("--durability " + label + " is not a durability class: memory, process or power");
    }

    private StoreConfig.Builder config() {
        return StoreConfig.builder().directory(store()).keyFile(keyFile());
    }

    /**
     * The one argument of a command that takes exactly one.
     *
     * @param label of the argument in the help.
     * @return the argument.
     * @throws CommandException if there is none, or more.
     */
    String onlyArgument(final String label) throws CommandException {
        if (arguments.isEmpty()) {
            throw misuse(label + " is missing");
        }
        if (arguments.size() > 1) {
            throw misuse("one " + label + " is expected, " + arguments.size() + " arguments were given");
        }
        return arguments.getFirst();
    }

    /**
     * Refuses arguments where none are taken.
     *
     * @throws CommandException if there is one.
     */
    void noArguments() throws CommandException {
        if (!arguments.isEmpty()) {
            throw misuse("takes no argument, and was given '" + arguments.getFirst() + "'"
                    + (options.commandSpec().findOption(CommonOptions.ENV) == null ? ""
                            : "; an environment goes after " + CommonOptions.ENV));
        }
    }

    /**
     * Wrong usage.
     *
     * @param what is wrong.
     * @return the exception, to be thrown.
     */
    CommandException misuse(final String what) {
        return CommandException.failed(verb.word() + ": " + what + " (see 'env-cli " + verb.word() + " --help')");
    }
}
