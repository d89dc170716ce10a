package io.envcli.journal;

import java.io.IOException;
import java.nio.file.Path;

/** Takes damage that a walk over the journal finds: throws, or notes it so that the walk goes on behind it. */
interface DamageSink {
    /** Ends the walk at the first damage. */
    DamageSink THROW = (file, position, what) -> {
        throw new JournalDamagedException(file, position, what);
    };

    void damaged(Path file, long position, String what) throws IOException;
}
