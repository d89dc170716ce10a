package io.envcli.engine;

import java.util.List;

/**
 * What a verification read, and what it found wrong.
 *
 * @param segments of the journal.
 * @param frames   read.
 * @param changes  read, all transactions included.
 * @param versions committed.
 * @param bytes    read.
 * @param entries  of the view compared with the journal.
 * @param nanos    that it took.
 * @param findings what is wrong, each {@code file:position: what}; empty if all is whole.
 */
public record VerifyReport(int segments, long frames, long changes, long versions, long bytes, long entries, long nanos,
        List<String> findings) {

    /** Copies the list. */
    public VerifyReport {
        findings = List.copyOf(findings);
    }

    /** {@return whether nothing is wrong} */
    public boolean intact() {
        return findings.isEmpty();
    }
}
