package io.envcli.journal;

import org.jspecify.annotations.Nullable;

/** The writer failed, now or before, and takes no more writes: the journal must be reopened and replayed. */
public final class JournalFailedException extends JournalException {
    private static final long serialVersionUID = 1L;

    JournalFailedException(final String what, final @Nullable Throwable cause) {
        super(what + "; the journal takes no more writes until it is reopened", cause);
    }
}
