package io.envcli.cli;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;

/**
 * What surrounds a command: the standard streams, which of them are terminals, and the environment of the process.
 * Tests give their own.
 *
 * @param stdin            read by commands that are told to.
 * @param stdout           the result goes here; unbuffered.
 * @param stderr           everything else goes here; unbuffered.
 * @param environment      the process's own environment variables.
 * @param stdinIsTerminal  whether somebody types there.
 * @param stdoutIsTerminal whether somebody looks at the result.
 * @param stderrIsTerminal whether somebody looks at progress and errors.
 * @param columns          of the terminal that shows the result; 0 if not known.
 */
record Shell(InputStream stdin, OutputStream stdout, OutputStream stderr, Map<String, String> environment,
        boolean stdinIsTerminal, boolean stdoutIsTerminal, boolean stderrIsTerminal, int columns) {
    /** Set by the launcher: the numbers of those standard streams that are terminals, such as {@code 02}. */
    private static final String TERMINALS = "envcli.terminals";

    /** Set by the launcher where stdout is a terminal: its width. */
    private static final String COLUMNS = "envcli.columns";

    /** Surroundings with a terminal, if any, of unknown width. */
    Shell(final InputStream stdin, final OutputStream stdout, final OutputStream stderr,
            final Map<String, String> environment, final boolean stdinIsTerminal, final boolean stdoutIsTerminal,
            final boolean stderrIsTerminal) {
        this(stdin, stdout, stderr, environment, stdinIsTerminal, stdoutIsTerminal, stderrIsTerminal, 0);
    }

    /** {@return the surroundings of this process} */
    static Shell ofProcess() {
        final String terminals = System.getProperty(TERMINALS, "");
        return new Shell(new FileInputStream(FileDescriptor.in), new FileOutputStream(FileDescriptor.out),
                new FileOutputStream(FileDescriptor.err), System.getenv(), terminals.indexOf('0') >= 0,
                terminals.indexOf('1') >= 0, terminals.indexOf('2') >= 0, Integer.getInteger(COLUMNS, 0));
    }

    /**
     * Reads an environment variable of the process.
     *
     * @param name of the variable.
     * @return its value, or the empty string if it is not set.
     */
    String variable(final String name) {
        return environment.getOrDefault(name, "");
    }

    /** {@return whether the user's surroundings ask for no colour} */
    boolean refusesColor() {
        return !variable("NO_COLOR").isEmpty() || variable("TERM").equals("dumb");
    }
}
