package io.envcli.cli;

import picocli.CommandLine.Model.CommandSpec;

/** Later. */
final class ListCommand implements Command {
    @Override
    public Manual manual() {
        return new Manual("", "a\nb\n", "c\n");
    }

    @Override
    public void declare(final CommandSpec spec) {
        CommonOptions.flag(spec, "--later", "later");
    }

    @Override
    public ExitStatus run(final Call call) {
        return ExitStatus.DONE;
    }
}
