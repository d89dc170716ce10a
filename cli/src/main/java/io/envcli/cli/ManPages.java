package io.envcli.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The manual pages, {@code env-cli.1} and one for each verb, made from what the help is made from; run by the build. */
final class ManPages {
    private final String date;
    private final String version;

    private ManPages(final String date, final String version) {
        this.date = date;
        this.version = version;
    }

    /**
     * Writes all pages.
     *
     * @param args the folder to write to, which is made; the date of the pages, as {@code 2026-01-31} with anything after it.
     * @throws IOException if they cannot be written.
     */
    public static void main(final String[] args) throws IOException {
        write(Path.of(args[0]), args[1].substring(0, "2026-01-31".length()), Cli.version());
    }

    /**
     * Writes all pages.
     *
     * @param folder  to write to, which is made.
     * @param date    of the pages.
     * @param version of the program.
     * @throws IOException if they cannot be written.
     */
    static void write(final Path folder, final String date, final String version) throws IOException {
        final ManPages pages = new ManPages(date, version);
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("env-cli.1"), pages.top());
        for (final Verb verb : Verb.values()) {
            Files.writeString(folder.resolve("env-cli-" + verb.word() + ".1"), pages.page(verb));
        }
    }

    private String top() {
        final Roff page = new Roff("env-cli", date, version);
        page.section("NAME").text("env-cli - keeps environment variables");
        page.section("SYNOPSIS").bold("env-cli VERB [OPTION]... [ARGUMENT]...");
        page.section("DESCRIPTION").text(TopHelp.purpose());
        page.section("VERBS");
        for (final Verb verb : Verb.values()) {
            page.tagged("env-cli-" + verb.word() + "(1)", TopHelp.summary(verb));
        }
        page.section("COMMON OPTIONS");
        options(page, TopHelp.options().options());
        surroundings(page, true, true);
        page.section("EXAMPLES").lines(TopHelp.section("Examples"));
        page.section("SEE ALSO").text(String.join(", ",
                Verb.words().stream().map(word -> "env-cli-" + word + "(1)").toList()));
        return page.toString();
    }

    private String page(final Verb verb) {
        final Command command = verb.command();
        final Manual manual = command.manual();
        final CommandSpec spec = Cli.spec(verb, command);
        final Roff page = new Roff("env-cli-" + verb.word(), date, version);
        page.section("NAME").text("env-cli-" + verb.word() + " - " + TopHelp.summary(verb));
        page.section("SYNOPSIS").bold(HelpPage.usage(verb, manual));
        page.section("DESCRIPTION").text(manual.purpose());
        page.section("OPTIONS");
        options(page, HelpPage.own(spec));
        options(page, HelpPage.common(spec));
        final OptionSpec store = spec.findOption(CommonOptions.STORE);
        surroundings(page, store != null && !store.hidden(), verb == Verb.SCAN);
        page.section("EXAMPLES").lines(manual.examples());
        page.section("SEE ALSO").text("env-cli(1)");
        return page.toString();
    }

    private static void options(final Roff page, final List<OptionSpec> options) {
        for (final OptionSpec option : options) {
            page.tagged(HelpPage.usage(option), option.description()[0]);
        }
    }

    private static void surroundings(final Roff page, final boolean usesStore, final boolean scans) {
        page.section("EXIT STATUS");
        TopHelp.section("Exit status").lines().forEach(line -> {
            if (Character.isDigit(line.charAt(0))) {
                page.tagged(line.substring(0, 1), line.substring(1));
            } else {
                page.tagged("other", line);
            }
        });
        page.section("ENVIRONMENT");
        if (usesStore) {
            page.tagged(Folders.KEY_FILE, "the key file, unless --key-file names one")
                    .tagged("XDG_DATA_HOME", "the folder in which env-cli/store is (default: ~/.local/share)")
                    .tagged("XDG_CONFIG_HOME", "the folder in which env-cli/key is (default: ~/.config)");
        }
        page.tagged("XDG_CACHE_HOME",
                "the folder in which env-cli/aot and env-cli/scan are (default: ~/.cache)")
                .tagged("NO_COLOR", "if it is set to anything, no colour")
                .tagged("ENV_CLI_JAVA_HOME", "the JDK 25 to use (default: JAVA_HOME, the usual folders and the PATH)")
                .tagged("ENV_CLI_BUILD", "never: prepare no faster start, and build nothing where it is a checkout");
        page.section("FILES");
        if (usesStore) {
            page.tagged("~/.local/share/env-cli/store", "the store, unless --store names one")
                    .tagged("~/.config/env-cli/key", "its key; nobody can restore it, so keep a copy")
                    .tagged("~/.config/env-cli/key.heads", "how far each store of that key had come, so that one put "
                            + "back to an older state is noticed");
        }
        if (scans) {
            page.tagged("~/.cache/env-cli/scan", "what scans found, file by file; may be deleted");
        }
        page.tagged("~/.cache/env-cli/aot", "AOT caches, which make an installed env-cli start faster; may be deleted");
    }
}
