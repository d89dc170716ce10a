package io.envcli.journal;

import io.envcli.journal.JournalReport.Finding;

import java.util.List;
import java.util.Map;

/**
 * What can be had of a damaged journal, and what cannot.
 *
 * @param lastVersion  the highest that is known to have been committed.
 * @param openEnded    whether damage lies behind the last commit and nothing says which version was the last: there may
 *                     have been higher ones.
 * @param transactions that are committed, each with how many of its changes are lost: 0 for a whole one.
 * @param losses       versions that are not whole, ascending.
 * @param findings     what is wrong, in the journal's order; at most {@link JournalVerifier#MAX_FINDINGS}.
 */
public record SalvageReport(long lastVersion, boolean openEnded, Map<Long, Long> transactions, List<Loss> losses,
        List<Finding> findings) {
    /** Copies the lists. */
    public SalvageReport {
        losses = List.copyOf(losses);
        findings = List.copyOf(findings);
    }

    /**
     * Versions next to each other that are not whole.
     *
     * @param first   version.
     * @param last    version; more than the first one only where the commits are lost.
     * @param lost    changes that are lost; {@link #ALL} where the commit is, so that nothing of them can be believed.
     * @param changes that the commit counts; 0 where it is lost.
     */
    public record Loss(long first, long last, long lost, long changes) {
        /** Nothing of the version is there. */
        public static final long ALL = -1;

        /** {@return whether part of the version is there, and can be proved} */
        public boolean isPartial() {
            return lost != ALL && lost < changes;
        }

        /** {@return the loss in words} */
        @Override
        public String toString() {
            if (lost == ALL) {
                return first == last ? "version " + first + " is lost"
                        : "versions " + first + " to " + last + " are lost";
            }
            return "version " + first + ": " + lost + " of " + changes + " changes are lost";
        }
    }

    /** {@return whether every version there ever was is whole} */
    public boolean isComplete() {
        return losses.isEmpty() && !openEnded;
    }

    /** {@return what is newer than this version is proved; the highest number there is if nothing is} */
    public long newestLost() {
        return openEnded ? Long.MAX_VALUE : losses.isEmpty() ? 0 : losses.getLast().last();
    }
}
