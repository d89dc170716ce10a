package io.envcli.journal;

/** A folder or file is not what it should be: no store, no key, or somebody else's file. */
public final class NotAJournalException extends JournalException {
    private static final long serialVersionUID = 1L;

    NotAJournalException(final String message) {
        super(message);
    }
}
