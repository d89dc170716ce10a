package io.envcli.journal;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Goes through the frames of a journal in order, over all its segments, and checks everything that needs no key: CRCs,
 * numbering, counts, transaction hashes, the chain of commits, and that each segment ends where it must.
 *
 * <p>Where a segment ends: where the next one's SEGMENT frame says; the last one, not before the place that the lock file
 * says, if its writer left it clean, which may be an older one than the last. From there on it ends at the first document
 * that is not there, since its writer is at work or was killed, provided that no whole frame lies behind it. One exception: when power may have failed since, what was not synced
 * yet can be on disk with holes in it; so if no commit says that the journal had been synced beyond the hole, nothing that
 * was acknowledged to survive this lies behind it, and the segment ends at the hole.
 *
 * <p>Threading: one thread.
 */
final class JournalWalk implements AutoCloseable {
    /** How far behind the end a reader that follows a live writer looks for lost frames. */
    private static final long NEAR = 1 << 20;
    private static final long UNKNOWN = -1;

    private final Path journal;
    private final StoreLock.LockView lock;
    private final DamageSink sink;
    private final JournalState state;
    private final FrameHeader header = new FrameHeader();
    private final List<Integer> segments;
    private final boolean following;
    private int segment;
    private long frameEnd;
    private long knownEnd = UNKNOWN;
    /** The segment does not end before this; 0 if the lock file says nothing of it. */
    private long leastEnd;
    private @Nullable SegmentWalker walker;
    private byte @Nullable [] storeId;
    private List<Long> ended = List.of();
    private long framePosition;
    private long bytes;
    /** Up to where commits in this segment say that it had been synced. */
    private long syncedEnd;
    private @Nullable Unfinished unfinished;
    private boolean lastDone;

    /**
     * A walk from a place on.
     *
     * @param store  the store's folder.
     * @param from   where to start, or {@link Checkpoint#START}.
     * @param sink   what happens to damage.
     */
    JournalWalk(final Path store, final Checkpoint from, final DamageSink sink) throws IOException {
        this.journal = StoreFolders.journal(store);
        this.sink = sink;
        this.state = new JournalState(from);
        this.following = from.position() > 0;
        // The lock first: what was appended after it was read is only more than it says.
        this.lock = StoreLock.view(store);
        this.segments = StoreFolders.segments(journal);
        if (segments.isEmpty()) {
            throw new NotAJournalException(store + ": not a store, or an empty one: it has no journal");
        }
        segment = Math.max(from.segment(), 1);
        for (int i = 0; i < segments.size(); i++) {
            if (segments.get(i) != i + 1) {
                throw new SegmentMissingException(StoreFolders.segment(journal, i + 1));
            }
        }
        frameEnd = from.position();
        if (!openSegment()) {
            throw new NotAJournalException(store + ": the store's journal is empty");
        }
    }

    JournalState state() {
        return state;
    }

    /**
     * A whole frame that was taken though its document has no header.
     *
     * @param file     of its segment.
     * @param position of the document's header.
     * @param length   of the frame.
     */
    record Unfinished(Path file, long position, int length) {}

    /** The last frame of that kind; null if there was none. */
    @Nullable
    Unfinished unfinished() {
        return unfinished;
    }

    Checkpoint checkpoint() {
        return state.checkpoint(segment, frameEnd);
    }

    int segment() {
        return segment;
    }

    Path file() {
        return StoreFolders.queueFile(StoreFolders.segment(journal, segment));
    }

    /** The frame's header, the whole frame behind it; valid until the next call of {@link #next()}. */
    FrameHeader header() {
        return header;
    }

    /** Byte position in its file of the frame. */
    long framePosition() {
        return framePosition;
    }

    /** The transactions that this frame ends for ever, since another opening wrote it. */
    List<Long> ended() {
        return ended;
    }

    /** Bytes of the frames so far. */
    long bytes() {
        return bytes;
    }

    /** Goes to the next frame; false at the journal's end. */
    boolean next() throws IOException {
        while (walker != null) {
            final SegmentWalker current = walker;
            if (knownEnd != UNKNOWN && frameEnd >= knownEnd) {
                end();
                continue;
            }
            final boolean present = current.next();
            if (present ? accept(current) : resume(current)) {
                return true;
            }
        }
        return false;
    }

    /** A document is there: is it the next frame? */
    private boolean accept(final SegmentWalker current) throws IOException {
        framePosition = current.contentPosition();
        @Nullable
        String problem = problem(current);
        if (problem == null) {
            ended = state.endedBy(header);
            problem = state.accept(header);
        }
        if (problem != null) {
            damaged(current, framePosition, problem, framePosition + 4);
            return false;
        }
        frameEnd = current.position();
        bytes += header.frameLength();
        if (header.isCommit()) {
            syncedEnd = Math.max(syncedEnd, syncedEnd(header));
        }
        return true;
    }

    private static long syncedEnd(final FrameHeader commit) {
        return LittleEndian.getLong(commit.buffer(), commit.clearOffset() + CommitDescriptor.SYNCED_END);
    }

    private @Nullable String problem(final SegmentWalker current) throws IOException {
        if (knownEnd != UNKNOWN && current.position() > knownEnd) {
            return "the segment should end at " + knownEnd;
        }
        if (current.length() < FrameDescriptor.HEADER_LENGTH) {
            return "the document is shorter than a frame header";
        }
        header.wrap(current.buffer(), current.offset());
        final @Nullable String problem = header.problem();
        if (problem != null) {
            return problem;
        }
        if (!header.isVersionKnown()) {
            throw new UnsupportedFormatException(current.file(), framePosition, header.version());
        }
        if (header.frameLength() != current.length() || !header.isFrameCrcRight()) {
            return "the frame does not match its CRC";
        }
        if (header.segment() != segment) {
            return "the frame belongs to segment " + header.segment();
        }
        if (frameEnd == 0 != (header.kind() == FrameDescriptor.SEGMENT)) {
            return "a SEGMENT frame must be the first of a segment, and no other";
        }
        if (storeId == null) {
            storeId = header.storeId();
        } else if (!header.hasStoreId(storeId)) {
            return "the frame belongs to another store";
        }
        return header.blockProblem();
    }

    /** No document is there: the end, or damage? True if there is one after all. */
    private boolean resume(final SegmentWalker current) throws IOException {
        final long at = current.position();
        final String why = current.stop();
        if (knownEnd != UNKNOWN || at < leastEnd) {
            damaged(current, at, why + ", but the segment should end at " + Math.max(knownEnd, leastEnd), at + 8);
            return false;
        }
        if (current.takeUnfinished()) {
            unfinished = new Unfinished(current.file(), at, current.length());
            return accept(current);
        }
        final long limit = following && lock.held() ? at + NEAR : Long.MAX_VALUE;
        final long frame = current.findFollowing(limit);
        if (frame < 0) {
            return end();
        }
        current.position(at);
        if (current.next()) {
            // A writer is at work: it was faster than the search.
            return accept(current);
        }
        damaged(current, at, why + ", but a frame follows at " + frame, at + 8);
        return false;
    }

    /** Whether a power cut can have left this hole: nobody has said that what was there had been synced. */
    private boolean isPowerLoss(final SegmentWalker current, final long hole) throws IOException {
        if (knownEnd != UNKNOWN || hole < leastEnd || !lastDone || !lock.content().isOtherBoot()) {
            return false;
        }
        long synced = syncedEnd;
        final FrameHeader commit = new FrameHeader();
        long at = current.findFrame(hole + 4, Long.MAX_VALUE, FrameDescriptor::isCommit);
        while (at >= 0 && synced <= hole) {
            if (current.isWholeFrame(at)) {
                synced = Math.max(synced, syncedEnd(commit.wrap(current.buffer(), current.offset())));
            }
            at = current.findFrame(at + 4, Long.MAX_VALUE, FrameDescriptor::isCommit);
        }
        return synced <= hole;
    }

    /** The segment ends here. Always false: there is no frame yet. */
    private boolean end() throws IOException {
        if (lastDone || segment >= segments.size()) {
            close();
        } else {
            segment++;
            frameEnd = 0;
            openSegment();
        }
        return false;
    }

    /** Tells the damage, then looks for the next whole frame, for the case that the sink lets the walk go on. */
    private void damaged(final SegmentWalker current, final long at, final String what, final long searchFrom)
            throws IOException {
        if (isPowerLoss(current, at)) {
            end();
            return;
        }
        sink.damaged(current.file(), at, what);
        state.lost();
        final long limit = knownEnd == UNKNOWN ? Long.MAX_VALUE : knownEnd;
        final long frame = current.findFrame(searchFrom, limit, _ -> true);
        if (frame >= 0) {
            current.position(frame - QueueFileDescriptor.HEADER_LENGTH);
            frameEnd = frame - QueueFileDescriptor.HEADER_LENGTH;
        } else if (knownEnd != UNKNOWN) {
            frameEnd = knownEnd;
        } else {
            end();
        }
    }

    /** Opens the segment's file and finds out where it must end. False if there is nothing in it yet, or behind it. */
    private boolean openSegment() throws IOException {
        if (walker != null) {
            walker.close();
            walker = null;
        }
        final Path file = file();
        if (!Files.exists(file)) {
            if (segment < segments.size() || segment == 1) {
                throw new SegmentMissingException(file);
            }
            return false;
        }
        final LockContent content = lock.content();
        syncedEnd = 0;
        leastEnd = 0;
        knownEnd = UNKNOWN;
        lastDone = segment == segments.size();
        if (!lastDone) {
            findEnd();
        }
        if (lastDone && content.isTrustedEnd() && content.end().segment() == segment) {
            leastEnd = content.end().position();
        }
        // Where the lock file is an old one, the checkpoint may be right; then all is read once more.
        if (Math.max(knownEnd, leastEnd) > 0 && frameEnd > Math.max(knownEnd, leastEnd)) {
            throw new StaleCheckpointException(file, frameEnd);
        }
        final SegmentWalker opened = new SegmentWalker(file);
        opened.position(frameEnd);
        walker = opened;
        return true;
    }

    /** The next segment says where this one ends; if it is the last and has no frame yet, it is as if it were not there. */
    private void findEnd() throws IOException {
        final Path next = StoreFolders.queueFile(StoreFolders.segment(journal, segment + 1));
        try {
            final @Nullable SegmentStart start = SegmentStart.read(next, null);
            if (start != null) {
                knownEnd = start.previousEnd();
            } else if (segment + 1 == segments.size()) {
                lastDone = true;
            } else {
                sink.damaged(next, 0, "the segment has no frame");
            }
        } catch (final JournalDamagedException e) {
            sink.damaged(e.file(), e.position(), e.what());
        }
    }

    @Override
    public void close() throws IOException {
        if (walker != null) {
            walker.close();
            walker = null;
        }
    }
}
