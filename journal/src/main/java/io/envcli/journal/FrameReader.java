package io.envcli.journal;

import org.jspecify.annotations.Nullable;

import java.io.IOException;

/**
 * Opens the blocks of a frame that a {@link JournalWalk} stands at, in the walk's own buffer, and hands out what they hold.
 *
 * <p>Threading: one thread.
 */
final class FrameReader implements AutoCloseable {
    private final BlockCipher cipher = new BlockCipher();
    private final BlockCursor cursor = new BlockCursor();
    private final DamageSink sink;

    FrameReader(final StoreKeys keys, final DamageSink sink) {
        this.sink = sink;
        cipher.keys(keys);
    }

    void read(final JournalWalk walk, final ReplayHandler handler) throws IOException {
        for (final Long transaction : walk.ended()) {
            handler.onNeverCommitted(transaction);
        }
        final FrameHeader header = walk.header();
        switch (header.kind()) {
            case FrameDescriptor.CHANGES -> changes(walk, header, handler);
            case FrameDescriptor.COMMIT -> {
                if (open(walk, header, header.blocksOffset())) {
                    commit(walk, header, handler);
                }
            }
            case FrameDescriptor.WHOLE -> {
                if (changes(walk, header, handler)) {
                    commit(walk, header, handler);
                }
            }
            default -> open(walk, header, header.blocksOffset());
        }
    }

    /** Answers whether the last block passed its seal. */
    private boolean changes(final JournalWalk walk, final FrameHeader header, final ReplayHandler handler)
            throws IOException {
        handler.onFrame(new FrameInfo(walk.segment(), walk.framePosition(), header.transaction(), header.firstChange(),
                header.changeCount(), header.frameLength()));
        int at = header.blocksOffset();
        boolean opened = false;
        for (int i = 0; i < header.blockCount(); i++) {
            opened = open(walk, header, at);
            if (opened) {
                records(walk, header, at, handler);
            }
            at += blockLength(header, at);
        }
        return opened;
    }

    private static int blockLength(final FrameHeader header, final int at) {
        return BlockDescriptor.length(LittleEndian.getInt(header.buffer(), at + BlockDescriptor.SEALED_LENGTH));
    }

    private void records(final JournalWalk walk, final FrameHeader header, final int at, final ReplayHandler handler)
            throws IOException {
        final long position = walk.framePosition() + at - header.offset();
        cursor.wrap(header.buffer(), at, Location.of(walk.segment(), position, 0));
        if (!records(handler)) {
            sink.damaged(walk.file(), position, "the content of the block cannot be understood");
        }
    }

    private boolean records(final ReplayHandler handler) throws IOException {
        while (true) {
            switch (cursor.next()) {
                case BlockCursor.CHANGE_RECORD -> handler.onChange(cursor.change());
                case BlockCursor.SECTION_RECORD -> handler.onSection(cursor.section());
                case BlockCursor.END -> {
                    return true;
                }
                default -> {
                    return false;
                }
            }
        }
    }

    private boolean open(final JournalWalk walk, final FrameHeader header, final int blockOffset)
            throws IOException {
        if (cipher.open(header.buffer(), header.offset(), header.buffer(), blockOffset)) {
            return true;
        }
        sink.damaged(walk.file(), walk.framePosition() + blockOffset - header.offset(),
                "the block does not match its seal");
        return false;
    }

    /** The block with the words has been opened. */
    private void commit(final JournalWalk walk, final FrameHeader header, final ReplayHandler handler)
            throws IOException {
        final @Nullable Commit commit = Commit.read(header, header.lastBlockOffset(),
                Location.of(walk.segment(), walk.framePosition(), 0));
        if (commit == null) {
            sink.damaged(walk.file(), walk.framePosition(), "the content of the commit cannot be understood");
            return;
        }
        handler.onCommit(commit);
    }

    @Override
    public void close() {
        cipher.close();
    }
}
