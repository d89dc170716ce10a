package io.envcli.journal;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/**
 * Copies a journal as it is at one moment, while its writer goes on. Frames are never changed once they are written, so
 * what lies before the end of one of them is a journal by itself: the end is found first, by reading and checking
 * everything, and only what lies before it is copied.
 *
 * <p>The copy's lock file says where it ends, so a copy that is cut or loses its last segment is damaged, not a shorter
 * one. Of the queue's own files only the segments are copied: whoever writes to the copy begins a new segment.
 */
public final class JournalBackup {
    private static final int PAGE = 4096;

    private JournalBackup() {}

    /**
     * Copies.
     *
     * @param store  the store's folder; only read.
     * @param key    to check every seal of the copy with; borrowed; null to check everything else.
     * @param target an empty folder, which becomes a store. Nothing in it is synced.
     * @return what was copied.
     * @throws JournalDamagedException if the journal is damaged, or what was copied is not what was read.
     * @throws WrongKeyException       if the journal was sealed with another key.
     * @throws IOException             if one cannot be read, or the other not be written.
     */
    public static JournalReport copy(final Path store, final @Nullable UserKey key, final Path target)
            throws IOException {
        if (key != null) {
            JournalReader.open(store, key).close();
        }
        final End found = end(store);
        final Checkpoint end = found.checkpoint;
        final Path journal = StoreFolders.journal(target);
        StoreFolders.create(journal);
        for (int segment = 1; segment <= end.segment(); segment++) {
            final Path folder = StoreFolders.segment(journal, segment);
            StoreFolders.create(folder);
            final Path from = StoreFolders.queueFile(StoreFolders.segment(StoreFolders.journal(store), segment));
            copy(from, StoreFolders.queueFile(folder), segment < end.segment() ? Long.MAX_VALUE : end.position());
        }
        if (found.unfinished != null) {
            final Path last = StoreFolders.queueFile(StoreFolders.segment(journal, end.segment()));
            JournalOpening.finish(
                    new JournalWalk.Unfinished(last, found.unfinished.position(), found.unfinished.length()));
        }
        lock(target, end);
        final JournalReport report = JournalVerifier.verify(target, key);
        if (!report.isIntact()) {
            final JournalReport.Finding first = report.findings().getFirst();
            throw new JournalDamagedException(first.file(), first.position(), "the copy has " + first.what());
        }
        return report;
    }

    /**
     * Where a journal ends.
     *
     * @param checkpoint behind the last frame.
     * @param unfinished that frame, if its writer was killed before it was a document.
     */
    private record End(Checkpoint checkpoint, JournalWalk.@Nullable Unfinished unfinished) {}

    private static End end(final Path store) throws IOException {
        try (JournalWalk walk = new JournalWalk(store, Checkpoint.START, DamageSink.THROW)) {
            while (walk.next()) {
                // Only the end is asked for.
            }
            return new End(walk.checkpoint(), walk.unfinished());
        }
    }

    private static void copy(final Path from, final Path to, final long end) throws IOException {
        try (FileChannel source = FileChannel.open(from, StandardOpenOption.READ);
                FileChannel target = FileChannel.open(to,
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), StoreFolders.FILE_MODE)) {
            final long length = Math.min(source.size(), end);
            long at = 0;
            while (at < length) {
                final long count = source.transferTo(at, length - at, target);
                if (count <= 0) {
                    throw new JournalDamagedException(from, at, "the file has become shorter");
                }
                at += count;
            }
            if (end != Long.MAX_VALUE) {
                // As a writer leaves it: a header that says that nothing follows, and the rest of its page.
                final ByteBuffer zeros = ByteBuffer.allocate((int) ((length + PAGE) / PAGE * PAGE - length));
                while (zeros.hasRemaining()) {
                    target.write(zeros, length + zeros.position());
                }
            }
        }
    }

    /** The length of the file is not told, so that the next writer checks the last segment, and leaves it alone. */
    private static void lock(final Path target, final Checkpoint end) throws IOException {
        final Path last = StoreFolders.queueFile(StoreFolders.segment(StoreFolders.journal(target), end.segment()));
        try (StoreLock lock = StoreLock.acquire(target)) {
            lock.write(LockContent.clean(System.currentTimeMillis(), true, end, 0, QueuePages.crc(last)));
        }
    }
}
