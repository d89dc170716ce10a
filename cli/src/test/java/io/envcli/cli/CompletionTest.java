package io.envcli.cli;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine.Model.OptionSpec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class CompletionTest {
    private static final String SECRET = "a-value-that-nobody-sees";

    @TempDir
    Path folder;
    private Sandbox sandbox;

    @BeforeEach
    void sandbox() throws IOException {
        sandbox = new Sandbox(folder);
        sandbox.set("ENV_CLI_COMPLETION_MILLIS", "60000");
        sandbox.file("in/api/.env.staging", "LOG_LEVEL=" + SECRET + "\nLOG_FORMAT=x\nTZ=y\n");
        sandbox.file("in/api/.env.production", "LOG_LEVEL=z\nONLY_HERE=z\n");
        assertEquals(0, sandbox.run("import", folder.resolve("in").toString()).status());
    }

    /** What the shell adds, then the words. */
    private List<String> complete(final String... typed) {
        final Sandbox.Result result = sandbox
                .run(Stream.concat(Stream.of(Completion.WORD), Arrays.stream(typed)).toArray(String[]::new));
        assertEquals(0, result.status());
        assertEquals("", result.err());
        assertFalse(result.out().contains(SECRET));
        return result.out().lines().map(line -> line.replaceFirst("\t.*", "")).toList();
    }

    @Test
    void everyVerbIsOfferedWithWhatItDoes() {
        final List<String> words = complete("");
        assertEquals("none", words.getFirst());
        assertEquals(Set.copyOf(Verb.words()), Set.copyOf(words.subList(1, words.size())));
        assertEquals(words, complete("help", ""));
        for (final Verb verb : Verb.values()) {
            assertFalse(TopHelp.summary(verb).isEmpty(), verb.word());
        }
    }

    @ParameterizedTest
    @EnumSource(Verb.class)
    void everyOptionThatTheHelpShowsIsOfferedAndNoOther(final Verb verb) {
        final List<String> expected = Cli.spec(verb, verb.command()).options().stream()
                .filter(option -> !option.hidden()).map(OptionSpec::longestName).sorted().toList();
        final List<String> words = complete(verb.word(), "-");
        assertEquals(expected, words.subList(1, words.size()));
    }

    @Test
    void anOptionIsOfferedOnceUnlessItMayBeRepeated() {
        assertFalse(complete("get", "--env", "api/staging", "--").contains("--env"));
        assertFalse(complete("get", "--raw", "--").contains("--raw"));
        assertTrue(complete("scan", "--type", "js", "--").contains("--type"));
        assertEquals(List.of("none", "--store"), complete("--st"));
    }

    @Test
    void valuesOfOptionsAreOffered() {
        assertEquals(List.of("none", "dotenv", "environ"), complete("import", "--dialect", ""));
        assertEquals(List.of("none", "memory", "power", "process"), complete("put", "A", "--durability", ""));
        assertEquals(List.of("none", "power", "process"), complete("put", "A", "--durability=p"));
        assertEquals(List.of("none", "json"), complete("export", "--format", "j"));
        assertEquals(List.of("none", "bash", "fish", "zsh"), complete("completion", ""));
        assertEquals(List.of("none"), complete("log", "--limit", ""));
        assertEquals(List.of("none"), complete("get", "--raw="));
    }

    @Test
    void filesAndCommandsAreLeftToTheShell() {
        assertEquals(List.of("files"), complete("import", "--strict", "in"));
        assertEquals(List.of("files"), complete("import", "one", "two", "--", "thr"));
        assertEquals(List.of("folders"), complete("get", "--store", ""));
        assertEquals(List.of("folders"), complete("--store=/va"));
        assertEquals(List.of("files"), complete("scan", "--baseline", ""));
        assertEquals(List.of("none", "--"), complete("run", ""));
        assertEquals(List.of("command"), complete("run", "--env", "x", "--", "np"));
        assertEquals(List.of("command"), complete("run", "--", "npm", "--env"));
        assertEquals(List.of("files", "api/production"), complete("scan", ".", "--against", "api/p"));
    }

    @Test
    void namesOfTheStoreAreOffered() {
        assertEquals(List.of("none", "api/production", "api/staging"), complete("list", "--env", ""));
        assertEquals(List.of("none", "api/staging"), complete("list", "--env=api/s"));
        assertEquals(List.of("none", "LOG_FORMAT", "LOG_LEVEL"), complete("get", "--env", "api/staging", "LOG"));
        assertEquals(List.of("none", "ONLY_HERE"), complete("--env", "api/production", "history", "O"));
        assertEquals(List.of("none", "ONLY_HERE"), complete("get", "O"), "--env may follow");
        assertEquals(List.of("none"), complete("get", "TZ", "--env", "api/staging", "TZ"), "one is enough");
        assertEquals(List.of("none", "api/production"), complete("diff", "api/staging", "api/p"));
        assertEquals(List.of("none", "1"), complete("rollback", ""));
        assertEquals(0, sandbox.run("unset", "TZ", "--env", "api/staging").status());
        assertEquals(List.of("none"), complete("get", "--env", "api/staging", "TZ"));
        assertEquals(List.of("none", "TZ"), complete("get", "--env", "api/staging", "--at", "1", "TZ"));
        assertEquals(List.of("none", "1", "2"), complete("get", "--at", ""));
    }

    @Test
    void theStoreAndKeyTypedSoFarAreThoseAsked() throws IOException {
        final Path home = Files.createDirectories(folder.resolve("home"));
        final Path other = home.resolve("o t h e r");
        final Path key = folder.resolve("other key");
        assertEquals(0, sandbox.runWith("1", "put", "FROM_OTHER", "--store", other.toString(), "--key-file",
                key.toString()).status());
        sandbox.set("KEY", key.toString());
        for (final String store : List.of(other.toString(), "~/o\\ t\\ h\\ e\\ r", "'" + other + "'",
                "\"$HOME/o t h e r\"", "${HOME}/'o t'\" h e r\"")) {
            assertEquals(List.of("none", "FROM_OTHER"), complete("get", "--store", store, "--key-file=$KEY", "F"),
                    store);
            assertEquals(List.of("none", "FROM_OTHER"), complete("--store", store, "--key-file", "$KEY", "unset", ""));
        }
        assertEquals(List.of("none"), complete("get", "--store", other.toString(), "F"), "not its key");
    }

    @Test
    void itMakesNothingAndSaysNothingOfWhatIsWrong() throws IOException {
        final Path nowhere = folder.resolve("nowhere");
        assertEquals(List.of("none"), complete("get", "--store", nowhere.toString(), ""));
        assertEquals(List.of("none"), complete("put", "--key-file", nowhere.toString(), ""));
        assertTrue(Files.notExists(nowhere));
        assertEquals(List.of("none"), complete("no-such-verb", ""));
        assertEquals(List.of("none"), complete("get", "--no-such-option", "--env", "none/such", ""));
        assertEquals(List.of("none"), complete("get", "--at", "no time at all", ""));
        assertEquals(List.of("none"), complete("get", "--store", "no\0path", ""));
        assertEquals("none", complete().getFirst());
        Files.writeString(sandbox.key(), "not a key");
        assertEquals(List.of("none"), complete("list", "--env", ""));
    }

    @Test
    void aViewThatMustBeRebuiltIsLeftToTheNextQuery() throws IOException {
        final Path views = sandbox.store().resolve("view");
        try (Stream<Path> files = Files.list(views)) {
            for (final Path view : files.toList()) {
                Files.delete(view);
            }
        }
        assertEquals(List.of("none"), complete("list", "--env", ""));
        try (Stream<Path> files = Files.list(views)) {
            assertEquals(List.of(), files.toList());
        }
        assertEquals(0, sandbox.run("list", "--env", "api/staging").status());
        assertEquals(List.of("none", "api/staging"), complete("list", "--env", "api/s"));
    }

    @Test
    void aNameWithControlCharactersIsNotOffered() {
        assertEquals(0, sandbox.runWith("1", "put", "ODD\tNAME").status());
        assertEquals(0, sandbox.runWith("1", "put", "ODD NAME").status());
        assertEquals(List.of("none", "ODD NAME"), complete("get", "ODD"));
    }

    @Test
    void onlyShellsWithAScriptAreTaken() {
        for (final String shell : CompletionCommand.SHELLS) {
            final Sandbox.Result script = sandbox.run("completion", shell);
            assertEquals(0, script.status());
            assertTrue(script.out().contains(" " + Completion.WORD + " "), script.out());
        }
        final Sandbox.Result none = sandbox.run("completion", "cmd");
        assertEquals(2, none.status());
        assertTrue(none.err().contains("no completion for 'cmd'; name one of: bash, zsh, fish"), none.err());
        assertEquals(2, sandbox.run("completion").status());
        assertEquals(2, sandbox.run("completion", "bash", "--json").status());
    }
}
