package io.envcli.journal;

import io.envcli.journal.JournalReport.Finding;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Reads all of a journal and lists everything that is wrong with it. Behind damage it looks for the next whole frame and
 * goes on there. Takes no lock, changes nothing, may run beside a writer.
 */
public final class JournalVerifier {
    /** Findings that are listed at most; the rest would say the same. */
    public static final int MAX_FINDINGS = 1000;

    private final Path store;
    private final List<Finding> findings = new ArrayList<>();
    private long frames;
    private long changes;
    private long versions;
    private long bytes;
    private boolean sealsChecked;

    private JournalVerifier(final Path store) {
        this.store = store;
    }

    /**
     * Verifies a store's journal.
     *
     * @param store the store's folder.
     * @param key   borrowed; without it, everything but the seals is checked.
     * @return what was found.
     * @throws NotAJournalException if there is no journal.
     * @throws WrongKeyException    if it was sealed with another key.
     * @throws IOException          if it cannot be read.
     */
    public static JournalReport verify(final Path store, final @Nullable UserKey key) throws IOException {
        return new JournalVerifier(store).verify(key);
    }

    private JournalReport verify(final @Nullable UserKey key) throws IOException {
        final Path journal = StoreFolders.journal(store);
        final List<Integer> segments = StoreFolders.segments(journal);
        for (final int segment : segments) {
            findStrangers(StoreFolders.segment(journal, segment));
        }
        findChangedPages(journal, segments);
        try (@Nullable
        StoreKeys keys = keys(key); JournalWalk walk = new JournalWalk(store, Checkpoint.START, this::found)) {
            sealsChecked = keys != null;
            if (keys == null) {
                count(walk, null);
            } else {
                try (FrameReader reader = new FrameReader(keys, this::found)) {
                    count(walk, reader);
                }
            }
        } catch (final SegmentMissingException e) {
            found(e.file(), 0, "the segment is missing; nothing behind it was verified");
        }
        return new JournalReport(segments.size(), frames, changes, versions, bytes, sealsChecked, findings);
    }

    private @Nullable StoreKeys keys(final @Nullable UserKey key) throws IOException {
        if (key == null) {
            return null;
        }
        try {
            return StoreKeys.derive(key, JournalReader.storeId(store, key));
        } catch (final JournalDamagedException e) {
            // The walk finds it too; without the first frame nothing tells a wrong key from damage.
            return null;
        }
    }

    private void count(final JournalWalk walk, final @Nullable FrameReader reader) throws IOException {
        final ReplayHandler nobody = new ReplayHandler() {
            @Override
            public void onChange(final Change change) {}

            @Override
            public void onCommit(final Commit commit) {}
        };
        while (walk.next()) {
            final FrameHeader header = walk.header();
            frames++;
            changes += header.changeCount();
            bytes += header.frameLength();
            if (header.isCommit()) {
                versions++;
            }
            if (reader != null) {
                reader.read(walk, nobody);
            }
        }
    }

    /** The queue's own pages, of segments that no queue has open. */
    private void findChangedPages(final Path journal, final List<Integer> segments) throws IOException {
        final LockContent lock = StoreLock.view(store).content();
        for (final int segment : segments) {
            final Path file = StoreFolders.queueFile(StoreFolders.segment(journal, segment));
            final Path next = StoreFolders.queueFile(StoreFolders.segment(journal, segment + 1));
            final @Nullable SegmentStart start = readStart(next);
            if (start != null) {
                compare(file, start.previousPages());
            } else if (lock.isTrustedEnd() && lock.end().segment() == segment && !lock.isOtherBoot()) {
                compare(file, lock.queuePages());
            }
        }
    }

    private static @Nullable SegmentStart readStart(final Path file) throws IOException {
        try {
            return SegmentStart.read(file, null);
        } catch (final JournalDamagedException e) {
            return null; // The walk finds it too.
        }
    }

    private void compare(final Path file, final int expected) throws IOException {
        if (Files.exists(file) && QueuePages.crc(file) != expected) {
            found(file, 0,
                    "the queue's own pages are not as they were left; no variable is in them, and the next writer"
                            + " begins a new segment");
        }
    }

    private void findStrangers(final Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            for (final Path entry : (Iterable<Path>) entries::iterator) {
                final String name = String.valueOf(entry.getFileName());
                if (!name.equals(QueueFileDescriptor.FILE_NAME) && !name.equals(QueueFileDescriptor.TABLE_NAME)
                        && !name.equals(QueueFileDescriptor.PRECREATED_NAME)) {
                    found(entry, 0, "the file does not belong here");
                }
            }
        }
    }

    private void found(final Path file, final long position, final String what) {
        if (findings.size() < MAX_FINDINGS) {
            findings.add(new Finding(file, position, what));
        }
    }
}
