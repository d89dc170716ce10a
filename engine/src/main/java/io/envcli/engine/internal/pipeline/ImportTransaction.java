package io.envcli.engine.internal.pipeline;

import io.envcli.engine.internal.view.LiveView;
import io.envcli.engine.internal.view.SeenEntries;

import java.io.IOException;

/**
 * One import on its way. The counters are written by the stage named and read by the importer after the acknowledgement,
 * which the ring publishes.
 */
public final class ImportTransaction {
    /** Shorter imports need no estimate. */
    private static final long RESERVE_FROM = 8 << 20;
    private static final double RESERVE_MARGIN = 1.05;

    /** What the commit frame says of where the import came from. */
    final String summary;
    /** Bytes that will be read, as far as known when it began. */
    private final long expectedBytes;
    /** Whether room has been made in the view. Written by the apply stage. */
    private boolean reserved;
    /** When it was committed, in milliseconds since 1970. Written by the journal stage. */
    long timeMillis;
    /** Its number in the journal; 0 before its first slab. Written by the journal stage. */
    long number;
    /** The version it became; 0 before. Written by the journal stage. */
    long version;
    /** The first entry of the view that was written after it began. Written by the journal stage. */
    long firstEntry;
    /**
     * Entries older than {@link #firstEntry} that it has met. Journal and apply stage both write it, never at once: the
     * journal stage looks only when everything before has been applied.
     */
    final SeenEntries seen = new SeenEntries();
    /** Rows parsed. Written by the journal stage. */
    long rows;
    /** Rows left out of the journal, since the store has their very value. Written by the journal stage. */
    long filtered;
    /** Rows journaled that changed nothing. Written by the apply stage. */
    long unchanged;
    /** Rows that set a variable which the transaction had set before. Written by the apply stage. */
    long duplicates;
    /** Bytes of frames in the journal. Written by the journal stage. */
    long journalBytes;

    /**
     * An import that is about to begin.
     *
     * @param summary       what the commit frame says of where it came from.
     * @param expectedBytes that will be read, as far as known; 0 if unknown.
     */
    public ImportTransaction(final String summary, final long expectedBytes) {
        this.summary = summary;
        this.expectedBytes = expectedBytes;
    }

    /**
     * Makes room in the view for the whole import, judged by its first slab: to grow once costs less time and memory than
     * to double again and again.
     */
    void reserve(final LiveView view, final int changed, final int bytes) throws IOException {
        if (!reserved && bytes > 0 && expectedBytes > RESERVE_FROM) {
            reserved = true;
            view.reserve((long) (RESERVE_MARGIN * changed / bytes * (expectedBytes - bytes)));
        }
    }

    /** {@return the version it became; 0 if it did not} */
    public long version() {
        return version;
    }

    /** {@return distinct environments and names, after last-wins} */
    public long variables() {
        return rows - duplicates;
    }

    /** {@return variables whose value the store had already} */
    public long unchanged() {
        return filtered + unchanged;
    }

    /** {@return bytes written to the journal} */
    public long journalBytes() {
        return journalBytes;
    }
}
