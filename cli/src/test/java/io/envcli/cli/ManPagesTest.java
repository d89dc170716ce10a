package io.envcli.cli;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

class ManPagesTest {
    @TempDir
    Path folder;
    private List<String> pages = List.of();

    @BeforeEach
    void write() throws IOException {
        ManPages.write(folder, "2026-01-31", "1.2.3");
        try (Stream<Path> files = Files.list(folder)) {
            pages = files.map(Path::toString).sorted().toList();
        }
    }

    @Test
    void thereIsOneForEachVerbAndOneForAll() {
        assertEquals(Verb.values().length + 1, pages.size());
    }

    @ParameterizedTest
    @EnumSource(Verb.class)
    void aPageSaysWhatTheHelpSays(final Verb verb) throws Exception {
        final String page = plain(folder.resolve("env-cli-" + verb.word() + ".1"));
        final String help = new Sandbox(folder.resolve("home")).run(verb.word(), "--help").out();
        final List<String> sections = help.lines().filter(line -> line.startsWith("  ")).map(String::strip).toList();
        for (final String line : sections) {
            for (final String part : line.split(" {2,}", -1)) {
                assertTrue(page.contains(squeezed(part)), part);
            }
        }
        final Manual manual = verb.command().manual();
        assertTrue(page.contains(squeezed(manual.purpose())), page);
        for (final String heading : List.of("NAME", "SYNOPSIS", "OPTIONS", "EXIT STATUS", "ENVIRONMENT", "FILES",
                "EXAMPLES", "SEE ALSO")) {
            assertTrue(page.contains(".SH " + heading + " "), heading);
        }
    }

    @Test
    void theFirstPageNamesAllVerbsAndOptions() throws IOException {
        final String page = plain(folder.resolve("env-cli.1"));
        Verb.words().forEach(word -> assertTrue(page.contains("env-cli-" + word + "(1) "), word));
        CommonOptions.names().forEach(option -> assertTrue(page.contains(".TP .B " + option), option));
        assertTrue(page.startsWith(".TH ENV-CLI 1 2026-01-31 \"env-cli 1.2.3\""), page);
    }

    @Test
    void filesAreNamedWhereTheyMatter() throws IOException {
        final String top = plain(folder.resolve("env-cli.1"));
        for (final String file : List.of("share/env-cli/store", "config/env-cli/key ", "config/env-cli/key.heads",
                "cache/env-cli/scan", "cache/env-cli/aot")) {
            assertTrue(top.contains(file), file);
        }
        assertTrue(plain(folder.resolve("env-cli-scan.1")).contains("cache/env-cli/scan"));
        assertFalse(plain(folder.resolve("env-cli-get.1")).contains("cache/env-cli/scan"));
    }

    /** As a reader sees it, but for the macros. */
    private static String plain(final Path page) throws IOException {
        return squeezed(Files.readString(page).replace("\\-", "-").replace("\\(aq", "'").replace("\\(ti", "~")
                .replace("\\(dq", "\"").replace("\\(ha", "^").replace("\\(ga", "`").replace("\\e", "\\")
                .replace("\\&", ""));
    }

    private static String squeezed(final String text) {
        return text.strip().replaceAll("\\s+", " ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mandoc -Tlint", "groff -ww -man -Tutf8 -z", "man --warnings -E UTF-8 -l"})
    void noToolForManualPagesComplains(final String tool) throws Exception {
        final List<String> command = new ArrayList<>(List.of(tool.split(" ", -1)));
        assumeTrue(Launcher.installed(command.getFirst()), command.getFirst() + " is not installed");
        command.addAll(pages);
        final Path out = folder.resolve("out");
        final Path err = folder.resolve("err");
        final Process process = new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile())
                .start();
        assertEquals(0, process.waitFor(), () -> read(out) + read(err));
        assertEquals("", read(err));
        assertTrue(!command.getFirst().equals("mandoc") || read(out).isEmpty(), () -> read(out));
    }

    private static String read(final Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void whatRoffWouldActOnIsEscaped() {
        assertEquals(".TH A 1 2026-01-31 \"env-cli 1\" \"User Commands\"\n.nf\n\\&.env \\e \\(aqx\\(aq\n.fi\n",
                new Roff("a", "2026-01-31", "1").lines(".env \\ 'x'").toString());
    }
}
