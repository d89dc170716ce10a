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
            case FrameDescriptor.COMMIT -> commit(walk, header, handler);
            default -> open(walk, header, header.clearOffset() + header.clearLength());
        }
    }

    private void changes(final JournalWalk walk, final FrameHeader header, final ReplayHandler handler)
            throws IOException {
        handler.onFrame(new FrameInfo(walk.segment(), walk.framePosition(), header.transaction(),
                header.firstChange(), header.changeCount(), header.frameLength()));
        final byte[] buffer = header.buffer();
        final int blocks = header.blockCount();
        int at = header.clearOffset();
        for (int i = 0; i < blocks; i++) {
            final long position = walk.framePosition() + at - header.offset();
            final int length = BlockDescriptor.length(
                    LittleEndian.getInt(buffer, at + BlockDescriptor.SEALED_LENGTH));
            if (open(walk, header, at)) {
                cursor.wrap(buffer, at, Location.of(walk.segment(), position, 0));
                if (!records(handler)) {
                    sink.damaged(walk.file(), position, "the content of the block cannot be understood");
                }
            }
            at += length;
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

    private void commit(final JournalWalk walk, final FrameHeader header, final ReplayHandler handler)
            throws IOException {
        if (!open(walk, header, header.clearOffset() + header.clearLength())) {
            return;
        }
        final @Nullable Commit commit = Commit.read(header, Location.of(walk.segment(), walk.framePosition(), 0));
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
