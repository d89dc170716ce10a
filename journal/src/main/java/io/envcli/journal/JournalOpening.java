package io.envcli.journal;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.List;
import java.util.stream.Stream;

/**
 * Finds out how a journal was left and opens it for writing accordingly: a new one, one to go on with, or one whose last
 * segment must be checked and left alone.
 */
final class JournalOpening {
    private final StoreLock lock;
    private final UserKey key;
    private final JournalConfig config;
    private final Path journal;
    /** Of a new journal. */
    private final byte[] newStoreId;

    private JournalOpening(final StoreLock lock, final UserKey key, final JournalConfig config,
            final byte[] newStoreId) {
        this.lock = lock;
        this.key = key;
        this.config = config;
        this.journal = StoreFolders.journal(lock.store());
        this.newStoreId = newStoreId;
    }

    static JournalWriter open(final StoreLock lock, final UserKey key, final JournalConfig config,
            final JournalWriter.Maker maker) throws IOException {
        final byte[] storeId = new byte[FrameDescriptor.STORE_ID_LENGTH];
        new SecureRandom().nextBytes(storeId);
        return open(lock, key, config, storeId, maker);
    }

    /** As the other; a new journal is one of a store that has its id already. */
    static JournalWriter open(final StoreLock lock, final UserKey key, final JournalConfig config,
            final byte[] newStoreId, final JournalWriter.Maker maker) throws IOException {
        if (lock.isClosed()) {
            throw new IllegalStateException("the lock is closed");
        }
        return new JournalOpening(lock, key, config, newStoreId).open(maker);
    }

    private JournalWriter open(final JournalWriter.Maker maker) throws IOException {
        StoreFolders.create(journal);
        final int last = lastSegment();
        if (last == 0) {
            return make(maker, newStoreId, Checkpoint.START, false);
        }
        final byte[] storeId = JournalReader.storeId(lock.store(), key);
        final LockContent left = lock.previous();
        if (left.isTrustedEnd() && left.end().segment() == last && isUntouched(left)) {
            // In another boot a new segment: of the queue's own pages, which it writes as it closes, power may have left parts.
            return make(maker, storeId, left.end(),
                    left.end().position() < config.segmentBytes() && !left.isOtherBoot());
        }
        final Checkpoint end = recover(last);
        SegmentChain.trim(file(last), end.position());
        return make(maker, storeId, end, false);
    }

    private JournalWriter make(final JournalWriter.Maker maker, final byte[] storeId, final Checkpoint end,
            final boolean goOn) throws IOException {
        final StoreKeys keys = StoreKeys.derive(key, storeId);
        final SegmentChain segments = new SegmentChain(lock, config, end.segment(), end.position());
        if (end.segment() > 0 && !lock.previous().isCleanAndSynced()) {
            segments.inheritUnsynced();
        }
        final JournalWriter writer = maker.make(config, segments, keys, new FrameSealer(keys), new JournalState(end));
        try {
            if (goOn) {
                lock.write(LockContent.open(System.currentTimeMillis()));
                writer.reopenSegment();
            } else {
                // First the segment: until it is there, whoever comes next must know from which boot the one before is.
                writer.startSegment();
                lock.write(LockContent.open(System.currentTimeMillis()));
            }
            return writer;
        } catch (final IOException | RuntimeException | Error e) {
            writer.fail(e);
            writer.close();
            throw e;
        }
    }

    /** The last segment that holds a frame. What a killed writer began without getting that far is removed. */
    private int lastSegment() throws IOException {
        final List<Integer> segments = StoreFolders.segments(journal);
        for (int i = 0; i < segments.size(); i++) {
            if (segments.get(i) != i + 1) {
                throw new SegmentMissingException(StoreFolders.segment(journal, i + 1));
            }
        }
        final int last = segments.size();
        if (last == 0 || SegmentStart.read(file(last), null) != null) {
            return last;
        }
        if (lock.previous().isTrustedEnd() && lock.previous().end().segment() >= last) {
            throw new JournalDamagedException(file(last), 0, "the segment has lost its frames");
        }
        remove(StoreFolders.segment(journal, last));
        return last - 1;
    }

    private static void remove(final Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            for (final Path entry : (Iterable<Path>) entries::iterator) {
                Files.delete(entry);
            }
        }
        Files.delete(folder);
    }

    /** Whether the last segment is as long as it was left, with nothing of ours behind its end. */
    private boolean isUntouched(final LockContent left) throws IOException {
        final Path file = file(left.end().segment());
        if (Files.size(file) != left.fileLength() || QueuePages.crc(file) != left.queuePages()) {
            return false;
        }
        try (SegmentWalker walker = new SegmentWalker(file)) {
            walker.position(left.end().position());
            return !walker.next() && walker.findFrame(left.end().position(), Long.MAX_VALUE, _ -> true) < 0;
        }
    }

    /** Reads and checks the last segment to its end. */
    private Checkpoint recover(final int last) throws IOException {
        final @Nullable SegmentStart start = SegmentStart.read(file(last), null);
        if (start == null) {
            throw new SegmentMissingException(file(last));
        }
        try (JournalWalk walk = new JournalWalk(lock.store(), start.before(), DamageSink.THROW)) {
            while (walk.next()) {
                if (walk.unfinished() != null) {
                    finish(walk.unfinished());
                }
            }
            return walk.checkpoint();
        }
    }

    /** Writes the header that a document lacks, so that from now on it is one as all others. */
    static void finish(final JournalWalk.Unfinished document) throws IOException {
        final byte[] header = new byte[QueueFileDescriptor.HEADER_LENGTH];
        LittleEndian.putInt(header, 0, document.length());
        try (FileChannel channel = FileChannel.open(document.file(), StandardOpenOption.WRITE)) {
            final ByteBuffer from = ByteBuffer.wrap(header);
            while (from.hasRemaining()) {
                channel.write(from, document.position() + from.position());
            }
        }
    }

    private Path file(final int number) {
        return StoreFolders.queueFile(StoreFolders.segment(journal, number));
    }
}
