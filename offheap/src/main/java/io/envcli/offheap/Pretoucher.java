package io.envcli.offheap;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Reads ranges of files that are about to be written through a mapping, so that their pages are in the page cache by then.
 * Else the writer's first touch of each page waits while the kernel finds and clears it, which for a large import is half of
 * what its busiest thread does.
 *
 * <p>It helps or it does nothing: whatever goes wrong here, the writer meets itself.
 *
 * <p>Threading: any thread asks; one daemon thread reads, a piece of each range in turn. It runs where the thread that
 * started it may run: a stage's thread may be pinned, so {@link #start} is called by whoever opens a store.
 */
final class Pretoucher {
    private static final int PIECE = 1 << 20;
    private static final int READ = 128 << 10;

    private static final LinkedBlockingQueue<Range> RANGES = new LinkedBlockingQueue<>();
    private static final AtomicBoolean STARTED = new AtomicBoolean();

    private Pretoucher() {}

    /** What is left of a range; its channel is closed at the end. */
    private record Range(FileChannel channel, long from, long end) {}

    /** Starts the thread, once in a process. */
    static void start() {
        if (STARTED.compareAndSet(false, true)) {
            final Thread thread = new Thread(Pretoucher::run, "envcli-pretouch");
            thread.setDaemon(true);
            thread.start();
        }
    }

    /**
     * Has a range read soon.
     *
     * @throws IOException if the file cannot be opened.
     */
    static void touch(final Path file, final long from, final long length) throws IOException {
        start();
        RANGES.add(new Range(FileChannel.open(file, StandardOpenOption.READ), from, from + length));
    }

    private static void run() {
        final ByteBuffer buffer = ByteBuffer.allocateDirect(READ);
        try {
            while (true) {
                final Range left = read(RANGES.take(), buffer);
                if (left != null) {
                    RANGES.add(left);
                }
            }
        } catch (final InterruptedException e) {
            // Nobody who wants something of this thread: the next range starts another.
            STARTED.set(false);
        }
    }

    /** Reads a piece; what is left, or null at the end, when the channel is closed. */
    private static @Nullable Range read(final Range range, final ByteBuffer buffer) {
        long at = range.from;
        final long end = Math.min(range.end, at + PIECE);
        boolean more = false;
        try {
            int count = 0;
            while (at < end && count >= 0) {
                count = range.channel.read(buffer.clear().limit((int) Math.min(READ, end - at)), at);
                at += Math.max(0, count);
            }
            more = count >= 0 && at < range.end;
        } catch (final IOException e) {
            more = false; // As the class says.
        } finally {
            if (!more) {
                close(range.channel);
            }
        }
        return more ? new Range(range.channel, at, range.end) : null;
    }

    private static void close(final FileChannel channel) {
        try {
            channel.close();
        } catch (final IOException _) {
            // It was open for reading alone.
        }
    }
}
