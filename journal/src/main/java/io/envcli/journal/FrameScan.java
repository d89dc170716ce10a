package io.envcli.journal;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Finds the frames of a damaged journal by their headers alone, over all segments that are there. Neither the queue's
 * documents nor anything before a frame has to be right for it to be found.
 *
 * <p>What lies between two frames is no business of this class: whether frames are lost there, their numbers tell.
 *
 * <p>Threading: one thread.
 */
final class FrameScan implements AutoCloseable {
    private final Path journal;
    private final byte[] storeId;
    private final DamageSink sink;
    private final List<Integer> segments;
    private final LockContent lock;
    private final FrameHeader header = new FrameHeader();
    private @Nullable SegmentWalker walker;
    /** Index of the segment to open next. */
    private int next;
    private int segment;
    private long limit;
    private long leastEnd;
    private long position;
    /** Behind the last frame found in the segment. */
    private long end;
    private boolean whole;

    FrameScan(final Path store, final byte[] storeId, final DamageSink sink) throws IOException {
        this.journal = StoreFolders.journal(store);
        this.storeId = storeId.clone();
        this.sink = sink;
        this.lock = StoreLock.view(store).content();
        this.segments = StoreFolders.segments(journal);
    }

    /** Goes to the next frame of the store whose header is right; false behind the last. */
    boolean next() throws IOException {
        while (walker != null || openSegment()) {
            final SegmentWalker current = walker;
            if (current == null) {
                continue;
            }
            final long found = current.findFrame(end, limit, _ -> true);
            if (found < 0) {
                leave(current);
            } else if (take(current, found)) {
                return true;
            }
        }
        return false;
    }

    private boolean take(final SegmentWalker current, final long found) throws IOException {
        if (current.isWholeFrame(found)) {
            whole = true;
        } else {
            final int frameLength = frameLength(current, found);
            whole = false;
            if (frameLength == 0) {
                end = found + 4;
                return false;
            }
            if (!current.stand(found, frameLength)) {
                sink.damaged(file(), found, "the file ends before the frame does");
                end = limit;
                return false;
            }
        }
        header.wrap(current.buffer(), current.offset());
        position = found;
        end = found + (header.frameLength() + 3 & ~3);
        if (!header.hasStoreId(storeId) || header.segment() != segment) {
            sink.damaged(file(), found, "the frame belongs to another store or segment");
            return false;
        }
        if (whole && header.blockProblem() != null) {
            whole = false;
        }
        return true;
    }

    /** Of a frame whose header is right; 0 if it is not, or of a format that is not ours. */
    private int frameLength(final SegmentWalker current, final long at) throws IOException {
        if (!current.stand(at, FrameDescriptor.HEADER_LENGTH)) {
            return 0;
        }
        header.wrap(current.buffer(), current.offset());
        if (header.problem() != null) {
            return 0;
        }
        if (!header.isVersionKnown()) {
            throw new UnsupportedFormatException(file(), at, header.version());
        }
        return header.frameLength();
    }

    private boolean openSegment() throws IOException {
        if (next >= segments.size()) {
            return false;
        }
        final int number = segments.get(next);
        for (int missing = segment + 1; missing < number; missing++) {
            sink.damaged(StoreFolders.segment(journal, missing), 0, "the segment is missing");
        }
        segment = number;
        end = 0;
        position = 0;
        limit = Long.MAX_VALUE;
        leastEnd = 0;
        next++;
        if (next < segments.size()) {
            followed();
        } else if (lock.isTrustedEnd() && lock.end().segment() == segment) {
            leastEnd = lock.end().position();
        }
        if (Files.exists(file())) {
            walker = new SegmentWalker(file());
        } else if (next < segments.size() || leastEnd > 0) {
            sink.damaged(file(), 0, "the segment is missing");
        }
        return true;
    }

    /** What is behind the place where the next segment says that this one ended was never acknowledged. */
    private void followed() throws IOException {
        if (segments.get(next) != segment + 1) {
            return;
        }
        final Path file = StoreFolders.queueFile(StoreFolders.segment(journal, segment + 1));
        try {
            final @Nullable SegmentStart start = SegmentStart.read(file, null);
            if (start != null) {
                limit = start.previousEnd();
                leastEnd = limit;
            }
        } catch (final JournalDamagedException _) {
            // It is told when the scan comes there.
        }
    }

    private void leave(final SegmentWalker current) throws IOException {
        current.close();
        walker = null;
        if (end < leastEnd) {
            sink.damaged(file(), end, "nothing can be read from here to where the segment ended, at " + leastEnd);
        }
    }

    /** The frame's header; its content is behind it, as far as it is right. Valid until the next call of {@link #next()}. */
    FrameHeader header() {
        return header;
    }

    /** Whether the whole frame matches its checksum. */
    boolean isWhole() {
        return whole;
    }

    int segment() {
        return segment;
    }

    Path file() {
        return StoreFolders.queueFile(StoreFolders.segment(journal, segment));
    }

    /** Byte position in its file of the frame. */
    long position() {
        return position;
    }

    /** What the lock file says of the journal's end, if it was left clean. */
    LockContent lock() {
        return lock;
    }

    @Override
    public void close() throws IOException {
        final SegmentWalker open = walker;
        if (open != null) {
            walker = null;
            open.close();
        }
    }
}
