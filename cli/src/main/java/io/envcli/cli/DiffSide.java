package io.envcli.cli;

import io.envcli.engine.StoreReader;
import org.jspecify.annotations.Nullable;

/**
 * One side of a comparison.
 *
 * @param environment that is compared; null for all of them.
 * @param version     that it is read at.
 */
record DiffSide(@Nullable String environment, long version) {
    private static final char AT = '@';

    /**
     * Reads an argument: an environment, a version, or both with {@code @} between. What is an environment's name is taken as
     * that, also if it is a number or holds an {@code @}.
     *
     * @param call   the command.
     * @param reader at the version for what names none.
     * @param text   as typed.
     * @return the side.
     * @throws CommandException if there is no such environment, or it is no version.
     */
    static DiffSide of(final Call call, final StoreReader reader, final String text) throws CommandException {
        if (reader.hasEnvironment(text)) {
            return new DiffSide(text, reader.version());
        }
        if (AtVersion.isNumber(text)) {
            return new DiffSide(null, AtVersion.version(call, reader, text));
        }
        final int at = text.lastIndexOf(AT);
        if (at == 0) {
            return new DiffSide(null, AtVersion.version(call, reader, text.substring(1)));
        }
        if (at > 0 && reader.hasEnvironment(text.substring(0, at))) {
            return new DiffSide(text.substring(0, at), AtVersion.version(call, reader, text.substring(at + 1)));
        }
        throw missing(reader, at > 0 ? text.substring(0, at) : text);
    }

    /** That there is none is no answer to whether two differ. */
    private static CommandException missing(final StoreReader reader, final String environment) {
        return CommandException.failed(Variables.noEnvironment(reader.environments(), environment).text());
    }

    /**
     * The same side of an environment, unless it names one.
     *
     * @param other the environment; null for all.
     * @return the side.
     */
    DiffSide in(final @Nullable String other) {
        return environment == null ? new DiffSide(other, version) : this;
    }

    /** {@return the side for a person} */
    String shown() {
        return (environment == null ? "all environments" : environment) + " at version " + version;
    }
}
