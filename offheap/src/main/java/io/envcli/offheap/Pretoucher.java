package io.envcli.offheap;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Reads ranges of files that are about to be written through a mapping, so that their pages are in the page cache by then.
 * Else the writer's first touch of each page waits while the kernel finds and clears it, which for a large import is half of
 * what its busiest thread does.
 *
 * <p>It helps or it does nothing: whatever goes wrong here, the writer meets itself.
 *
 * <p>Threading: any thread asks; one daemon thread reads, a piece of each range in turn. It starts with the first range and
 * ends when there has been none for a while.
 */
final class Pretoucher {
    private static final int PIECE = 1 << 20;
    private static final int READ = 128 << 10;
    private static final long IDLE_NS = TimeUnit.SECONDS.toNanos(1);

    private static final ReentrantLock LOCK = new ReentrantLock();
    private static final Condition ADDED = LOCK.newCondition();
    /** Guarded by the lock, as is {@link #running}. */
    private static final Deque<Range> RANGES = new ArrayDeque<>();
    private static boolean running;

    private Pretoucher() {}

    /** What is left of a range; its channel is closed at the end. */
    private record Range(FileChannel channel, long from, long end) {}

    /**
     * Has a range read soon.
     *
     * @throws IOException if the file cannot be opened.
     */
    static void touch(final Path file, final long from, final long length) throws IOException {
        final Range range = new Range(FileChannel.open(file, StandardOpenOption.READ), from, from + length);
        LOCK.lock();
        try {
            RANGES.add(range);
            ADDED.signal();
            if (!running) {
                running = true;
                final Thread thread = new Thread(Pretoucher::run, "env-cli pretouch");
                thread.setDaemon(true);
                thread.start();
            }
        } finally {
            LOCK.unlock();
        }
    }

    private static void run() {
        final ByteBuffer buffer = ByteBuffer.allocateDirect(READ);
        for (Range range = next(null); range != null;) {
            range = next(read(range, buffer));
        }
    }

    /** Puts back what is left of a range; the next one to work on, or null if the thread is to end. */
    private static @Nullable Range next(final @Nullable Range left) {
        LOCK.lock();
        try {
            if (left != null) {
                RANGES.add(left);
            }
            long patience = IDLE_NS;
            while (RANGES.isEmpty() && patience > 0) {
                patience = ADDED.awaitNanos(patience);
            }
            running = !RANGES.isEmpty();
            return RANGES.poll();
        } catch (final InterruptedException e) {
            // Nobody who wants something of this thread: the next range starts another.
            running = false;
            return null;
        } finally {
            LOCK.unlock();
        }
    }

    /** Reads a piece; what is left, or null at the end. */
    private static @Nullable Range read(final Range range, final ByteBuffer buffer) {
        long at = range.from;
        final long end = Math.min(range.end, at + PIECE);
        try {
            int count = 0;
            while (at < end && count >= 0) {
                count = range.channel.read(buffer.clear().limit((int) Math.min(READ, end - at)), at);
                at += count;
            }
            if (count > 0 && at < range.end) {
                return new Range(range.channel, at, range.end);
            }
            range.channel.close();
        } catch (final IOException e) {
            return null; // As the class says.
        }
        return null;
    }
}
