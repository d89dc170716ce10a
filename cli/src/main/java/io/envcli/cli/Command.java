package io.envcli.cli;

import picocli.CommandLine.Model.CommandSpec;

import java.io.IOException;

/**
 * One verb of the command line. It declares its options, and runs once: raw options become checked, immutable arguments,
 * those a call of the engine, and its answer becomes output.
 */
interface Command {
    /** {@return what its help says beside the options} */
    Manual manual();

    /**
     * Adds the verb's own options and those common ones that not every verb takes.
     *
     * @param spec to add to.
     */
    void declare(CommandSpec spec);

    /**
     * Does it.
     *
     * @param call what was asked for, and where to answer.
     * @return how it ended.
     * @throws CommandException with a message for the user, if it cannot be done.
     * @throws IOException      if a file or stream named by the user cannot be read or written.
     */
    ExitStatus run(Call call) throws CommandException, IOException;
}
