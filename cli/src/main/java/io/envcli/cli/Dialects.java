package io.envcli.cli;

import io.envcli.engine.dialect.Dialect;
import picocli.CommandLine.Model.CommandSpec;

import java.util.List;
import java.util.Optional;

/** The option that names a dialect. */
final class Dialects {
    private static final String OPTION = "--dialect";

    private Dialects() {}

    /**
     * Declares the option.
     *
     * @param spec to add to.
     */
    static void declare(final CommandSpec spec) {
        CommonOptions.choice(spec, OPTION, "NAME",
                "how the text is read: dotenv, as npm dotenv does (default), or environ,"
                        + " as env -0 writes",
                words());
    }

    /**
     * The dialect asked for.
     *
     * @param call that may name one.
     * @return it, or the default.
     * @throws CommandException if there is none of that name.
     */
    static Dialect of(final Call call) throws CommandException {
        final Optional<String> label = call.value(OPTION);
        if (label.isEmpty()) {
            return Dialect.DOTENV;
        }
        for (final Dialect dialect : Dialect.values()) {
            if (dialect.label().equals(label.get())) {
                return dialect;
            }
        }
        final String near = Nearest.to(label.get(), words())
                .map(it -> "; did you mean " + it + "?").orElse("");
        throw call.misuse(OPTION + " " + label.get() + " is none of: " + Dialect.labels() + near);
    }

    private static List<String> words() {
        return List.of(Dialect.labels().split(", "));
    }
}
