package io.envcli.journal;

import java.nio.file.Path;
import java.util.List;

/**
 * What a verification found.
 *
 * @param segments     read.
 * @param frames       that are whole.
 * @param changes      in them.
 * @param versions     committed by them.
 * @param bytes        of them.
 * @param sealsChecked whether a key was at hand, so that every seal was checked too.
 * @param findings     what is wrong, in the journal's order; at most {@link JournalVerifier#MAX_FINDINGS}.
 */
public record JournalReport(int segments, long frames, long changes, long versions, long bytes, boolean sealsChecked,
        List<Finding> findings) {
    /** Copies the list. */
    public JournalReport {
        findings = List.copyOf(findings);
    }

    /** {@return whether nothing is wrong} */
    public boolean isIntact() {
        return findings.isEmpty();
    }

    /**
     * One thing that is wrong.
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
}
