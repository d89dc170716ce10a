package io.envcli.journal;

import java.io.IOException;

/**
 * Opens the blocks of a frame that may be damaged, and hands out what those hold that pass their seals. Where the length of
 * a block is damaged, the next one is found by what its prefix says of its place.
 *
 * <p>Threading: one thread.
 */
final class SalvagedBlocks {
    private final BlockCipher cipher;
    private final BlockCursor cursor = new BlockCursor();
    private int lastBlockOffset;

    SalvagedBlocks(final BlockCipher cipher) {
        this.cipher = cipher;
    }

    /** Where in the frame's buffer the last block is, if that was read; else negative. */
    int lastBlockOffset() {
        return lastBlockOffset;
    }

    /** Reads the blocks of the CHANGES or WHOLE frame that a scan stands at; answers how many changes were handed out. */
    int read(final FrameScan scan, final ReplayHandler handler) throws IOException {
        final FrameHeader header = scan.header();
        handler.onFrame(new FrameInfo(scan.segment(), scan.position(), header.transaction(), header.firstChange(),
                header.changeCount(), header.frameLength()));
        final byte[] buffer = header.buffer();
        final int end = header.offset() + header.frameLength();
        int rows = 0;
        int index = 0;
        int at = header.blocksOffset();
        lastBlockOffset = -1;
        while (at + BlockDescriptor.PREFIX_LENGTH + BlockDescriptor.TAG_LENGTH <= end) {
            if (isBlock(header, at, end, index)) {
                index = LittleEndian.getInt(buffer, at + BlockDescriptor.INDEX);
                final int length = BlockDescriptor.length(
                        LittleEndian.getInt(buffer, at + BlockDescriptor.SEALED_LENGTH));
                if (cipher.open(buffer, header.offset(), buffer, at)) {
                    cursor.wrap(buffer, at,
                            Location.of(scan.segment(), scan.position() + at - header.offset(), 0));
                    rows += records(handler);
                    index++;
                    lastBlockOffset = index == header.blockCount() ? at : -1;
                    at += length;
                    continue;
                }
            }
            at += 4;
        }
        return rows;
    }

    /** Whether a block may begin there, none before the index. */
    private static boolean isBlock(final FrameHeader header, final int at, final int end, final int index) {
        final byte[] buffer = header.buffer();
        final int sealedLength = LittleEndian.getInt(buffer, at + BlockDescriptor.SEALED_LENGTH);
        final int found = LittleEndian.getInt(buffer, at + BlockDescriptor.INDEX);
        return LittleEndian.getInt(buffer, at + BlockDescriptor.DISTANCE) == at - header.offset()
                && found >= index && found < header.blockCount() && sealedLength >= BlockDescriptor.TAG_LENGTH
                && sealedLength <= end - at - BlockDescriptor.PREFIX_LENGTH;
    }

    private int records(final ReplayHandler handler) throws IOException {
        int rows = 0;
        while (true) {
            switch (cursor.next()) {
                case BlockCursor.CHANGE_RECORD -> {
                    handler.onChange(cursor.change());
                    rows++;
                }
                case BlockCursor.SECTION_RECORD -> handler.onSection(cursor.section());
                default -> {
                    return rows; // What cannot be understood has passed its seal: it counts as lost.
                }
            }
        }
    }
}
