package io.envcli.cli;

import io.envcli.engine.StoreReader;

import java.util.List;

/** Tells of the damage to a store from which what is whole was answered. */
final class Damage {
    /** So many lines at most: verify has them all. */
    private static final int SHOWN = 10;

    /** What a list of a damaged store is. */
    static final String PART = "this is what is whole; variables may be missing, and later values be lost";

    private static final String REMEDY = "; 'env-cli verify --repair NEW_FOLDER' saves what is whole";

    private Damage() {}

    /**
     * Says that something is not among what is whole, which does not mean that it is not set.
     *
     * @param call   the command.
     * @param reader that has not found it.
     * @param what   was asked for.
     * @return the exception, to be thrown.
     */
    static CommandException notFound(final Call call, final StoreReader reader, final String what) {
        warn(call, reader, true, "");
        return CommandException.failed(what + " is not among what is whole of this damaged store; whether it is set"
                + " is not known" + REMEDY);
    }

    /**
     * Warns of what is damaged, if anything is.
     *
     * @param call   the command.
     * @param reader that has answered.
     * @param proved whether what is lost can have changed nothing about the answer.
     * @param answer what it is if that is not proved.
     * @return {@link ExitStatus#DONE} if it is proved, else {@link ExitStatus#NO}.
     */
    static ExitStatus warn(final Call call, final StoreReader reader, final boolean proved, final String answer) {
        final List<String> damage = reader.damage();
        if (damage.isEmpty()) {
            return ExitStatus.DONE;
        }
        final Output out = call.out();
        for (final String line : damage.subList(0, Math.min(SHOWN, damage.size()))) {
            out.remark(Output.Paint.YELLOW, "warning:", Printable.line(line));
        }
        if (damage.size() > SHOWN) {
            out.remark(Output.Paint.YELLOW, "warning:", "and " + (damage.size() - SHOWN) + " more findings");
        }
        if (proved) {
            return ExitStatus.DONE;
        }
        out.error("the store is damaged: " + answer + REMEDY);
        return ExitStatus.NO;
    }
}
