package io.envcli.journal;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

import static io.envcli.journal.FrameDescriptor.HEADER_LENGTH;

/**
 * Reads single commits of a journal by location, proving each by its CRCs and its seal. Opens no Chronicle Queue, maps
 * nothing and takes no lock. Whether a commit follows the one before says only {@link JournalVerifier}.
 *
 * <p>Threading: one thread. One file stays open.
 */
public final class CommitReader implements AutoCloseable {
    private final Path journal;
    private final StoreKeys keys;
    private final BlockCipher cipher = new BlockCipher();
    private final FrameHeader header = new FrameHeader();
    private @Nullable RandomAccessFile file;
    private int segment;

    private CommitReader(final Path journal, final StoreKeys keys) {
        this.journal = journal;
        this.keys = keys;
        cipher.keys(keys);
    }

    /**
     * Prepares to read; no file is opened yet.
     *
     * @param store   the store's folder.
     * @param key     borrowed; may be closed afterwards.
     * @param storeId 16 bytes.
     * @return the reader; the caller closes it.
     */
    public static CommitReader open(final Path store, final UserKey key, final byte[] storeId) {
        return new CommitReader(StoreFolders.journal(store), StoreKeys.derive(key, storeId));
    }

    /**
     * Reads a commit.
     *
     * @param location of its frame.
     * @return what it says.
     * @throws JournalDamagedException if there is no such commit, or it is not what was written.
     * @throws SegmentMissingException if the segment's file is not there.
     * @throws IOException             if it cannot be read.
     */
    public Commit read(final long location) throws IOException {
        final int number = Location.segment(location);
        final long position = Location.position(location);
        final Path path = StoreFolders.queueFile(StoreFolders.segment(journal, number));
        final byte[] frame = readFrame(path, number, position);
        final @Nullable String problem = problem(number);
        if (problem != null) {
            throw new JournalDamagedException(path, position, problem);
        }
        final int block = header.lastBlockOffset();
        if (!cipher.open(frame, 0, frame, block)) {
            throw new JournalDamagedException(path, position, "the commit does not match its seal");
        }
        final @Nullable Commit commit = Commit.read(header, block, location);
        Arrays.fill(frame, (byte) 0);
        if (commit == null) {
            throw new JournalDamagedException(path, position, "the content of the commit cannot be understood");
        }
        return commit;
    }

    private byte[] readFrame(final Path path, final int number, final long position) throws IOException {
        final RandomAccessFile from = open(path, number);
        final byte[] start = new byte[HEADER_LENGTH];
        readFully(from, path, position, start);
        header.wrap(start, 0);
        final @Nullable String problem = header.problem();
        if (problem != null) {
            throw new JournalDamagedException(path, position, problem);
        }
        if (!header.isVersionKnown()) {
            throw new UnsupportedFormatException(path, position, header.version());
        }
        final byte[] frame = new byte[header.frameLength()];
        readFully(from, path, position, frame);
        header.wrap(frame, 0);
        return frame;
    }

    private @Nullable String problem(final int number) {
        if (!header.isCommit() || header.segment() != number
                || !header.hasStoreId(keys.storeId())) {
            return "there is no commit of this store here";
        }
        return header.isFrameCrcRight() ? header.blockProblem() : "the commit does not match its CRC";
    }

    private RandomAccessFile open(final Path path, final int number) throws IOException {
        final @Nullable RandomAccessFile known = file;
        if (known != null && segment == number) {
            return known;
        }
        if (!Files.exists(path)) {
            throw new SegmentMissingException(path);
        }
        if (known != null) {
            known.close();
        }
        final RandomAccessFile opened = new RandomAccessFile(path.toFile(), "r");
        file = opened;
        segment = number;
        return opened;
    }

    private static void readFully(final RandomAccessFile from, final Path path, final long position, final byte[] to)
            throws IOException {
        from.seek(position);
        for (int at = 0; at < to.length;) {
            final int count = from.read(to, at, to.length - at);
            if (count < 0) {
                throw new JournalDamagedException(path, position, "the file ends before the commit");
            }
            at += count;
        }
    }

    /** Closes the file and wipes the keys. Idempotent. */
    @Override
    public void close() throws IOException {
        cipher.close();
        keys.close();
        final @Nullable RandomAccessFile open = file;
        if (open != null) {
            file = null;
            open.close();
        }
    }
}
