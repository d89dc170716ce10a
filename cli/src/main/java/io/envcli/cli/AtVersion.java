package io.envcli.cli;

import io.envcli.engine.StoreConfig;
import io.envcli.engine.StoreReader;
import picocli.CommandLine.Model.CommandSpec;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.function.Function;

/** The option {@code --at} of the verbs that read: a store as it was at a version or a time. */
final class AtVersion {
    /** Names the version or the time. */
    static final String AT = "--at";

    /** Shorter, nobody has noticed. */
    private static final long NOTICED_NS = 300_000_000;

    private AtVersion() {}

    /**
     * Declares the option.
     *
     * @param spec to add to.
     */
    static void declare(final CommandSpec spec) {
        CommonOptions.value(spec, AT, "VERSION|TIME",
                "as it was then: a version, or a local time: 2026-11-23T14:30, or 2026-11-23 (0:00)");
    }

    /**
     * Opens the store for reading, at the version asked for, else at the newest.
     *
     * @param call the command.
     * @return the reader; the caller closes it.
     * @throws CommandException if there is no such version, or it is neither a version nor a time.
     */
    static StoreReader open(final Call call) throws CommandException {
        return open(call, StoreReader::open);
    }

    /**
     * Opens the store as {@link #open(Call)} does, and what is whole of one that is damaged: the caller tells of it with
     * {@link Damage}.
     *
     * @param call the command.
     * @return the reader; the caller closes it.
     * @throws CommandException as there.
     */
    static StoreReader openSalvaging(final Call call) throws CommandException {
        return open(call, StoreReader::openSalvaging);
    }

    /**
     * Opens the store as {@link #open(Call)} does, but only if that takes no healing.
     *
     * @param call the command.
     * @return as there.
     * @throws CommandException as there.
     */
    static StoreReader openAsItIs(final Call call) throws CommandException {
        return open(call, StoreReader::openAsItIs);
    }

    private static StoreReader open(final Call call, final Function<StoreConfig, StoreReader> opening)
            throws CommandException {
        if (!call.has(AT)) {
            return open(call, opening.apply(call.readConfig()));
        }
        final String text = call.value(AT).orElseThrow();
        final Instant time = isNumber(text) ? Instant.MAX : time(call, text);
        final StoreReader reader = open(call, opening.apply(call.readConfig()));
        try {
            reader.moveTo(isNumber(text) ? number(text) : reader.versionAt(time));
            return reader;
        } catch (final RuntimeException | Error e) {
            reader.close();
            throw e;
        }
    }

    /** Says why it took so long, where it did: the next command is as fast as ever. */
    private static StoreReader open(final Call call, final StoreReader reader) {
        if (reader.healingNanos() > NOTICED_NS) {
            call.out().remark("the view was made anew from the journal, since a writer had been killed or the machine"
                    + " restarted; that took " + Amounts.duration(reader.healingNanos() / 1e9) + ", once");
        }
        return reader;
    }

    /**
     * Finds the version that somebody named.
     *
     * @param call   the command.
     * @param reader at the newest version.
     * @param text   a version or a time.
     * @return the version; whether there is one is not looked at where it is a number.
     * @throws CommandException if the text is neither.
     */
    static long version(final Call call, final StoreReader reader, final String text) throws CommandException {
        return isNumber(text) ? number(text) : reader.versionAt(time(call, text));
    }

    /**
     * Says at which version there is something or not.
     *
     * @param call   the command.
     * @param reader moved there.
     * @return words to go after a sentence; none if no version was asked for.
     */
    static String words(final Call call, final StoreReader reader) {
        return call.has(AT) ? " at version " + reader.version() : "";
    }

    /**
     * The option as another command must have it to show the same state of the store.
     *
     * @param call   the command.
     * @param reader moved there.
     * @return what to put behind other words of a command; empty if no version was asked for.
     */
    static String option(final Call call, final StoreReader reader) {
        return call.has(AT) ? " " + AT + " " + reader.version() : "";
    }

    /**
     * Whether a text is a version's number.
     *
     * @param text as typed.
     * @return whether it is.
     */
    static boolean isNumber(final String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static long number(final String text) {
        // More digits than any version has: the reader says which ones there are.
        return text.length() > 18 ? Long.MAX_VALUE : Long.parseLong(text);
    }

    /** A date is its first moment; without a zone it is local time. */
    private static Instant time(final Call call, final String typed) throws CommandException {
        final String text = typed.trim().replaceFirst("^(\\d{4}-\\d{2}-\\d{2}) ", "$1T");
        final ZoneId zone = ZoneId.systemDefault();
        try {
            if (text.indexOf('T') < 0) {
                return LocalDate.parse(text).atStartOfDay(zone).toInstant();
            }
            return text.matches(".*T.*(Z|[+-]\\d{2}(:?\\d{2})?)")
                    ? OffsetDateTime.parse(text).toInstant()
                    : LocalDateTime.parse(text).atZone(zone).toInstant();
        } catch (final DateTimeParseException e) {
            throw call
                    .misuse("'" + typed + "' is neither a version nor a time; versions are numbers ('env-cli log' lists"
                            + " them), times look like 2026-11-23, 2026-11-23T14:30 or 2026-11-23T14:30:00Z");
        }
    }
}
