package io.envcli.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

import java.util.Comparator;
import java.util.List;

/** The help of one verb: examples first, then what it does, then its own options, then the common ones. */
final class HelpPage {
    private static final int INDENT = 2;
    private static final int GAP = 2;

    private HelpPage() {}

    /**
     * Writes the help of a verb.
     *
     * @param verb    that it is about.
     * @param command behind it.
     * @param spec    with all its options.
     * @param out     to write to.
     */
    static void print(final Verb verb, final Command command, final CommandSpec spec, final Output out) {
        final Manual manual = command.manual();
        out.println(out.paint(Output.Paint.BOLD, "Examples"));
        out.print(manual.examples().indent(INDENT)).println("");
        purpose(manual.purpose().stripTrailing(), out);
        out.println(out.paint(Output.Paint.BOLD, "Usage"));
        out.println("  " + usage(verb, manual));
        final List<OptionSpec> own = own(spec);
        final List<OptionSpec> common = common(spec);
        final int width = Math.max(width(own), width(common));
        section("Options", own, width, out);
        section("Common options", common, width, out);
    }

    /** {@return how a verb is called} */
    static String usage(final Verb verb, final Manual manual) {
        return "env-cli " + verb.word() + " [OPTION]..."
                + (manual.arguments().isEmpty() ? "" : " " + manual.arguments());
    }

    /** {@return the options of the verb alone, as declared, without hidden ones} */
    static List<OptionSpec> own(final CommandSpec spec) {
        return spec.options().stream()
                .filter(option -> !option.hidden() && !CommonOptions.isCommon(option.longestName())).toList();
    }

    /** {@return the options that other verbs have too, in the usual order, without hidden ones} */
    static List<OptionSpec> common(final CommandSpec spec) {
        return spec.options().stream()
                .filter(option -> !option.hidden() && CommonOptions.isCommon(option.longestName()))
                .sorted(Comparator.comparingInt(option -> CommonOptions.names().indexOf(option.longestName())))
                .toList();
    }

    /** As it is written where it fits, else in lines of the terminal's width. */
    private static void purpose(final String text, final Output out) {
        if (!out.isTerminal() || text.lines().allMatch(line -> line.length() <= out.columns())) {
            out.println(text);
        } else {
            out.wrapped(0, text.replace('\n', ' '));
        }
        out.println("");
    }

    private static void section(final String title, final List<OptionSpec> options, final int width, final Output out) {
        if (options.isEmpty()) {
            return;
        }
        out.println("");
        out.println(out.paint(Output.Paint.BOLD, title));
        for (final OptionSpec option : options) {
            final String usage = usage(option);
            out.print(" ".repeat(INDENT) + usage + " ".repeat(width - usage.length() + GAP))
                    .wrapped(INDENT + width + GAP, option.description()[0]);
        }
    }

    private static int width(final List<OptionSpec> options) {
        int width = 0;
        for (final OptionSpec option : options) {
            width = Math.max(width, usage(option).length());
        }
        return width;
    }

    /** {@return an option as it is typed, with the label of its value} */
    static String usage(final OptionSpec option) {
        final String names = String.join(", ", option.names());
        return option.arity().max() == 0 ? names : names + " " + option.paramLabel();
    }
}
