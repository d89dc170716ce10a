package io.envcli.cli;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** The completion scripts in the shells that they are for, where those are installed. */
class ShellCompletionIT {
    @TempDir
    Path folder;
    private Sandbox sandbox;
    private Launcher launcher;

    @BeforeEach
    void store() throws Exception {
        sandbox = new Sandbox(folder);
        sandbox.set("ENV_CLI_COMPLETION_MILLIS", "60000");
        launcher = new Launcher(sandbox);
        sandbox.set("PATH", Launcher.SCRIPT.getParent() + ":" + sandbox.environment().get("PATH")).set("TERM", "xterm");
        sandbox.file("in/api/.env.staging", "LOG_LEVEL=the-level\nLOG_FORMAT=x\n");
        sandbox.file("a file.env", "A=1\n");
        assertEquals(0, launcher.run("import", folder.resolve("in").toString()).status());
        for (final String shell : CompletionCommand.SHELLS) {
            sandbox.file("script." + shell, CompletionCommand.script(shell));
        }
        sandbox.file(".zshrc", "autoload -U compinit; compinit -u -D\nsource script.zsh\n");
        sandbox.set("ZDOTDIR", folder.toString());
    }

    /** Types into the shell on a terminal, the tab key included, and runs the line that comes of it. */
    @ParameterizedTest
    @ValueSource(strings = {"bash --noprofile --rcfile script.bash -i", "zsh -d -i",
        "fish --no-config -C 'source script.fish' -i"})
    void theTabKeyCompletes(final String start) throws Exception {
        final String shell = start.replaceFirst(" .*", "");
        assumeTrue(Launcher.installed(shell), shell + " is not installed");
        assumeTrue(Launcher.installed("script"), "script is not installed");
        final String typed = """
                env-cli ge\tLOG_LE\t --env api/s\t>got
                env-cli get LOG_LEVEL --env=api/s\t>got2
                env-cli par\t--rev\ta\\ f\t>got3
                exit
                """;
        final Launcher.Result result = launcher.exec(typed.getBytes(StandardCharsets.UTF_8),
                List.of("script", "-qec", start, "/dev/null"));
        assertTrue(Files.exists(folder.resolve("got3")), result.out());
        assertEquals("the-level\n", Files.readString(folder.resolve("got")), result.out());
        assertEquals("the-level\n", Files.readString(folder.resolve("got2")), result.out());
        assertEquals("A=1\n", Files.readString(folder.resolve("got3")), result.out());
    }

    /** Whoever may name an environment must not run commands as whoever completes the name, in a quote or out of it. */
    @ParameterizedTest
    @ValueSource(strings = {"", "\"", "'"})
    void whatANameHoldsIsNotRunByBash(final String quote) throws Exception {
        assumeTrue(Launcher.installed("bash"), "bash is not installed");
        assumeTrue(Launcher.installed("script"), "script is not installed");
        final String name = "evil/$(touch pwned)`touch pwned`'\"\\x!y";
        assertEquals(0, launcher.runWith("the-value", "put", "EVIL", "--env", name).status());
        final String typed = "env-cli get EVIL --env " + quote + "ev\t>got\nexit\n";
        final Launcher.Result result = launcher.exec(typed.getBytes(StandardCharsets.UTF_8),
                List.of("script", "-qec", "bash --noprofile --rcfile script.bash -i", "/dev/null"));
        assertTrue(Files.notExists(folder.resolve("pwned")), result.out());
        assertEquals("the-value\n", Files.readString(folder.resolve("got")), result.out());
        assertEquals("\n", bash("env-cli get EVIL --env e'v", "env-cli get EVIL --env e'v"));
    }

    @Test
    void bashGetsWordsThatFitWhereItCutsTheLine() throws Exception {
        assumeTrue(Launcher.installed("bash"), "bash is not installed");
        assertEquals("api/staging\n", bash("env-cli get --env=a", "env-cli get --env = a"));
        assertEquals("api/staging\n", bash("env-cli get --env=", "env-cli get --env ="));
        assertEquals("api/staging\n", bash("env-cli get --env a", "env-cli get --env a"));
        assertEquals(0, launcher.runWith("1", "put", "it's:here").status());
        assertEquals("here\n", bash("env-cli get it\\'s:h", "env-cli get it\\'s : h"));
        assertEquals("LOG_FORMAT LOG_LEVEL\n",
                bash("env-cli get --env api/staging L", "env-cli get --env api/staging L"));
        assertEquals("\n", bash("env-cli get --env=api/staging N", "env-cli get --env = api/staging N"));
    }

    /** Calls the script's function as bash does: with the line, and with its own idea of words. */
    private String bash(final String line, final String words) throws Exception {
        sandbox.file("call", """
                compopt() { :; }
                . ./script.bash
                COMP_LINE=$1 COMP_POINT=${#1}
                read -ra COMP_WORDS -r <<<"$2"
                COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
                _env_cli
                echo "${COMPREPLY[*]}"
                """);
        final Launcher.Result result = launcher.exec(new byte[0], List.of("bash", "--norc", "call", line, words));
        assertEquals("", result.err());
        return result.out();
    }

    @Test
    void fishShowsWhatTheWordsAre() throws Exception {
        assumeTrue(Launcher.installed("fish"), "fish is not installed");
        final Launcher.Result result = launcher.exec(new byte[0], List.of("fish", "--no-config", "-c", """
                source script.fish
                complete -C'env-cli unse'
                complete -C'env-cli get --env=a'
                complete -C'env-cli parse a'
                complete -C'env-cli run --env x -- env-cl'
                """));
        assertEquals("unset\t" + TopHelp.summary(Verb.UNSET) + "\n--env=api/staging\na file.env\n",
                result.out().replaceAll("(?m)^env-cli\t?.*\n", ""), result.err());
        assertTrue(result.out().contains("\nenv-cli"), result.out());
    }

    @Test
    void itIsQuietWhereNothingWasBuilt() throws Exception {
        final Path root = Files.createDirectories(folder.resolve("checkout/bin"));
        for (final String script : List.of("env-cli", "find-jdk.sh")) {
            Files.copy(Launcher.SCRIPT.resolveSibling(script), root.resolve(script));
        }
        sandbox.set("ENV_CLI_BUILD", "");
        final Launcher.Result result = launcher.exec(new byte[0],
                List.of("sh", root.resolve("env-cli").toString(), Completion.WORD, ""));
        assertEquals(new Launcher.Result(0, "", ""), result);
        assertTrue(Files.notExists(folder.resolve("checkout/cli")));
    }
}
