package io.envcli.journal;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

import static io.envcli.journal.BlockDescriptor.*;
import static io.envcli.journal.FrameDescriptor.HEADER_LENGTH;
import static io.envcli.journal.FrameDescriptor.MAX_FRAME_LENGTH;

/**
 * Opens single blocks of a journal by location. Opens no Chronicle Queue, maps nothing and takes no lock: two reads of the
 * file and one seal. The block proves itself: store, segment, frame, place and content are all under its seal.
 *
 * <p>Threading: one thread. A few files stay open, a few blocks opened.
 */
public final class BlockReader implements AutoCloseable {
    private static final int MAX_FILES = 16;
    private static final int MAX_BLOCKS = 4;
    /** What is read at first: most blocks are not longer. */
    private static final int FIRST_READ = 20 << 10;

    private final Path journal;
    private final UserKey key;
    private final BlockCipher cipher = new BlockCipher();
    private final FrameHeader header = new FrameHeader();
    /** A frame's header and clear fields: both are sealed with each of its blocks. */
    private final byte[] headerBytes = new byte[HEADER_LENGTH + CommitDescriptor.LENGTH];
    private final Map<Integer, RandomAccessFile> files = new LinkedHashMap<>(MAX_FILES, 0.75f, true);
    /** Most recent first. */
    private final Deque<Block> blocks = new ArrayDeque<>();
    private @Nullable StoreKeys keys;

    private BlockReader(final Path journal, final UserKey key) {
        this.journal = journal;
        this.key = key;
    }

    /**
     * Prepares to read; no file is opened yet.
     *
     * @param store the store's folder.
     * @param key   borrowed; copied.
     * @return the reader; the caller closes it.
     */
    public static BlockReader open(final Path store, final UserKey key) {
        return new BlockReader(StoreFolders.journal(store), UserKey.of(key.bytes()));
    }

    /**
     * Opens the block that a location points into, and stands at the location's change.
     *
     * @param location absolute.
     * @return the block; valid until the next call.
     * @throws JournalDamagedException if there is no such block, or it is not what was written.
     * @throws WrongKeyException       if it was sealed with another key.
     * @throws SegmentMissingException if the segment's file is not there.
     * @throws IOException             if it cannot be read.
     */
    public Block read(final long location) throws IOException {
        final long wanted = Location.block(location);
        Block block = cached(wanted);
        if (block == null) {
            block = load(wanted);
        }
        if (!block.seek(Location.row(location))) {
            throw new JournalDamagedException(file(Location.segment(location)), Location.position(location),
                    "the block has no row " + Location.row(location));
        }
        return block;
    }

    private @Nullable Block cached(final long location) {
        for (final Block block : blocks) {
            if (block.location() == location) {
                return block;
            }
        }
        return null;
    }

    private Block load(final long location) throws IOException {
        final int segment = Location.segment(location);
        final long position = Location.position(location);
        final Path path = file(segment);
        final RandomAccessFile file = open(segment, path);
        final byte[] bytes = readBlock(path, file, position);
        readHeader(path, file, segment, position, bytes);
        if (!cipher.open(headerBytes, 0, bytes, 0)) {
            throw unsealed(path, position);
        }
        final Block block = blocks.size() < MAX_BLOCKS ? new Block() : blocks.removeLast();
        Arrays.fill(block.buffer(), (byte) 0);
        block.wrap(bytes, location);
        blocks.addFirst(block);
        return block;
    }

    private static byte[] readBlock(final Path path, final RandomAccessFile file, final long position)
            throws IOException {
        byte[] bytes = new byte[FIRST_READ];
        final int read = read(file, position, bytes, 0);
        if (read < PREFIX_LENGTH + TAG_LENGTH) {
            throw new JournalDamagedException(path, position, "the file ends before the block");
        }
        final int sealedLength = LittleEndian.getInt(bytes, SEALED_LENGTH);
        final int distance = LittleEndian.getInt(bytes, DISTANCE);
        if (sealedLength < TAG_LENGTH || sealedLength > MAX_FRAME_LENGTH || distance < HEADER_LENGTH
                || distance > MAX_FRAME_LENGTH || distance > position) {
            throw new JournalDamagedException(path, position, "there is no block here");
        }
        final int length = PREFIX_LENGTH + sealedLength;
        if (length > bytes.length) {
            bytes = Arrays.copyOf(bytes, length);
            read(file, position + FIRST_READ, bytes, FIRST_READ);
        }
        return bytes;
    }

    private void readHeader(final Path path, final RandomAccessFile file, final int segment, final long position,
            final byte[] block) throws IOException {
        final int distance = LittleEndian.getInt(block, DISTANCE);
        final long frame = position - distance;
        if (read(file, frame, headerBytes, 0) < HEADER_LENGTH) {
            throw new JournalDamagedException(path, frame, "the file ends before the frame header");
        }
        header.wrap(headerBytes, 0);
        final @Nullable String problem = header.problem();
        if (problem != null) {
            throw new JournalDamagedException(path, frame, problem);
        }
        if (!header.isVersionKnown()) {
            throw new UnsupportedFormatException(path, frame, header.version());
        }
        final int index = LittleEndian.getInt(block, INDEX);
        final boolean changes = header.kind() == FrameDescriptor.CHANGES || header.kind() == FrameDescriptor.WHOLE;
        if (!changes || header.segment() != segment || distance < HEADER_LENGTH + header.clearLength()
                || distance >= header.frameLength() || index < 0 || index >= header.blockCount()) {
            throw new JournalDamagedException(path, position, "the block does not belong to the frame before it");
        }
        if (keys == null) {
            keys = StoreKeys.derive(key, header.storeId());
            cipher.keys(keys);
        } else if (!header.hasStoreId(keys.storeId())) {
            throw new JournalDamagedException(path, frame, "the frame belongs to another store");
        }
    }

    /** The seal does not fit: is it the key, or the block? */
    private IOException unsealed(final Path path, final long position) throws IOException {
        SegmentStart.read(path, key);
        return new JournalDamagedException(path, position, "the block does not match its seal");
    }

    private Path file(final int segment) {
        return StoreFolders.queueFile(StoreFolders.segment(journal, segment));
    }

    private RandomAccessFile open(final int segment, final Path path) throws IOException {
        final RandomAccessFile known = files.get(segment);
        if (known != null) {
            return known;
        }
        if (!Files.exists(path)) {
            throw new SegmentMissingException(path);
        }
        if (files.size() >= MAX_FILES) {
            final Map.Entry<Integer, RandomAccessFile> eldest = files.entrySet().iterator().next();
            files.remove(eldest.getKey());
            eldest.getValue().close();
        }
        final RandomAccessFile opened = new RandomAccessFile(path.toFile(), "r");
        files.put(segment, opened);
        return opened;
    }

    private static int read(final RandomAccessFile file, final long position, final byte[] to, final int offset)
            throws IOException {
        file.seek(position);
        int at = offset;
        while (at < to.length) {
            final int count = file.read(to, at, to.length - at);
            if (count < 0) {
                break;
            }
            at += count;
        }
        return at - offset;
    }

    /** Closes the files and wipes what was opened. Idempotent. */
    @Override
    public void close() throws IOException {
        for (final Block block : blocks) {
            Arrays.fill(block.buffer(), (byte) 0);
        }
        blocks.clear();
        cipher.close();
        if (keys != null) {
            keys.close();
        }
        key.close();
        for (final RandomAccessFile file : files.values()) {
            file.close();
        }
        files.clear();
    }
}
