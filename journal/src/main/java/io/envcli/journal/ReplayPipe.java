package io.envcli.journal;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * A replay in two threads: one reads, checks and opens frames ahead, the caller's hands out what they hold.
 *
 * <p>Frames go from one to the other in batches, whose memory is used again and wiped in the end. There are as many places in
 * each queue as batches, so only taking waits.
 */
final class ReplayPipe implements AutoCloseable {
    private static final int BATCHES = 4;
    private static final int BATCH_LENGTH = 1 << 20;

    private final Path store;
    private final StoreKeys keys;
    private final JournalSurvey survey;
    private final BlockingQueue<Batch> free = new ArrayBlockingQueue<>(BATCHES + 1);
    private final BlockingQueue<Batch> filled = new ArrayBlockingQueue<>(BATCHES);
    private final Thread reader = new Thread(this::read, "envcli-replay");
    private volatile boolean cancelled;

    /** Frames that are opened, in order. */
    private static final class Batch {
        private final List<Item> items = new ArrayList<>();
        private byte[] bytes = new byte[BATCH_LENGTH];
        private int length;
        private @Nullable Checkpoint end;
        private @Nullable Throwable failure;

        boolean isFull() {
            return length >= BATCH_LENGTH / 2;
        }

        int add(final FrameHeader header) {
            final int frameLength = header.frameLength();
            if (length + frameLength > bytes.length) {
                final byte[] old = bytes;
                bytes = Arrays.copyOf(old, Math.max(length + frameLength, 2 * old.length));
                Arrays.fill(old, (byte) 0);
            }
            System.arraycopy(header.buffer(), header.offset(), bytes, length, frameLength);
            length += frameLength;
            return length - frameLength;
        }
    }

    /** One frame: of changes, or a commit, or both, or neither. */
    private record Item(List<Long> ended, @Nullable FrameInfo frame, int offset, @Nullable Commit commit, Path file) {}

    ReplayPipe(final Path store, final StoreKeys keys, final JournalSurvey survey) {
        this.store = store;
        this.keys = keys;
        this.survey = survey;
        for (int i = 0; i < BATCHES; i++) {
            free.add(new Batch());
        }
        reader.setDaemon(true);
    }

    Checkpoint run(final ReplayHandler handler) throws IOException {
        reader.start();
        try (FrameReader frames = new FrameReader(keys, DamageSink.THROW)) {
            final FrameHeader header = new FrameHeader();
            while (true) {
                final Batch batch = filled.take();
                for (final Item item : batch.items) {
                    handOut(batch, item, header, frames, handler);
                }
                if (batch.failure != null) {
                    throw thrown(batch.failure);
                }
                if (batch.end != null) {
                    return batch.end;
                }
                batch.items.clear();
                batch.length = 0;
                free.add(batch);
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted during a replay").initCause(e);
        }
    }

    private static IOException thrown(final Throwable failure) {
        return switch (failure) {
            case IOException e -> e;
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> new IOException(failure);
        };
    }

    private static void handOut(final Batch batch, final Item item, final FrameHeader header, final FrameReader frames,
            final ReplayHandler handler) throws IOException {
        for (final Long transaction : item.ended) {
            handler.onNeverCommitted(transaction);
        }
        if (item.frame != null) {
            frames.handOut(item.file, item.frame, header.wrap(batch.bytes, item.offset), handler);
        }
        if (item.commit != null) {
            handler.onCommit(item.commit);
        }
    }

    /** The other thread's work. Whatever goes wrong, what was right before it is handed out first. */
    private void read() {
        Batch batch = null;
        try (JournalWalk walk = new JournalWalk(store, Checkpoint.START, DamageSink.THROW);
                FrameReader frames = new FrameReader(keys, DamageSink.THROW)) {
            batch = free.take();
            while (!cancelled && walk.next()) {
                if (batch.isFull()) {
                    filled.add(batch);
                    batch = null; // It is the other thread's now.
                    batch = free.take();
                }
                add(batch, walk, frames);
            }
            batch.end = walk.checkpoint();
            filled.add(batch);
        } catch (final Throwable e) { // NOPMD whatever it is, the other thread throws it
            final Batch last = batch == null ? new Batch() : batch;
            last.failure = e;
            if (!cancelled) {
                filled.add(last);
            }
        }
    }

    private void add(final Batch batch, final JournalWalk walk, final FrameReader frames) throws IOException {
        final FrameHeader header = walk.header();
        final boolean skipped = survey.complete() && survey.uncommitted().contains(header.transaction());
        if (skipped && header.isCommit()) {
            throw new JournalDamagedException(walk.file(), walk.framePosition(),
                    "the commit is of a transaction that seemed to have none");
        }
        if (skipped && header.kind() == FrameDescriptor.CHANGES) {
            return;
        }
        frames.open(walk);
        switch (header.kind()) {
            case FrameDescriptor.CHANGES -> batch.items.add(
                    new Item(walk.ended(), FrameReader.info(walk), batch.add(header), null, walk.file()));
            case FrameDescriptor.WHOLE -> {
                final Commit commit = commit(walk);
                batch.items.add(new Item(walk.ended(), FrameReader.info(walk), batch.add(header), commit, walk.file()));
            }
            case FrameDescriptor.COMMIT -> batch.items.add(new Item(walk.ended(), null, 0, commit(walk), walk.file()));
            default -> {
                if (!walk.ended().isEmpty()) {
                    batch.items.add(new Item(walk.ended(), null, 0, null, walk.file()));
                }
            }
        }
    }

    private static Commit commit(final JournalWalk walk) throws IOException {
        final @Nullable Commit commit = Commit.read(walk.header(), walk.header().lastBlockOffset(),
                Location.of(walk.segment(), walk.framePosition(), 0));
        if (commit == null) {
            throw new JournalDamagedException(walk.file(), walk.framePosition(),
                    "the content of the commit cannot be understood");
        }
        return commit;
    }

    /** Ends the other thread, and wipes what was opened. */
    @Override
    public void close() {
        cancelled = true;
        free.add(new Batch());
        boolean interrupted = false;
        while (reader.isAlive()) {
            try {
                reader.join();
            } catch (final InterruptedException e) {
                interrupted = true;
            }
        }
        for (final BlockingQueue<Batch> queue : List.of(free, filled)) {
            for (final Batch batch : queue) {
                Arrays.fill(batch.bytes, (byte) 0);
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
