package io.envcli.cli;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class HelpTest {
    @TempDir
    Path folder;
    private Sandbox sandbox;

    @BeforeEach
    void sandbox() {
        sandbox = new Sandbox(folder);
    }

    @Test
    void topHelpNamesEveryVerbAndNoOther() {
        final Sandbox.Result result = sandbox.run("--help");
        assertEquals(0, result.status());
        assertEquals("", result.err());
        assertTrue(result.out().startsWith("Examples\n  env-cli "), result.out());
        final List<String> verbs = result.out().lines().dropWhile(line -> !line.equals("Verbs")).skip(1)
                .takeWhile(line -> !line.isEmpty()).map(line -> line.strip().replaceFirst(" .*", "")).toList();
        assertEquals(Verb.words(), verbs);
    }

    @Test
    void topHelpFitsANarrowScreen() {
        sandbox.run("--help").out().lines().forEach(line -> assertTrue(line.length() <= 80, line));
    }

    @Test
    void topHelpHasEveryCommonOption() {
        final String help = sandbox.run("--help").out();
        CommonOptions.names().forEach(option -> assertTrue(help.contains("  " + option), option));
    }

    @Test
    void helpOfImportNamesTheFoldersItDoesNotEnter() {
        final String help = sandbox.run("import", "--help").out().replaceAll("\\s+", " ");
        assertTrue(help.contains("enters no .git, node_modules or linked folder"), help);
    }

    @ParameterizedTest
    @EnumSource(Verb.class)
    void helpOfAVerbStartsWithTwoExamplesAndFitsTheScreen(final Verb verb) {
        final Sandbox.Result result = sandbox.run(verb.word(), "--help");
        assertEquals(0, result.status());
        final List<String> lines = result.out().lines().toList();
        assertEquals("Examples", lines.getFirst());
        assertTrue(lines.get(1).contains("env-cli " + verb.word()), lines.get(1));
        assertTrue(lines.get(2).contains("env-cli " + verb.word()), lines.get(2));
        assertTrue(result.out().contains("env-cli " + verb.word() + " [OPTION]..."), result.out());
        lines.forEach(line -> assertTrue(line.length() <= 120, line));
        for (final String option : List.of("--json", "--quiet", "--no-color", "--help")) {
            final boolean hasResult = !Set.of(Verb.RUN, Verb.COMPLETION).contains(verb) || !option.equals("--json");
            assertEquals(hasResult, result.out().contains("  " + option), option);
        }
        final boolean usesStore = !Set.of(Verb.PARSE, Verb.COMPLETION).contains(verb);
        assertEquals(usesStore, result.out().contains("  --store DIR"), result.out());
        assertEquals(usesStore, result.out().contains("  --key-file FILE"), result.out());
        final boolean worksInOne = !Set
                .of(Verb.PARSE, Verb.SCAN, Verb.VERIFY, Verb.STATUS, Verb.DOCTOR, Verb.LOG, Verb.ROLLBACK,
                        Verb.BACKUP, Verb.RESTORE, Verb.REKEY, Verb.COMPLETION)
                .contains(verb);
        assertEquals(worksInOne, result.out().contains("  --env NAME"), result.out());
    }

    @ParameterizedTest
    @EnumSource(Verb.class)
    void helpSaysWhatQuietLeaves(final Verb verb) {
        final String quiet = sandbox.run(verb.word(), "--help").out().lines()
                .filter(line -> line.startsWith("  --quiet ")).findFirst().orElseThrow();
        final String expected = switch (verb) {
            case IMPORT -> "print only rejects and errors";
            case PUT, UNSET, ROLLBACK, REKEY -> "print only errors";
            case RUN -> "print no warning";
            default -> "print only the result and errors";
        };
        assertTrue(quiet.contains(expected), quiet);
    }

    @ParameterizedTest
    @EnumSource(Verb.class)
    void helpIsFoundFromEverySide(final Verb verb) {
        final String help = sandbox.run(verb.word(), "--help").out();
        assertEquals(help, sandbox.run(verb.word(), "-h").out());
        assertEquals(help, sandbox.run("help", verb.word()).out());
        assertEquals(help, sandbox.run("--help", verb.word()).out());
        assertEquals(help, sandbox.run(verb.word(), "SOMETHING", "--help", "--unknown").out());
    }

    @ParameterizedTest
    @EnumSource(value = Verb.class, names = {"IMPORT", "PUT", "UNSET", "ROLLBACK"})
    void writersTakeADurabilityClass(final Verb verb) {
        assertTrue(sandbox.run(verb.word(), "--help").out().contains("--durability CLASS"));
    }

    @Test
    void versionIsOneLine() {
        final Sandbox.Result result = sandbox.run("--version");
        assertEquals(0, result.status());
        assertTrue(result.out().matches("env-cli \\S+\n"), result.out());
    }

    @Test
    void nothingAtAllIsWrongUsage() {
        final Sandbox.Result result = sandbox.run();
        assertEquals(2, result.status());
        assertEquals("", result.out());
        assertEquals(TopHelp.TEXT, result.err());
    }

    @Test
    void helpHasNoColourWhereNobodyLooks() {
        assertFalse(sandbox.run("get", "--help").out().contains("\u001b"));
        assertTrue(sandbox.terminals(true, true, true).run("get", "--help").out().contains("\u001b[1m"));
        assertFalse(sandbox.set("NO_COLOR", "1").run("get", "--help").out().contains("\u001b"));
    }
}
