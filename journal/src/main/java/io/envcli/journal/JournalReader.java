package io.envcli.journal;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads a journal from a place on, in order, proving what it reads: CRCs, seals, numbering, counts, transaction hashes and
 * the chain of commits. Opens no Chronicle Queue and takes no lock, so that it may run beside a writer; it then sees what
 * was appended before it came there.
 *
 * <p>Threading: one thread.
 */
public final class JournalReader implements AutoCloseable {
    private final Path store;
    private final StoreKeys keys;

    private JournalReader(final Path store, final StoreKeys keys) {
        this.store = store;
        this.keys = keys;
    }

    /**
     * Opens a store's journal.
     *
     * @param store the store's folder.
     * @param key   borrowed; may be closed afterwards.
     * @return the reader; the caller closes it.
     * @throws NotAJournalException     if there is no journal, or no frame in it.
     * @throws WrongKeyException        if it was sealed with another key.
     * @throws JournalDamagedException  if its first frame is damaged.
     * @throws IOException              if it cannot be read.
     */
    public static JournalReader open(final Path store, final UserKey key) throws IOException {
        return new JournalReader(store, StoreKeys.derive(key, storeId(store, key)));
    }

    static byte[] storeId(final Path store, final @Nullable UserKey key) throws IOException {
        final Path file = StoreFolders.queueFile(StoreFolders.segment(StoreFolders.journal(store), 1));
        final @Nullable SegmentStart start = SegmentStart.read(file, key);
        if (start == null && StoreLock.view(store).content().isTrustedEnd()) {
            throw new JournalDamagedException(file, 0, "the segment has lost its frames");
        }
        if (start == null) {
            throw new NotAJournalException(store + ": not a store, or an empty one: it has no journal");
        }
        return start.storeIdBytes();
    }

    /**
     * Whether the journal ends at a place: no frame stands there, and none in a later segment.
     *
     * @param store    the store's folder.
     * @param segment  from 1; 0 for before the first.
     * @param position byte position in the segment's file.
     * @return true if it ends there.
     * @throws IOException if it cannot be read.
     */
    public static boolean endsAt(final Path store, final int segment, final long position) throws IOException {
        final Path journal = StoreFolders.journal(store);
        final List<Integer> segments = StoreFolders.segments(journal);
        for (final int later : segments) {
            // A writer killed while it began a segment leaves a folder without a frame.
            if (later > segment && SegmentStart.read(
                    StoreFolders.queueFile(StoreFolders.segment(journal, later)), null) != null) {
                return false;
            }
        }
        if (segment == 0) {
            return true;
        }
        final Path file = StoreFolders.queueFile(StoreFolders.segment(journal, segment));
        if (!Files.exists(file) || Files.size(file) < position) {
            return false;
        }
        try (SegmentWalker walker = new SegmentWalker(file)) {
            walker.position(position);
            // What power has left of a frame that was not synced is none.
            return walker.next() ? !walker.isWholeFrame(walker.contentPosition()) : !walker.takeUnfinished();
        }
    }

    /** {@return the store's keys; owned by this reader} */
    public StoreKeys keys() {
        return keys;
    }

    /**
     * Hands everything behind a checkpoint to a handler.
     *
     * @param from    where to start, or {@link Checkpoint#START}.
     * @param handler takes what is read.
     * @return where the journal ends now; its open transactions are not committed, and never will be unless their writer
     *         is still at work.
     * @throws JournalDamagedException  at the first thing that is wrong; everything handed out before it was right.
     * @throws StaleCheckpointException if the checkpoint is not in the journal any more.
     * @throws IOException              if the journal cannot be read, or from the handler.
     */
    public Checkpoint replay(final Checkpoint from, final ReplayHandler handler) throws IOException {
        try (JournalWalk walk = new JournalWalk(store, from, DamageSink.THROW);
                FrameReader frames = new FrameReader(keys, DamageSink.THROW)) {
            while (walk.next()) {
                frames.read(walk, handler);
            }
            return walk.checkpoint();
        }
    }

    /**
     * Hands out all that was ever committed, as {@link #replay} does from the start, but leaves out the frames of
     * transactions that have no commit, if the survey is complete: their checksums and numbers are checked, and their blocks
     * stay sealed.
     *
     * @param survey  of the journal, which nobody has written to since.
     * @param handler takes what is read.
     * @return where the journal ends.
     * @throws JournalDamagedException at the first thing that is wrong; everything handed out before it was right.
     * @throws IOException             if the journal cannot be read, or from the handler.
     */
    public Checkpoint replayCommitted(final JournalSurvey survey, final ReplayHandler handler) throws IOException {
        try (JournalWalk walk = new JournalWalk(store, Checkpoint.START, DamageSink.THROW);
                FrameReader frames = new FrameReader(keys, DamageSink.THROW)) {
            while (walk.next()) {
                if (!isLeftOut(walk, survey)) {
                    frames.read(walk, handler);
                }
            }
            return walk.checkpoint();
        }
    }

    private static boolean isLeftOut(final JournalWalk walk, final JournalSurvey survey)
            throws JournalDamagedException {
        final FrameHeader header = walk.header();
        if (!survey.complete() || !survey.uncommitted().contains(header.transaction())) {
            return false;
        }
        if (header.isCommit()) {
            throw new JournalDamagedException(walk.file(), walk.framePosition(),
                    "the commit is of a transaction that seemed to have none");
        }
        return header.kind() == FrameDescriptor.CHANGES;
    }

    /** Wipes the keys. Idempotent. */
    @Override
    public void close() {
        keys.close();
    }
}
