package io.envcli.journal;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a look at the headers of a journal's frames tells: which transactions were never committed, and how much there is
 * of the others. Headers prove themselves; of what is in the frames nothing is known.
 *
 * @param uncommitted numbers of transactions that have frames and no commit.
 * @param changes     in the frames of all others.
 * @param commits     that there are.
 * @param complete    whether header followed header to where each segment ends, with nothing behind it: then there is no
 *                    other commit. If not, there may be, or it was more than is worth looking at.
 */
public record JournalSurvey(Set<Long> uncommitted, long changes, long commits, boolean complete) {
    /** Looking at so many headers takes as long as a replay of what most stores hold. */
    private static final long MAX_FRAMES = 200_000;
    /** Of a frame of an import nothing is wanted but its header; the headers of some dozens of puts are in one window. */
    private static final int WINDOW = 8 << 10;

    /** Copies the set. */
    public JournalSurvey {
        uncommitted = Set.copyOf(uncommitted);
    }

    /**
     * Looks at a journal.
     *
     * @param store the store's folder.
     * @return what there is, as far as the headers follow each other.
     * @throws IOException if it cannot be read.
     */
    public static JournalSurvey of(final Path store) throws IOException {
        return new Look(store).take();
    }

    /** {@return the same of a journal that is being written to, so that there may be other commits by now} */
    public JournalSurvey whileWritten() {
        return new JournalSurvey(uncommitted, changes, commits, false);
    }

    /** One look, over all segments. */
    private static final class Look {
        private final Path store;
        private final Path journal;
        private final List<Integer> segments;
        /** Changes of transactions that have no commit yet, by number. */
        private final Map<Long, Long> open = new HashMap<>();
        private final FrameHeader header = new FrameHeader();
        private long frames;
        private long changes;
        private long commits;

        Look(final Path store) throws IOException {
            this.store = store;
            this.journal = StoreFolders.journal(store);
            this.segments = StoreFolders.segments(journal);
        }

        JournalSurvey take() throws IOException {
            boolean complete = !segments.isEmpty();
            for (int i = 0; i < segments.size(); i++) {
                complete &= segments.get(i) == i + 1 && look(i + 1, i + 1 == segments.size());
            }
            final long lost = open.values().stream().mapToLong(Long::longValue).sum();
            return new JournalSurvey(open.keySet(), changes - lost, commits, complete && frames <= MAX_FRAMES);
        }

        /** Looks at a segment; whether nothing of it can have been missed. */
        private boolean look(final int segment, final boolean last) throws IOException {
            final Path file = StoreFolders.queueFile(StoreFolders.segment(journal, segment));
            if (!Files.exists(file)) {
                return false;
            }
            try (SegmentWalker walker = new SegmentWalker(file, WINDOW)) {
                // A frame whose writer was killed before it wrote the header of its document counts, as in a replay.
                while (walker.nextHeader() || walker.takeUnfinished()) {
                    if (walker.length() < FrameDescriptor.HEADER_LENGTH) {
                        return false;
                    }
                    header.wrap(walker.buffer(), walker.offset());
                    if (header.problem() != null || header.segment() != segment
                            || header.frameLength() != walker.length() || walker.position() > walker.fileLength()) {
                        return false;
                    }
                    count();
                }
                return last ? isEnd(walker, segment) : walker.position() == nextBegins(segment);
            }
        }

        private void count() {
            frames++;
            if (header.kind() == FrameDescriptor.CHANGES) {
                open.merge(header.transaction(), (long) header.changeCount(), Long::sum);
                changes += header.changeCount();
            } else if (header.isCommit()) {
                changes += header.changeCount();
                open.remove(header.transaction());
                commits++;
            }
        }

        /** Whether the journal ends where a walker has stopped: no frame follows. */
        private boolean isEnd(final SegmentWalker walker, final int segment) throws IOException {
            final LockContent lock = StoreLock.view(store).content();
            final boolean cut = lock.isTrustedEnd()
                    && (lock.end().segment() != segment || lock.end().position() > walker.position());
            return !cut && walker.findFollowing(Long.MAX_VALUE) < 0;
        }

        private long nextBegins(final int segment) throws IOException {
            try {
                final @Nullable SegmentStart start = SegmentStart.read(
                        StoreFolders.queueFile(StoreFolders.segment(journal, segment + 1)), null);
                return start == null ? -1 : start.previousEnd();
            } catch (final JournalDamagedException _) {
                return -1; // Whoever reads it all will tell.
            }
        }
    }
}
