package io.envcli.cli;

import picocli.CommandLine.Model.CommandSpec;

import java.util.stream.Collectors;

/**
 * The help of the program as a whole: a constant, since building it would take longer than reading it;
 * so it is not wrapped either, and no line of it may be longer than 80 characters.
 */
final class TopHelp {
    /** What {@code env-cli --help} prints. */
    static final String TEXT = """
            Examples
              env-cli import .                           take in the dotenv files below
              env-cli get DATABASE_URL --env production  what is it now?

            env-cli keeps environment variables: checked, fingerprinted, journaled, and
            answered in milliseconds.

            Usage
              env-cli VERB [OPTION]... [ARGUMENT]...

            Verbs
              import      take in dotenv files and folders
              parse       show how a dialect reads a file; needs no store
              put         set one variable; its value comes from stdin or a file
              unset       remove one variable
              get         print the value of one variable
              list        list the variables of an environment, without their values
              export      write an environment as dotenv or JSON
              run         start a command with the variables of an environment
              diff        compare two environments, or versions, without showing values
              history     list what one variable has been
              log         list the versions of the store
              rollback    make the store what it was at a version
              scan        find which variables the code reads and defines
              verify      check the whole store; save what is whole of a damaged one
              backup      copy the store while it is in use
              restore     make a store from a backup
              rekey       move the store to a new key
              status      say what the store holds and how env-cli runs here
              doctor      check JVM, machine, disk and store, and say what to do
              completion  print the script that makes a shell complete env-cli

            Common options
              --store DIR      the store (default: env-cli/store in the XDG data folder)
              --env NAME       the environment, where a verb works in one (default: default)
              --key-file FILE  the key (default: $ENV_CLI_KEY_FILE, else env-cli/key in the
                               XDG config folder)
              --json           print the result as JSON
              --quiet          print only errors, and what was asked for: a value, a list,
                               an export, JSON
              --no-color       no colour; so does the variable NO_COLOR
              --help, -h       show help; 'env-cli VERB --help' for one verb
              --version        show the version

            Exit status
              0  done; there may have been warnings
              1  the answer is no: not found, differs, something is missing or was
                 rejected, verification failed
              2  wrong usage or a failure, and nothing was changed
              'run' ends as its command does; 127 or 126 if that cannot be started
            """;

    private TopHelp() {}

    /**
     * What a verb does, in a few words.
     *
     * @param verb in question.
     * @return what the list of verbs says of it; empty if it is not there.
     */
    static String summary(final Verb verb) {
        return section("Verbs").lines().filter(line -> line.startsWith(verb.word() + " "))
                .map(line -> line.substring(verb.word().length()).strip()).findFirst().orElse("");
    }

    /**
     * A section without its heading.
     *
     * @param heading of it.
     * @return its entries, a line each, without what they are indented by.
     */
    static String section(final String heading) {
        return TEXT.lines().dropWhile(line -> !line.equals(heading)).skip(1).takeWhile(line -> !line.isEmpty())
                .collect(Collectors.joining("\n")).replaceAll("\n {3,}", " ").lines().map(String::strip)
                .collect(Collectors.joining("\n"));
    }

    /** {@return what env-cli is, in a sentence} */
    static String purpose() {
        return TEXT.lines().dropWhile(line -> !line.startsWith("env-cli ")).takeWhile(line -> !line.isEmpty())
                .collect(Collectors.joining(" "));
    }

    /** {@return the options that may stand before a verb, or without one} */
    static CommandSpec options() {
        final CommandSpec spec = CommandSpec.create();
        CommonOptions.declareEnvironment(spec);
        CommonOptions.declare(spec);
        CommonOptions.flag(spec, "--version", "show the version");
        return spec;
    }
}
