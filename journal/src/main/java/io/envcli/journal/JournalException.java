package io.envcli.journal;

import org.jspecify.annotations.Nullable;

import java.io.IOException;

/** Something is wrong with a journal, its key or its lock. The message says what, where, and what to do; never a value. */
public class JournalException extends IOException {
    private static final long serialVersionUID = 1L;

    /**
     * An error without a cause of its own.
     *
     * @param message what, where, and what to do.
     */
    public JournalException(final String message) {
        this(message, null);
    }

    /**
     * An error with a cause.
     *
     * @param message what, where, and what to do.
     * @param cause   what it came from, or null.
     */
    public JournalException(final String message, final @Nullable Throwable cause) {
        super(message, cause);
    }
}
