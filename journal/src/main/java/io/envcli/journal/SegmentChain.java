package io.envcli.journal;

import io.envcli.offheap.FileSpace;
import org.agrona.CloseHelper;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;

/**
 * The segments of a journal as its writer sees them: the one it appends to, and those before it.
 *
 * <p>A segment is begun when everything before it is synced, and nothing is added to it before its first frame is, folders
 * included. So wherever power fails, only the last segment can have lost anything, and the numbers that it begins with are
 * there.
 *
 * <p>Threading: one thread.
 */
final class SegmentChain {
    private static final int PAGE = 4096;
    /** How long a file that has its name is believed to keep it. */
    private static final long IN_PLACE_FOR_NS = 1_000_000;

    private final StoreLock lock;
    private final Path journal;
    private final JournalConfig config;
    private @Nullable SegmentQueue queue;
    private @Nullable FileChannel channel;
    private int number;
    private long previousEnd;
    private long pastBytes;
    private boolean unsynced;
    /** Whether the writers before may have left files or folders that are not synced. */
    private boolean inherited;
    /** Whether the lock file says on disk, too, that a writer is at work. */
    private boolean lockSynced;
    private long syncedEnd;
    /** Tells the open segment's file from any other; null where the file system has no such thing. */
    private @Nullable Object fileKey;
    /** When its file was last known to have its name, by {@link System#nanoTime()}. */
    private long inPlaceAt;

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

    /** Up to here the segment, and everything before it, is synced, as far as is known. */
    long syncedEnd() {
        return syncedEnd;
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
        fileKey = fileKey();
        inPlaceAt = System.nanoTime();
        syncedEnd = inherited ? 0 : previousEnd;
    }

    /** Begins the next segment. */
    void start(final FrameBuilder frame, final FrameSealer sealer, final JournalState state) throws IOException {
        if (number == Location.MAX_SEGMENT) {
            throw new IOException(
                    journal + ": the journal has no more segment numbers; export the store into a new one");
        }
        previousEnd = end();
        pastBytes += queue == null ? 0 : previousEnd;
        leaveSynced();
        final int previousPages = number == 0 ? 0 : QueuePages.crc(file());
        queue = SegmentQueue.create(StoreFolders.segment(journal, number + 1), config);
        number++;
        frame.begin(SegmentDescriptor.LENGTH);
        frame.addBlock(new byte[0], 0);
        sealer.header(frame, FrameDescriptor.SEGMENT, number, 0, state.nextChange());
        putSegment(frame.buffer(), state, previousPages);
        sealer.seal(frame);
        append(frame);
        // The queue makes its file with the first document.
        channel = FileChannel.open(file(), StandardOpenOption.WRITE);
        fileKey = fileKey();
        inPlaceAt = System.nanoTime();
        final FrameHeader header = new FrameHeader().wrap(frame.buffer(), 0);
        state.endedBy(header);
        final @Nullable String problem = state.accept(header);
        if (problem != null) {
            throw new IllegalStateException(problem);
        }
        syncFirstFrame(channel);
    }

    private void syncFirstFrame(final FileChannel current) throws IOException {
        FileSpace.sync(file(), current);
        FileSpace.syncDirectory(StoreFolders.segment(journal, number));
        FileSpace.syncDirectory(journal);
        FileSpace.syncDirectory(lock.store());
        if (number == 1) {
            FileSpace.syncAncestors(lock.store());
        }
        unsynced = false;
        syncedEnd = end();
    }

    private void putSegment(final byte[] to, final JournalState state, final int previousPages) {
        final int clear = FrameDescriptor.HEADER_LENGTH;
        LittleEndian.putLong(to, clear + SegmentDescriptor.LAST_VERSION, state.lastVersion());
        state.chainHash().copyTo(to, clear + SegmentDescriptor.CHAIN_HASH);
        LittleEndian.putLong(to, clear + SegmentDescriptor.NEXT_TRANSACTION, state.nextTransaction());
        LittleEndian.putLong(to, clear + SegmentDescriptor.PREVIOUS_END, previousEnd);
        LittleEndian.putLong(to, clear + SegmentDescriptor.TIME, System.currentTimeMillis());
        LittleEndian.putInt(to, clear + SegmentDescriptor.PREVIOUS_SEGMENT, number - 1);
        LittleEndian.putInt(to, clear + SegmentDescriptor.PREVIOUS_PAGES, previousPages);
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

    /** As {@link #requireInPlace}, but not if that was done within the last millisecond: it costs as much as a put. */
    void requireInPlaceSoon() throws IOException {
        if (System.nanoTime() - inPlaceAt >= IN_PLACE_FOR_NS) {
            requireInPlace();
        }
    }

    /**
     * Makes sure that the file which is appended to still has its name. A mapping and a channel live on without one, and what
     * goes into them then is gone with the process.
     *
     * @throws IOException if it was deleted or moved, or another file has its name.
     */
    void requireInPlace() throws IOException {
        try {
            if (Objects.equals(fileKey, fileKey())) {
                inPlaceAt = System.nanoTime();
                return;
            }
        } catch (final NoSuchFileException e) {
            throw new IOException("it was deleted or moved while the store was open", e);
        }
        throw new IOException("another file was put in its place while the store was open");
    }

    /** What is cut, and said to be the journal's end, must not be the file of another store that has its name now. */
    private void requireOwnFile() throws IOException {
        try {
            requireInPlace();
        } catch (final IOException e) {
            throw new IOException(file() + ": " + e.getMessage(), e);
        }
    }

    private @Nullable Object fileKey() throws IOException {
        return Files.readAttributes(file(), BasicFileAttributes.class).fileKey();
    }

    /** Makes everything appended survive a power cut. */
    void sync() throws IOException {
        if (inherited) {
            syncInherited();
        }
        final FileChannel current = channel;
        if (unsynced && current != null) {
            FileSpace.sync(file(), current);
        }
        if (!lockSynced) {
            // Else it could say again that the journal ends where the writer before had left it.
            lock.sync();
            lockSynced = true;
        }
        unsynced = false;
        syncedEnd = end();
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
        FileSpace.syncAncestors(lock.store());
        inherited = false;
    }

    /** Leaves the segment that is open, and syncs everything so far. */
    private void leaveSynced() throws IOException {
        if (inherited) {
            syncInherited();
        }
        try (@Nullable
        FileChannel left = leave()) {
            if (left != null) {
                FileSpace.sync(file(), left);
            }
        }
    }

    /** Leaves the segment that is open: closes its queue, gives back space. Its file is the caller's to close. */
    private @Nullable FileChannel leave() throws IOException {
        final SegmentQueue current = queue;
        final FileChannel left = channel;
        if (current == null || left == null) {
            return null;
        }
        queue = null;
        channel = null;
        try {
            previousEnd = current.end();
            current.close();
            requireOwnFile();
            trim(current.file(), previousEnd);
            return left;
        } catch (final IOException | RuntimeException | Error e) {
            left.close();
            throw e;
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
            CloseHelper.close(leave());
            final Checkpoint end = state.checkpoint(number, previousEnd);
            final long fileLength = Files.size(file());
            lock.write(LockContent.clean(System.currentTimeMillis(), !unsynced && !inherited, end,
                    fileLength,
                    QueuePages.crc(file())));
        } finally {
            queue = null;
            CloseHelper.close(channel);
            channel = null;
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
