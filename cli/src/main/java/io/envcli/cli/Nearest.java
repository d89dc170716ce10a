package io.envcli.cli;

import java.util.Optional;

/** Finds what somebody probably meant to type: the candidate that the fewest slips of the finger turn into it. */
final class Nearest {
    private Nearest() {}

    /**
     * Finds the candidate nearest to a word.
     *
     * @param typed      that is none of the candidates.
     * @param candidates what it could have been.
     * @return the nearest, if one is near enough to be worth naming.
     */
    static Optional<String> to(final String typed, final Iterable<String> candidates) {
        String best = null;
        // Two letters are near to everything.
        int fewest = typed.length() < 3 ? 1 : Math.max(1, typed.length() / 3) + 1;
        for (final String candidate : candidates) {
            final int slips = startsOrContinues(typed, candidate) ? 1 : slips(typed, candidate);
            if (slips < fewest) {
                fewest = slips;
                best = candidate;
            }
        }
        return Optional.ofNullable(best);
    }

    private static boolean startsOrContinues(final String typed, final String candidate) {
        return typed.length() > 2 && (candidate.startsWith(typed) || typed.startsWith(candidate));
    }

    /** The number of letters to insert, drop, replace or swap with their neighbour: three rows of the usual table. */
    private static int slips(final String a, final String b) {
        int[] before = new int[b.length() + 1];
        int[] last = new int[b.length() + 1];
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                final int replace = last[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replace, Math.min(last[j], row[j - 1]) + 1);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    row[j] = Math.min(row[j], before[j - 2] + 1);
                }
            }
            final int[] free = before;
            before = last;
            last = row;
            row = free;
        }
        return last[b.length()];
    }
}
