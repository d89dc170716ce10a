package io.envcli.journal;

/** There is no space for another frame. Nothing was appended; the writer takes no more until it is reopened. */
public final class JournalFullException extends JournalException {
    private static final long serialVersionUID = 1L;

    JournalFullException(final Throwable cause) {
        super(cause.getMessage() + "; nothing was appended, and the journal takes no more writes until it is reopened",
                cause);
    }
}
