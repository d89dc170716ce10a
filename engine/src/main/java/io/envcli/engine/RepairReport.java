package io.envcli.engine;

import java.nio.file.Path;
import java.util.List;

/**
 * What a repair saved, and what it could not.
 *
 * @param lastVersion of the new store: the highest that is known to have been committed.
 * @param changes     saved, all versions included.
 * @param openEnded   whether there may have been higher versions, of which nothing is left.
 * @param losses      versions that could not be saved, or not wholly, ascending.
 * @param findings    what is wrong with the damaged store, in the journal's order.
 * @param nanos       that it took.
 */
public record RepairReport(long lastVersion, long changes, boolean openEnded, List<Loss> losses,
        List<Finding> findings, long nanos) {
    /** Copies the lists. */
    public RepairReport {
        losses = List.copyOf(losses);
        findings = List.copyOf(findings);
    }

    /**
     * Versions next to each other that could not be saved, or not wholly.
     *
     * @param first   version.
     * @param last    version; the same but where the commits themselves are lost.
     * @param changes that it had; 0 where nothing tells.
     * @param whole   of these, those that are not lost.
     * @param saved   whether the ones that are whole were saved.
     */
    public record Loss(long first, long last, long changes, long whole, boolean saved) {
        /** {@return the loss in words} */
        @Override
        public String toString() {
            final String what = first == last ? "version " + first : "versions " + first + " to " + last;
            if (changes == 0) {
                return what + ": lost";
            }
            final String lost = what + ": " + (changes - whole) + " of " + changes + " changes lost";
            return whole == 0 ? lost
                    : lost + (saved ? ", the others saved" : ", the others not saved without --partial");
        }
    }

    /**
     * One thing that is wrong with the damaged store.
     *
     * @param file     it is in.
     * @param position byte position in the file.
     * @param what     is wrong.
     */
    public record Finding(Path file, long position, String what) {
        /** {@return file, position and what, parted by colons} */
        @Override
        public String toString() {
            return file + ":" + position + ": " + what;
        }
    }

    /** {@return whether everything that was ever committed is in the new store} */
    public boolean isComplete() {
        return losses.isEmpty() && !openEnded;
    }
}
