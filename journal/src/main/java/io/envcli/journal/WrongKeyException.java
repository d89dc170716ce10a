package io.envcli.journal;

import java.nio.file.Path;

/** The journal is whole, but was sealed with another key. */
public final class WrongKeyException extends JournalException {
    private static final long serialVersionUID = 1L;

    WrongKeyException(final Path file) {
        super(file + ": wrong key: the journal was sealed with another key; "
                + "name the key file that the store was made with");
    }
}
