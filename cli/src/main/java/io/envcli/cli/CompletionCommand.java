package io.envcli.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Prints the script that makes a shell complete env-cli's command line; see {@link Completion} for what it then asks. */
final class CompletionCommand implements Command {
    /** The shells that there are scripts for. */
    static final List<String> SHELLS = List.of("bash", "zsh", "fish");

    @Override
    public Manual manual() {
        return new Manual(String.join("|", SHELLS), """
                env-cli completion bash > ~/.local/share/bash-completion/completions/env-cli
                env-cli completion zsh > ~/.zfunc/_env-cli     # a folder named in fpath before compinit
                env-cli completion fish > ~/.config/fish/completions/env-cli.fish
                """, """
                Prints a script that makes the shell complete verbs, options, their values, files, and the names of
                environments and variables in the store, of which it never shows a value. Without a folder for such
                scripts, put this into the shell's start file: source <(env-cli completion bash). The script asks
                env-cli itself, so it needs no new one with a new version of env-cli.
                """);
    }

    @Override
    public void declare(final CommandSpec spec) {
        CommonOptions.tolerateStore(spec);
        spec.addOption(OptionSpec.builder(CommonOptions.JSON).type(boolean.class).arity("0").hidden(true).build());
    }

    @Override
    public ExitStatus run(final Call call) throws CommandException, IOException {
        if (call.json()) {
            throw call.misuse(CommonOptions.JSON + " has no effect here; leave it out");
        }
        final String shell = call.onlyArgument("the shell");
        if (!SHELLS.contains(shell)) {
            throw call.misuse("there is no completion for '" + shell + "'; name one of: " + String.join(", ", SHELLS));
        }
        call.out().print(script(shell));
        return ExitStatus.DONE;
    }

    /**
     * The script for a shell.
     *
     * @param shell one of {@link #SHELLS}.
     * @return its text.
     * @throws IOException if it cannot be read.
     */
    static String script(final String shell) throws IOException {
        try (InputStream script = CompletionCommand.class.getResourceAsStream("completion." + shell)) {
            if (script == null) {
                throw new IllegalArgumentException("shell=" + shell + " is none of " + SHELLS);
            }
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
