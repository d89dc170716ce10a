package io.envcli.journal;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;

/**
 * What the SEGMENT frame at the start of a segment says.
 *
 * @param storeId     the store's 16 bytes, as hexadecimal digits.
 * @param before      what came before the segment: place and numbers.
 * @param previousEnd   byte position where the previous segment ended.
 * @param previousPages checksum of that segment's own pages of the queue.
 */
record SegmentStart(String storeId, Checkpoint before, long previousEnd, int previousPages) {
    /** The store's id as bytes. */
    byte[] storeIdBytes() {
        return HexFormat.of().parseHex(storeId);
    }

    /**
     * Reads the first frame of a segment; null if there is none in the file, or one that is not whole and nothing behind it:
     * it is synced before anything is added, so then its writer ended before.
     */
    static @Nullable SegmentStart read(final Path file, final @Nullable UserKey key) throws IOException {
        if (!Files.exists(file)) {
            return null;
        }
        try (SegmentWalker walker = new SegmentWalker(file)) {
            if (!walker.next()) {
                final String why = walker.stop();
                final long stopped = walker.position();
                if (!holdsMore(walker)) {
                    return null;
                }
                // Unless its writer was faster than the search.
                walker.position(0);
                if (!walker.next()) {
                    throw new JournalDamagedException(file, stopped, why + ", but a frame follows");
                }
            }
            final long at = walker.contentPosition();
            final FrameHeader header = new FrameHeader();
            final @Nullable String problem = problem(file, walker, header);
            if (problem != null && !holdsMore(walker)) {
                return null;
            }
            if (problem != null) {
                throw new JournalDamagedException(file, at, problem);
            }
            if (key != null) {
                checkKey(file, walker, header, key);
            }
            return read(walker, header);
        }
    }

    private static boolean holdsMore(final SegmentWalker walker) throws IOException {
        return walker.findFrame(0, Long.MAX_VALUE, kind -> kind != FrameDescriptor.SEGMENT) >= 0;
    }

    private static @Nullable String problem(final Path file, final SegmentWalker walker, final FrameHeader header)
            throws UnsupportedFormatException {
        if (walker.length() < FrameDescriptor.HEADER_LENGTH) {
            return "the document is shorter than a frame header";
        }
        header.wrap(walker.buffer(), walker.offset());
        final @Nullable String problem = header.problem();
        if (problem != null) {
            return problem;
        }
        if (!header.isVersionKnown()) {
            throw new UnsupportedFormatException(file, walker.contentPosition(), header.version());
        }
        if (header.kind() != FrameDescriptor.SEGMENT || header.frameLength() != walker.length()
                || !header.isFrameCrcRight()) {
            return "the segment does not begin with a whole SEGMENT frame";
        }
        return header.blockProblem();
    }

    /** Of several keys, it becomes the one that the segment was sealed with. */
    private static void checkKey(final Path file, final SegmentWalker walker, final FrameHeader header,
            final UserKey key) throws WrongKeyException {
        if (!key.choose(candidate -> opens(walker, header, candidate))) {
            throw new WrongKeyException(file);
        }
    }

    private static boolean opens(final SegmentWalker walker, final FrameHeader header, final UserKey key) {
        try (StoreKeys keys = StoreKeys.derive(key, header.storeId()); BlockCipher cipher = new BlockCipher()) {
            cipher.keys(keys);
            return cipher.open(walker.buffer(), walker.offset(), walker.buffer(),
                    header.clearOffset() + header.clearLength());
        }
    }

    private static SegmentStart read(final SegmentWalker walker, final FrameHeader header) {
        final byte[] from = walker.buffer();
        final int clear = header.clearOffset();
        final Checkpoint before = new Checkpoint(header.segment(), 0, header.firstChange(),
                LittleEndian.getLong(from, clear + SegmentDescriptor.LAST_VERSION),
                Hash.of(from, clear + SegmentDescriptor.CHAIN_HASH),
                LittleEndian.getLong(from, clear + SegmentDescriptor.NEXT_TRANSACTION), Hash.ZERO, List.of());
        return new SegmentStart(HexFormat.of().formatHex(header.storeId()), before,
                LittleEndian.getLong(from, clear + SegmentDescriptor.PREVIOUS_END),
                LittleEndian.getInt(from, clear + SegmentDescriptor.PREVIOUS_PAGES));
    }
}
