package io.envcli.cli;

import picocli.CommandLine.Model.OptionSpec;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What stands in an argument's or an option's place, told by the label that the help shows for it. */
enum ValueKind {
    /** A file or a folder. */
    FILE,
    /** A folder. */
    FOLDER,
    /** A command to be run. */
    COMMAND,
    /** A verb of env-cli. */
    VERB,
    /** An environment of the store. */
    ENVIRONMENT,
    /** A variable of the environment in which the verb works. */
    VARIABLE,
    /** A version of the store. */
    VERSION;

    /**
     * The label of an option's value.
     *
     * @param option that takes one.
     * @return its label; empty where it says nothing: a {@code NAME} is that of a variable only among the arguments.
     */
    static String label(final OptionSpec option) {
        if (option.longestName().equals(CommonOptions.ENV)) {
            return "ENV";
        }
        return option.completionCandidates() == null && !option.paramLabel().equals("NAME") ? option.paramLabel() : "";
    }

    /**
     * The label of the next argument.
     *
     * @param synopsis of the arguments, such as {@code PATH...} or {@code [NAME]}.
     * @param at       number of those before it.
     * @return its label without dots and brackets; empty if none may follow.
     */
    static String label(final String synopsis, final int at) {
        final List<String> labels = Stream.of(synopsis.split(" ", -1))
                .filter(word -> !word.isEmpty() && !word.equals("--")).map(word -> word.replaceAll("[\\[\\]]", ""))
                .toList();
        if (at < labels.size()) {
            return labels.get(at).replace("...", "");
        }
        return !labels.isEmpty() && labels.getLast().endsWith("...") ? labels.getLast().replace("...", "") : "";
    }

    /**
     * The words that a label gives outright.
     *
     * @param label such as {@code bash|zsh|fish}.
     * @return those of its parts that are written as they are typed.
     */
    static List<String> words(final String label) {
        return Stream.of(label.split("\\|", -1)).filter(part -> part.matches("[a-z][a-z0-9-]*")).toList();
    }

    /**
     * What may stand in a label's place.
     *
     * @param label such as {@code ENV|FILE}.
     * @return what is known of that.
     */
    static List<ValueKind> of(final String label) {
        final List<ValueKind> kinds = new ArrayList<>();
        for (final String part : label.split("\\|", -1)) {
            switch (part) {
                case "FILE", "PATH" -> kinds.add(FILE);
                case "DIR", "FOLDER" -> kinds.add(FOLDER);
                case "COMMAND", "ARGUMENT" -> kinds.add(COMMAND);
                case "VERB" -> kinds.add(VERB);
                case "ENV", "ENVIRONMENT", "A", "B" -> kinds.add(ENVIRONMENT);
                case "NAME" -> kinds.add(VARIABLE);
                case "VERSION" -> kinds.add(VERSION);
                default -> {
                    // a number, a time, a text: nobody can know
                }
            }
        }
        return kinds;
    }
}
