package io.envcli.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The finished words of a command line without its verb, as far as they can be understood: what is unknown is passed over. */
final class TypedWords {
    private final Set<OptionSpec> given = new HashSet<>();
    private final List<String> arguments = new ArrayList<>();
    private final List<String> place = new ArrayList<>();
    private @Nullable OptionSpec pending;
    private boolean separated;

    /**
     * Reads words.
     *
     * @param spec  of the verb.
     * @param words after the verb, without the unfinished one.
     */
    TypedWords(final CommandSpec spec, final List<String> words) {
        for (final String word : words) {
            if (pending != null) {
                take(pending, word);
                pending = null;
            } else if (separated || !word.startsWith("-") || word.equals("-")) {
                arguments.add(word);
            } else if (word.equals("--")) {
                separated = true;
            } else {
                option(spec, word);
            }
        }
    }

    private void option(final CommandSpec spec, final String word) {
        final int equals = word.indexOf('=');
        final OptionSpec option = spec.findOption(equals < 0 ? word : word.substring(0, equals));
        if (option == null) {
            return;
        }
        given.add(option);
        if (option.arity().max() > 0) {
            if (equals < 0) {
                pending = option;
            } else {
                take(option, word.substring(equals + 1));
            }
        }
    }

    /** Only what says where to look is kept. */
    private void take(final OptionSpec option, final String value) {
        switch (option.longestName()) {
            case CommonOptions.STORE, CommonOptions.KEY_FILE, CommonOptions.ENV, AtVersion.AT ->
                place.add(option.longestName() + "=" + value);
            default -> {
                // of no use here
            }
        }
    }

    /** {@return the option whose value is to come next; null if none is} */
    @Nullable
    OptionSpec pending() {
        return pending;
    }

    /** {@return whether there was a {@code --}} */
    boolean isSeparated() {
        return separated;
    }

    /** {@return the arguments that are not options} */
    List<String> arguments() {
        return arguments;
    }

    /** {@return the options that name store, key, environment and version, as given} */
    List<String> place() {
        return place;
    }

    /**
     * Whether an option was given and can be given but once.
     *
     * @param option in question.
     * @return whether it was.
     */
    boolean isGiven(final OptionSpec option) {
        return given.contains(option) && !option.isMultiValue();
    }
}
