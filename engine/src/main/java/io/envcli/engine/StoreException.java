package io.envcli.engine;

import org.jspecify.annotations.Nullable;

/**
 * A store could not do what was asked. The message says what, where and what to do; it never holds a value. Whatever was
 * not acknowledged before is not in the store.
 */
public final class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Kind kind;

    /** What went wrong, for callers that act on it. */
    public enum Kind {
        /** The folder holds no store, or something that is not one. */
        NOT_A_STORE,
        /** Another writer has the store. */
        LOCKED,
        /** The key is missing, unreadable, readable by others, or not this store's. */
        KEY,
        /** The disk is full. */
        DISK_FULL,
        /** Something in the store is damaged; the message names file and position. */
        DAMAGED,
        /** The store was put back to an older state than it once had here; {@link StoreVerifier#acceptOlder} accepts that. */
        OLDER,
        /** An argument cannot be: an environment, a name or a value out of its bounds. */
        INVALID,
        /** The store is closed, or its pipeline stopped earlier. */
        CLOSED,
        /** Reading or writing failed. */
        IO
    }

    /**
     * A failure with its cause.
     *
     * @param kind    what went wrong.
     * @param message what, where and what to do.
     * @param cause   the cause, or null.
     */
    public StoreException(final Kind kind, final String message, final @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /**
     * A failure.
     *
     * @param kind    what went wrong.
     * @param message what, where and what to do.
     */
    public StoreException(final Kind kind, final String message) {
        this(kind, message, null);
    }

    /** {@return what went wrong} */
    public Kind kind() {
        return kind;
    }
}
