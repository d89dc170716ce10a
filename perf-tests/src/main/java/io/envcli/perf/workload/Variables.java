package io.envcli.perf.workload;

import java.nio.charset.StandardCharsets;

/**
 * The variables of a workload by position: what stands at position n follows from profile, seed and n alone.
 *
 * <p>In the realistic profile a few positions assign a name again that was assigned shortly before; all other names are
 * distinct. Threading: one thread at a time.
 */
public final class Variables {
    private static final byte[] DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ".getBytes(StandardCharsets.US_ASCII);
    private static final int NAME_LENGTH = 1;
    private static final int NAME_TEXT = 2;
    private static final int FORM = 3;
    private static final int VALUE_LENGTH = 4;
    private static final int EXPORTED = 6;
    private static final int DUPLICATE = 7;
    private static final int DUPLICATE_DISTANCE = 8;
    /** A name is assigned again at most this many positions later. */
    private static final int DUPLICATE_WINDOW = 50;

    private final Profile profile;
    private final Draws draws;
    private final Values values;
    private final Assignment scratch = new Assignment();

    /**
     * The variables of a workload.
     *
     * @param profile of the workload.
     * @param seed    of the workload.
     */
    public Variables(final Profile profile, final long seed) {
        this.profile = profile;
        this.draws = new Draws(Draws.mix(seed));
        this.values = new Values(draws);
    }

    /**
     * The name assigned at a position.
     *
     * @param position from 0.
     * @return the name.
     */
    public String name(final long position) {
        read(position, scratch);
        return scratch.nameText();
    }

    /**
     * The value that a variable ends up with: that of the last position with the same name.
     *
     * @param position    from 0.
     * @param assignments of the workload; later positions do not count.
     * @return a new array with the value in UTF-8.
     */
    public byte[] lastValue(final long position, final long assignments) {
        final long first = firstOf(position);
        long last = Math.min(first + DUPLICATE_WINDOW, assignments - 1);
        while (firstOf(last) != first) {
            last--;
        }
        read(last, scratch);
        return scratch.valueBytes();
    }

    /**
     * Reads what stands at a position.
     *
     * @param position   from 0.
     * @param assignment receives it.
     */
    void read(final long position, final Assignment assignment) {
        assignment.nameLength = name(firstOf(position), assignment.name);
        assignment.form = profile.form(draws.bits(position, FORM));
        assignment.exported = profile == Profile.REALISTIC && draws.below(position, EXPORTED, 50) == 0;
        final int length = profile.valueLengths().pick(draws.bits(position, VALUE_LENGTH));
        assignment.valueLength = values.write(position, assignment.form, length, assignment.value);
    }

    /** {@return the first position with the name that stands at this one} */
    long firstOf(final long position) {
        if (!wantsDuplicate(position)) {
            return position;
        }
        final long other = position - 1 - draws.below(position, DUPLICATE_DISTANCE, DUPLICATE_WINDOW);
        return other < 0 || wantsDuplicate(other) ? position : other;
    }

    /**
     * The last position before this one with the same name.
     *
     * @param position that assigns a name again.
     * @return a lower position.
     */
    long previousOf(final long position) {
        final long first = firstOf(position);
        long previous = position - 1;
        while (previous > first && firstOf(previous) != first) {
            previous--;
        }
        return previous;
    }

    private boolean wantsDuplicate(final long position) {
        return profile == Profile.REALISTIC && draws.below(position, DUPLICATE, 200) == 0;
    }

    /** Words, then {@code _} and the position in base 36: what follows the last {@code _} makes the name distinct. */
    private int name(final long position, final byte[] into) {
        int suffix = 2;
        for (long rest = position / DIGITS.length; rest > 0; rest /= DIGITS.length) {
            suffix++;
        }
        final int wanted = profile.nameLengths().pick(draws.bits(position, NAME_LENGTH));
        final int prefix = Math.max(1, wanted - suffix);
        Texts.NAMES.copy(draws.bits(position, NAME_TEXT), into, 0, prefix);
        long rest = position;
        for (int at = prefix + suffix - 1; at > prefix; at--) {
            into[at] = DIGITS[(int) (rest % DIGITS.length)];
            rest /= DIGITS.length;
        }
        into[prefix] = '_';
        return prefix + suffix;
    }
}
