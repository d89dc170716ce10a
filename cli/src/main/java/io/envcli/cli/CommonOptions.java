package io.envcli.cli;

import io.envcli.engine.Durability;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** The options that every verb takes, and those that several take: a verb declares only what has an effect there. */
final class CommonOptions {
    /** Names the store. */
    static final String STORE = "--store";
    /** Names the environment. */
    static final String ENV = "--env";
    /** Names the key file. */
    static final String KEY_FILE = "--key-file";
    /** Asks for JSON. */
    static final String JSON = "--json";
    /** Asks for no remarks. */
    static final String QUIET = "--quiet";
    /** Asks for no colour. */
    static final String NO_COLOR = "--no-color";
    /** Asks for help. */
    static final String HELP = "--help";
    /** Names the durability class of a write. */
    static final String DURABILITY = "--durability";

    /** Says how long to wait for another writer. */
    static final String WAIT = "--wait";

    private static final String RESULT_ONLY = "print only the result and errors";
    private static final List<String> WITH_VALUE = List.of(STORE, ENV, KEY_FILE, DURABILITY);
    private static final Set<String> ALL = Set.of(STORE, ENV, KEY_FILE, JSON, QUIET, NO_COLOR, HELP, "-h");

    private CommonOptions() {}

    /**
     * Declares what every verb takes, but for what the verb has declared in words of its own.
     *
     * @param spec to add to.
     */
    static void declare(final CommandSpec spec) {
        if (spec.findOption(JSON) == null) {
            flag(spec, JSON, "print the result as JSON");
        }
        if (spec.findOption(QUIET) == null) {
            flag(spec, QUIET, RESULT_ONLY);
        }
        flag(spec, NO_COLOR, "no colour; so does the variable NO_COLOR");
        spec.addOption(OptionSpec.builder(HELP, "-h").description("show this help").build());
    }

    /**
     * Declares what every verb takes that works on a store.
     *
     * @param spec to add to.
     */
    static void declareStore(final CommandSpec spec) {
        value(spec, STORE, "DIR", "the store (default: env-cli/store in the XDG data folder)");
        value(spec, KEY_FILE, "FILE",
                "the key (default: $ENV_CLI_KEY_FILE, else env-cli/key in the XDG config folder)");
    }

    /**
     * Declares what every verb takes that works in one environment of a store.
     *
     * @param spec to add to.
     */
    static void declareEnvironment(final CommandSpec spec) {
        declareStore(spec);
        value(spec, ENV, "NAME", "the environment (default: default)");
    }

    /**
     * Takes the options that name a store where there is none to be named, so that an alias such as
     * {@code env-cli --store DIR} works with every verb. The help does not show them.
     *
     * @param spec to add to.
     */
    static void tolerateStore(final CommandSpec spec) {
        for (final String name : List.of(STORE, KEY_FILE)) {
            spec.addOption(OptionSpec.builder(name).type(String.class).arity("1").paramLabel("PATH").hidden(true)
                    .build());
        }
    }

    /**
     * Declares what every writing verb takes.
     *
     * @param spec  to add to.
     * @param quiet what it prints if it is to be quiet.
     */
    static void declareWriter(final CommandSpec spec, final String quiet) {
        flag(spec, QUIET, quiet);
        declareWait(spec);
        choice(spec, DURABILITY, "CLASS", "what the write survives: memory, process or power (default: power)",
                Arrays.stream(Durability.values()).map(Durability::label).toList());
    }

    /**
     * Declares how long to wait for another writer.
     *
     * @param spec of a command that needs the store for itself.
     */
    static void declareWait(final CommandSpec spec) {
        value(spec, WAIT, "SECONDS", "wait so long for another writer to finish (default: 0)");
    }

    /**
     * Declares an option with a value.
     *
     * @param spec        to add to.
     * @param name        such as {@code --store}.
     * @param label       of the value in the help.
     * @param description in the help.
     */
    static void value(final CommandSpec spec, final String name, final String label, final String description) {
        spec.addOption(OptionSpec.builder(name).type(String.class).arity("1").paramLabel(label).description(description)
                .build());
    }

    /**
     * Declares an option whose value is one of a few words.
     *
     * @param spec        to add to.
     * @param name        such as {@code --durability}.
     * @param label       of the value in the help.
     * @param description in the help; it should name the words.
     * @param words       to be completed; others are refused where the option is read.
     */
    static void choice(final CommandSpec spec, final String name, final String label, final String description,
            final List<String> words) {
        spec.addOption(OptionSpec.builder(name).type(String.class).arity("1").paramLabel(label).description(description)
                .completionCandidates(words).build());
    }

    /**
     * Declares an option without a value.
     *
     * @param spec        to add to.
     * @param name        such as {@code --json}.
     * @param description in the help.
     */
    static void flag(final CommandSpec spec, final String name, final String description) {
        spec.addOption(OptionSpec.builder(name).type(boolean.class).arity("0").description(description).build());
    }

    /**
     * Whether an option is a common one, which may stand before the verb.
     *
     * @param name with its hyphens.
     * @return whether it is.
     */
    static boolean isCommon(final String name) {
        return ALL.contains(name);
    }

    /**
     * Whether the value of an option that may stand before the verb is the next argument.
     *
     * @param argument as typed.
     * @return whether it is.
     */
    static boolean takesNext(final String argument) {
        return WITH_VALUE.contains(argument);
    }

    /** {@return all common options that are words} */
    static List<String> names() {
        return List.of(STORE, ENV, KEY_FILE, JSON, QUIET, NO_COLOR, HELP, "--version");
    }
}
