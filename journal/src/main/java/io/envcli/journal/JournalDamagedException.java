package io.envcli.journal;

import java.nio.file.Path;

/** Bytes of the journal are not what was written. Names the file and the position of the first thing that is wrong. */
public final class JournalDamagedException extends JournalException {
    private static final long serialVersionUID = 1L;

    // A Path is not promised to be serializable.
    private final transient Path file;
    private final long position;
    private final String what;

    JournalDamagedException(final Path file, final long position, final String what) {
        super(file + ":" + position + ": " + what
                + "; the journal is damaged: restore the store from a backup, or save what is whole with 'verify --repair'");
        this.file = file;
        this.position = position;
        this.what = what;
    }

    /** {@return the file that is damaged} */
    public Path file() {
        return file;
    }

    /** {@return what is wrong there} */
    public String what() {
        return what;
    }

    /** {@return byte position in the file of the first thing that is wrong} */
    public long position() {
        return position;
    }
}
