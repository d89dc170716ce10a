package io.envcli.journal;

import java.nio.file.Path;

/** A file is in a format that this version does not know: written by a newer one. */
public final class UnsupportedFormatException extends JournalException {
    private static final long serialVersionUID = 1L;

    UnsupportedFormatException(final Path file, final long position, final int version) {
        super(file + ":" + position + ": format version=" + version
                + " is newer than this program knows; use a newer env-cli");
    }
}
