package io.envcli.cli;

import io.envcli.engine.StoreException;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** From arguments to an exit status: finds the verb, builds its command, runs it, and reports how it failed. */
final class Cli {
    private final Shell shell;
    private final Output out;

    private Cli(final Shell shell) {
        this.shell = shell;
        this.out = new Output(shell);
    }

    /**
     * Runs one command line to its end. Everything is written out when it returns.
     *
     * @param arguments after the program's name.
     * @param shell     the surroundings.
     * @return how it ended.
     */
    static ExitStatus run(final List<String> arguments, final Shell shell) {
        final Cli cli = new Cli(shell);
        ExitStatus status = cli.guarded(arguments);
        try {
            cli.out.flush();
        } catch (final IOException e) {
            cli.out.error("the result could not be written to stdout: " + reason(e)
                    + (cli.out.isChangeMade() ? "; the change itself was made" : ""));
            status = ExitStatus.FAILED;
        }
        return status;
    }

    // The last line of defence: whatever a command throws becomes one line and a status. A defect's message is not shown,
    // since it might hold a value; its place is.
    private ExitStatus guarded(final List<String> arguments) {
        try {
            return dispatch(arguments);
        } catch (final CommandException e) {
            return failed(e.status(), e.text());
        } catch (final StoreException e) {
            return failed(ExitStatus.FAILED, String.valueOf(e.getMessage()));
        } catch (final IOException e) {
            return failed(ExitStatus.FAILED, reason(e));
        } catch (final OutOfMemoryError e) {
            return failed(ExitStatus.FAILED, "out of memory; run it on less at a time");
        } catch (final RuntimeException | LinkageError | AssertionError | InternalError e) {
            return failed(ExitStatus.FAILED,
                    "a defect of env-cli: " + e.getClass().getName() + place(e) + "; please report it");
        }
    }

    private ExitStatus failed(final ExitStatus status, final String message) {
        out.dropResult();
        out.error(message);
        return status;
    }

    private ExitStatus dispatch(final List<String> arguments) throws CommandException, IOException {
        if (arguments.isEmpty()) {
            out.progress(TopHelp.TEXT);
            return ExitStatus.FAILED;
        }
        if (arguments.getFirst().equals(Completion.WORD)) {
            Completion.print(arguments.subList(1, arguments.size()), shell, out);
            return ExitStatus.DONE;
        }
        final int at = verbIndex(arguments);
        if (at < arguments.size()) {
            final String word = arguments.get(at);
            if (word.equals("help") || (at > 0 && isHelp(arguments.subList(0, at)))) {
                return help(arguments.subList(at + (word.equals("help") ? 1 : 0), arguments.size()));
            }
            final List<String> rest = new ArrayList<>(arguments.subList(0, at));
            rest.addAll(arguments.subList(at + 1, arguments.size()));
            return call(verb(word), rest);
        }
        return withoutVerb(arguments);
    }

    /** Common options may stand before the verb. */
    static int verbIndex(final List<String> arguments) {
        int i = 0;
        while (i < arguments.size() && arguments.get(i).startsWith("-")) {
            i += CommonOptions.takesNext(arguments.get(i)) ? 2 : 1;
        }
        return i;
    }

    private ExitStatus withoutVerb(final List<String> arguments) throws CommandException {
        if (isHelp(arguments)) {
            return help(List.of());
        }
        final String first = arguments.getFirst();
        if (first.equals("--version") || first.equals("-V")) {
            out.println("env-cli " + version());
            return ExitStatus.DONE;
        }
        if (CommonOptions.isCommon(optionName(first))) {
            throw CommandException.failed("a verb is missing: one of " + String.join(", ", Verb.words()));
        }
        throw CommandException.failed("unknown option " + optionName(first)
                + suggestion(optionName(first), CommonOptions.names()) + " (see 'env-cli --help')");
    }

    private static boolean isHelp(final List<String> arguments) {
        return arguments.contains("--help") || arguments.contains("-h");
    }

    private ExitStatus help(final List<String> arguments) throws CommandException {
        for (final String word : arguments) {
            if (!word.startsWith("-")) {
                final Verb verb = verb(word);
                final Command command = verb.command();
                HelpPage.print(verb, command, spec(verb, command), out);
                return ExitStatus.DONE;
            }
        }
        out.print(TopHelp.TEXT);
        return ExitStatus.DONE;
    }

    private static Verb verb(final String word) throws CommandException {
        final Optional<Verb> verb = Verb.of(word);
        if (verb.isEmpty()) {
            throw CommandException.failed(
                    "unknown verb '" + word + "'" + suggestion(word, Verb.words()) + " (see 'env-cli --help')");
        }
        return verb.get();
    }

    private ExitStatus call(final Verb verb, final List<String> arguments) throws CommandException, IOException {
        final Command command = verb.command();
        final CommandSpec spec = spec(verb, command);
        if (isHelp(beforeSeparator(arguments))) {
            HelpPage.print(verb, command, spec, out);
            return ExitStatus.DONE;
        }
        final ParseResult options = parse(verb, spec, arguments);
        out.configure(options.hasMatchedOption(CommonOptions.QUIET), options.hasMatchedOption(CommonOptions.NO_COLOR));
        final List<String> positional = options.matchedPositionalValue(0, List.of());
        refuseEmpty(verb, options, verb == Verb.RUN ? List.of() : positional);
        requireSeparator(verb, arguments, positional);
        return run(command, new Call(verb, options, positional, shell, out));
    }

    /** The engine knows what it was told, not by whom. */
    private static ExitStatus run(final Command command, final Call call) throws CommandException, IOException {
        try {
            return command.run(call);
        } catch (final StoreException e) {
            throw CommandException.failed(Advice.message(call, e));
        }
    }

    private static List<String> beforeSeparator(final List<String> arguments) {
        final int separator = arguments.indexOf("--");
        return separator < 0 ? arguments : arguments.subList(0, separator);
    }

    /** {@return all that may stand on a verb's command line} */
    static CommandSpec spec(final Verb verb, final Command command) {
        final CommandSpec spec = CommandSpec.create().name(verb.word());
        command.declare(spec);
        CommonOptions.declare(spec);
        spec.addPositional(PositionalParamSpec.builder().index("0..*").arity("0..*").type(List.class)
                .auxiliaryTypes(String.class).paramLabel("ARGUMENT").build());
        return spec;
    }

    /** A call of a verb that is not run: for its store, environment and version. Whatever it writes is dropped. */
    static Call quietCall(final Verb verb, final List<String> options, final Shell shell) throws CommandException {
        final Shell silent = new Shell(InputStream.nullInputStream(), OutputStream.nullOutputStream(),
                OutputStream.nullOutputStream(), shell.environment(), false, false, false);
        return new Call(verb, parse(verb, spec(verb, verb.command()), options), List.of(), silent, new Output(silent));
    }

    private static ParseResult parse(final Verb verb, final CommandSpec spec, final List<String> arguments)
            throws CommandException {
        final CommandLine parser = new CommandLine(spec).setExpandAtFiles(false).setOverwrittenOptionsAllowed(true)
                .setInterpolateVariables(false);
        refuseValuesOfFlags(verb, spec, arguments);
        try {
            return parser.parseArgs(arguments.toArray(String[]::new));
        } catch (final ParameterException e) {
            throw misuse(verb, wrong(e, spec));
        }
    }

    private static String wrong(final ParameterException e, final CommandSpec spec) {
        if (e instanceof final UnmatchedArgumentException unmatched) {
            final String name = optionName(unmatched.getUnmatched().getFirst());
            if (CommonOptions.isCommon(name)) {
                return name + " has no effect here; leave it out";
            }
            return "unknown option " + name + suggestion(name, spec.optionsMap().keySet());
        }
        if (e instanceof final MissingParameterException missing
                && missing.getMissing().getFirst() instanceof final OptionSpec option) {
            return option.longestName() + " needs a value";
        }
        return "the options were not understood";
    }

    /** The parser's own message would repeat the value. */
    private static void refuseValuesOfFlags(final Verb verb, final CommandSpec spec, final List<String> arguments)
            throws CommandException {
        for (final String argument : beforeSeparator(arguments)) {
            final int equals = argument.indexOf('=');
            final OptionSpec option = equals < 0 ? null : spec.findOption(argument.substring(0, equals));
            if (option != null && option.arity().max() == 0) {
                throw misuse(verb, option.longestName() + " takes no value");
            }
        }
    }

    /** An empty path would be the current folder, of which nobody thought whose script has a variable that is not set. */
    private static void refuseEmpty(final Verb verb, final ParseResult options, final List<String> positional)
            throws CommandException {
        for (final OptionSpec option : options.matchedOptions()) {
            if ("".equals(option.getValue())) {
                throw misuse(verb, "the value of " + option.longestName() + " is empty");
            }
        }
        if (positional.contains("")) {
            throw misuse(verb, "an argument is empty");
        }
    }

    /** Without it, options of the command would be taken for those of env-cli. */
    private static void requireSeparator(final Verb verb, final List<String> arguments, final List<String> positional)
            throws CommandException {
        if (verb == Verb.RUN && !positional.isEmpty() && !isAllBehindSeparator(arguments, positional)) {
            throw misuse(verb, "the command goes after --, such as: env-cli run --env production -- npm start");
        }
    }

    private static boolean isAllBehindSeparator(final List<String> arguments, final List<String> positional) {
        return arguments.contains("--")
                && arguments.size() - beforeSeparator(arguments).size() - 1 == positional.size();
    }

    private static CommandException misuse(final Verb verb, final String what) {
        return CommandException.failed(verb.word() + ": " + what + " (see 'env-cli " + verb.word() + " --help')");
    }

    /** The option without its value, which might be a secret typed in the wrong place. */
    private static String optionName(final String argument) {
        final int equals = argument.indexOf('=');
        final String name = equals < 0 ? argument : argument.substring(0, equals);
        return name.startsWith("--") || name.length() <= 2 ? name : name.substring(0, 2);
    }

    private static String suggestion(final String typed, final Iterable<String> candidates) {
        return Nearest.to(typed, candidates).map(near -> "; did you mean " + near + "?").orElse("");
    }

    /** {@return the version of this build} */
    static String version() {
        final String version = Cli.class.getPackage().getImplementationVersion();
        return version == null ? "(development)" : version;
    }

    /** What, where, and what to do about an error of the file system. */
    private static String reason(final IOException e) {
        return switch (e) {
            case final NoSuchFileException missing -> missing.getFile() + ": no such file; check the path";
            case final AccessDeniedException denied ->
                denied.getFile() + ": permission denied; check who may read or write it";
            case final FileSystemException other when other.getReason() != null ->
                other.getFile() + ": " + other.getReason();
            default -> String.valueOf(e.getMessage());
        };
    }

    private static String place(final Throwable e) {
        final StackTraceElement[] stack = e.getStackTrace();
        return stack.length == 0 ? "" : " at " + stack[0];
    }
}
