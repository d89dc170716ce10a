package io.envcli.journal;

import io.envcli.offheap.FileSpace;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The segments of a journal as its writer sees them: the one it appends to, and those before it that are not synced yet.
 *
 * <p>Threading: one thread.
 */
final class SegmentChain {
    private static final int PAGE = 4096;
    /** Files of past segments that wait for a sync; then the oldest is synced at once, so that they do not pile up. */
    private static final int MAX_WAITING = 8;

    private final StoreLock lock;
    private final Path journal;
    private final JournalConfig config;
    private final Deque<FileChannel> waiting = new ArrayDeque<>();
    private @Nullable SegmentQueue queue;
    private @Nullable FileChannel channel;
    private int number;
    private long previousEnd;
    private long pastBytes;
    private boolean unsynced;
    private boolean newFolders;
    /** Whether the writers before may have left files or folders that are not synced. */
    private boolean inherited;

    /** The segment {@code number} ended at {@code end}; 0 and 0 in a new journal. */
    SegmentChain(final StoreLock lock, final JournalConfig config, final int number, final long end) {
        this.lock = lock;
        this.journal = StoreFolders.journal(lock.store());
        this.config = config;
        this.number = number;
        this.previousEnd = end;
    }

    int number() {
        return number;
    }

    /** Byte position behind the last frame. */
    long end() {
        final SegmentQueue current = queue;
        return current == null ? previousEnd : current.end();
    }

    long appendedBytes() {
        return pastBytes + end();
    }

    Path file() {
        return StoreFolders.queueFile(StoreFolders.segment(journal, number));
    }

    boolean isRollDue(final int frameLength) {
        return end() + frameLength > config.segmentBytes();
    }

    /** Says that what the writers before left may not be synced: the first sync sees to it. */
    void inheritUnsynced() {
        inherited = true;
    }

    /** Goes on in the last segment, which was left clean. */
    void reopen() throws IOException {
        queue = SegmentQueue.reopen(StoreFolders.segment(journal, number), config, previousEnd);
        channel = FileChannel.open(file(), StandardOpenOption.WRITE);
    }

    /** Begins the next segment. */
    void start(final FrameBuilder frame, final FrameSealer sealer, final JournalState state) throws IOException {
        if (number == Location.MAX_SEGMENT) {
            throw new IOException(
                    journal + ": the journal has no more segment numbers; export the store into a new one");
        }
        previousEnd = end();
        pastBytes += queue == null ? 0 : previousEnd;
        leave();
        queue = SegmentQueue.create(StoreFolders.segment(journal, number + 1), config);
        number++;
        newFolders = true;
        frame.begin(SegmentDescriptor.LENGTH);
        frame.addBlock(new byte[0], 0);
        sealer.header(frame, FrameDescriptor.SEGMENT, number, 0, state.nextChange());
        putSegment(frame.buffer(), state);
        sealer.seal(frame);
        append(frame);
        // The queue makes its file with the first document.
        channel = FileChannel.open(file(), StandardOpenOption.WRITE);
        final FrameHeader header = new FrameHeader().wrap(frame.buffer(), 0);
        state.endedBy(header);
        final @Nullable String problem = state.accept(header);
        if (problem != null) {
            throw new IllegalStateException(problem);
        }
    }

    private void putSegment(final byte[] to, final JournalState state) {
        final int clear = FrameDescriptor.HEADER_LENGTH;
        LittleEndian.putLong(to, clear + SegmentDescriptor.LAST_VERSION, state.lastVersion());
        state.chainHash().copyTo(to, clear + SegmentDescriptor.CHAIN_HASH);
        LittleEndian.putLong(to, clear + SegmentDescriptor.NEXT_TRANSACTION, state.nextTransaction());
        LittleEndian.putLong(to, clear + SegmentDescriptor.PREVIOUS_END, previousEnd);
        LittleEndian.putLong(to, clear + SegmentDescriptor.TIME, System.currentTimeMillis());
        LittleEndian.putInt(to, clear + SegmentDescriptor.PREVIOUS_SEGMENT, number - 1);
    }

    long append(final FrameBuilder frame) throws IOException {
        final SegmentQueue current = queue;
        if (current == null) {
            throw new IllegalStateException("no segment is open");
        }
        final long position = current.append(frame.buffer(), frame.length());
        unsynced = true;
        return position;
    }

    /** Makes everything appended survive a power cut. */
    void sync() throws IOException {
        if (inherited) {
            syncInherited();
        }
        while (!waiting.isEmpty()) {
            syncOldest();
        }
        final FileChannel current = channel;
        if (unsynced && current != null) {
            FileSpace.sync(file(), current);
        }
        if (newFolders) {
            FileSpace.syncDirectory(StoreFolders.segment(journal, number));
            FileSpace.syncDirectory(journal);
            FileSpace.syncDirectory(lock.store());
            newFolders = false;
        }
        unsynced = false;
    }

    /** A later segment says where an earlier one ends, so none may be missing after a power cut. */
    private void syncInherited() throws IOException {
        for (final int segment : StoreFolders.segments(journal)) {
            final Path folder = StoreFolders.segment(journal, segment);
            if (Files.exists(StoreFolders.queueFile(folder))) {
                FileSpace.sync(StoreFolders.queueFile(folder));
            }
            FileSpace.syncDirectory(folder);
        }
        FileSpace.syncDirectory(journal);
        FileSpace.syncDirectory(lock.store());
        inherited = false;
    }

    private void syncOldest() throws IOException {
        try (FileChannel oldest = waiting.remove()) {
            oldest.force(true);
        }
    }

    /** Leaves the segment that is open: closes its queue, gives back space; its file still waits for a sync. */
    private void leave() throws IOException {
        final SegmentQueue current = queue;
        final FileChannel file = channel;
        if (current == null || file == null) {
            return;
        }
        queue = null;
        channel = null;
        previousEnd = current.end();
        waiting.add(file);
        if (newFolders) {
            FileSpace.syncDirectory(StoreFolders.segment(journal, number));
        }
        current.close();
        trim(current.file(), previousEnd);
        if (waiting.size() > MAX_WAITING) {
            syncOldest();
        }
    }

    /**
     * Closes the last segment. With a state, everything is whole, and the lock file says so.
     *
     * @param state what is known at the end; null after a failure.
     */
    void close(final @Nullable JournalState state) throws IOException {
        final SegmentQueue current = queue;
        try {
            if (state == null || current == null) {
                if (current != null) {
                    current.close();
                }
                return;
            }
            leave();
            final Checkpoint end = state.checkpoint(number, previousEnd);
            final long fileLength = Files.size(file());
            lock.write(LockContent.clean(System.currentTimeMillis(), !unsynced && !newFolders && !inherited, end,
                    fileLength));
        } finally {
            queue = null;
            closeFiles();
        }
    }

    private void closeFiles() throws IOException {
        final FileChannel current = channel;
        if (current != null) {
            waiting.add(current);
            channel = null;
        }
        while (!waiting.isEmpty()) {
            waiting.remove().close();
        }
    }

    /**
     * Gives back the space behind the end. The queue's own pages may stand there; they stay. Safe while others read, since
     * nobody but the queue, which is closed, maps the file.
     */
    static void trim(final Path file, final long end) throws IOException {
        final long tail;
        try (SegmentWalker walker = new SegmentWalker(file)) {
            walker.position(end);
            if (walker.next()) {
                return;
            }
            tail = walker.position();
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            final long length = (tail + PAGE) / PAGE * PAGE;
            if (length < channel.size()) {
                channel.truncate(length);
            }
        }
    }
}
