package io.envcli.offheap;

import java.io.IOException;
import java.nio.file.Path;

/** An index file that cannot be used. Nothing is lost: the index is derived from the journal and can be built again. */
public final class IndexDamagedException extends IOException {
    private static final long serialVersionUID = 1L;

    /**
     * A file is unusable.
     *
     * @param file   of the index.
     * @param reason what is wrong with it.
     */
    public IndexDamagedException(final Path file, final String reason) {
        super(file + ": " + reason + "; the index must be rebuilt from the journal");
    }
}
