package io.envcli.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What may be typed next on a command line: {@code env-cli __complete WORD...}, which the shells' completion scripts call with
 * the words before the cursor as they were typed, the last of them unfinished. It follows the same definitions as parser and
 * help, so there is no list of its own.
 *
 * <p>It prints what the shell is to add of its own, {@code none}, {@code files}, {@code folders} or {@code command}, and then a
 * line for each word: the word and, after a tab, what it is. It prints no value, makes nothing, and never fails: where there is
 * nothing to say it says nothing.
 */
final class Completion {
    /** Asks for it, in the place of a verb. */
    static final String WORD = "__complete";

    private static final String HELP_VERB = "help";
    private static final String SEPARATOR = "--";

    private final Shell shell;
    private final List<String> before;
    /** The unfinished word; of {@code --option=value}, the value. */
    private String current;
    private final Map<String, String> words = new TreeMap<>();
    private ByShell byShell = ByShell.NONE;

    /** What the shell adds: it knows its own files better. */
    enum ByShell {
        /** Nothing. */
        NONE,
        /** Files and folders. */
        FILES,
        /** Folders. */
        FOLDERS,
        /** A command with its arguments, which begins after {@code --}. */
        COMMAND
    }

    private Completion(final Shell shell, final List<String> typed) {
        this.shell = shell;
        final List<String> plain = typed.stream().map(word -> TypedWord.plain(word, shell)).toList();
        this.before = plain.subList(0, Math.max(0, plain.size() - 1));
        this.current = plain.isEmpty() ? "" : plain.getLast();
    }

    /**
     * Prints what may come next.
     *
     * @param typed the words after the program's name, as typed, the last one unfinished.
     * @param shell the surroundings.
     * @param out   to print to.
     */
    static void print(final List<String> typed, final Shell shell, final Output out) {
        final Completion completion = new Completion(shell, typed);
        try {
            completion.find();
        } catch (final RuntimeException | LinkageError e) {
            return; // a line half typed is no place for a message
        }
        out.println(completion.byShell.name().toLowerCase(Locale.ROOT));
        completion.words.forEach((word, description) -> {
            if (word.startsWith(completion.current) && word.chars().noneMatch(Character::isISOControl)) {
                out.println(description.isEmpty() ? word : word + "\t" + description);
            }
        });
    }

    private void find() {
        final int at = Cli.verbIndex(before);
        if (at >= before.size()) {
            beforeTheVerb();
        } else if (before.get(at).equals(HELP_VERB)) {
            verbs();
        } else {
            Verb.of(before.get(at)).ifPresent(verb -> {
                final List<String> rest = new ArrayList<>(before.subList(0, at));
                rest.addAll(before.subList(at + 1, before.size()));
                afterTheVerb(verb, rest);
            });
        }
    }

    private void beforeTheVerb() {
        final CommandSpec spec = TopHelp.options();
        final TypedWords typed = new TypedWords(spec, before);
        if (!valueOf(spec, typed, Verb.LIST)) {
            verbs();
        }
    }

    private void verbs() {
        for (final Verb verb : Verb.values()) {
            words.put(verb.word(), TopHelp.summary(verb));
        }
    }

    private void afterTheVerb(final Verb verb, final List<String> arguments) {
        final Command command = verb.command();
        final CommandSpec spec = Cli.spec(verb, command);
        final TypedWords typed = new TypedWords(spec, arguments);
        if (!valueOf(spec, typed, verb)) {
            value(ValueKind.label(command.manual().arguments(), typed.arguments().size()), typed, verb);
        }
    }

    /** An option, or the value of one; false if it is neither. */
    private boolean valueOf(final CommandSpec spec, final TypedWords typed, final Verb verb) {
        final int equals = current.indexOf('=');
        OptionSpec option = typed.pending();
        if (option == null && !typed.isSeparated() && current.startsWith(SEPARATOR) && equals > 0) {
            option = spec.findOption(current.substring(0, equals));
            current = current.substring(equals + 1);
            if (option == null || option.arity().max() == 0) {
                return true;
            }
        }
        if (option != null) {
            if (option.completionCandidates() != null) {
                option.completionCandidates().forEach(word -> words.put(word, ""));
            }
            value(ValueKind.label(option), typed, verb);
            return true;
        }
        if (typed.isSeparated() || !current.startsWith("-")) {
            return false;
        }
        options(spec, typed);
        return true;
    }

    private void options(final CommandSpec spec, final TypedWords typed) {
        for (final OptionSpec option : spec.options()) {
            if (!option.hidden() && !typed.isGiven(option)) {
                words.put(option.longestName(), option.description()[0]);
            }
        }
    }

    private void value(final String label, final TypedWords typed, final Verb verb) {
        ValueKind.words(label).forEach(word -> words.put(word, ""));
        for (final ValueKind kind : ValueKind.of(label)) {
            switch (kind) {
                case FILE -> byShell = ByShell.FILES;
                case FOLDER -> byShell = ByShell.FOLDERS;
                case COMMAND -> command(typed.isSeparated());
                case VERB -> verbs();
                case ENVIRONMENT, VARIABLE, VERSION -> words.putAll(StoreWords.of(kind, verb, typed, shell));
            }
        }
    }

    private void command(final boolean isSeparated) {
        if (isSeparated) {
            byShell = ByShell.COMMAND;
        } else {
            words.put(SEPARATOR, "a command follows");
        }
    }
}
