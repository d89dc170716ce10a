package io.envcli.journal;

import java.nio.file.Path;

/** A segment that must be there is not. */
public final class SegmentMissingException extends JournalException {
    private static final long serialVersionUID = 1L;

    // A Path is not promised to be serializable.
    private final transient Path file;

    SegmentMissingException(final Path file) {
        super(file + ": the segment is missing; restore it from a backup of the store, or save what is whole with"
                + " 'verify --repair'");
        this.file = file;
    }

    /** {@return what is missing} */
    public Path file() {
        return file;
    }
}
