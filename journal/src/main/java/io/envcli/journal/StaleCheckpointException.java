package io.envcli.journal;

import java.nio.file.Path;

/**
 * A checkpoint lies behind the journal's end: what it had seen was lost with the power before it was synced, or the journal
 * was replaced. What was derived from it must be derived again, from {@link Checkpoint#START}.
 */
public final class StaleCheckpointException extends JournalException {
    private static final long serialVersionUID = 1L;

    StaleCheckpointException(final Path file, final long position) {
        super(file + ":" + position + ": the journal ends before this checkpoint; replay it from the start");
    }
}
