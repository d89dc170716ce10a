package io.envcli.engine.internal.pipeline;

import io.envcli.engine.internal.view.LiveView;
import io.envcli.engine.internal.view.SeenEntries;
import io.envcli.offheap.Slab;
import org.jspecify.annotations.Nullable;

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
    /** The names set, if they are to be kept. Written by the journal stage. */
    private @Nullable NamesSet names;
    /** Rows parsed. Written by the journal stage. */
    long rows;
    /** Rows left out of the journal, since the store has their very value. Written by the journal stage. */
    long filtered;
    /** How many of these make no variable an unchanged one: it was set again. Written by the journal stage. */
    long repeated;
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

    /** Keeps the names that it sets from here on. */
    void keepNames() {
        names = new NamesSet();
    }

    /** Notes the names of a slab's rows, if names are kept. */
    void note(final EnvironmentKey environment, final Slab slab) {
        if (names != null) {
            names.add(environment, slab.table(), slab.rowCount());
        }
    }

    /** {@return whether it has set a name, whose hash is at an address; names must be kept} */
    boolean hasSet(final EnvironmentKey environment, final long nameHashAddress) {
        return names != null && names.contains(environment, nameHashAddress);
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
        return filtered - repeated + unchanged;
    }

    /** {@return bytes written to the journal} */
    public long journalBytes() {
        return journalBytes;
    }
}
