package io.envcli.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.function.IntPredicate;

import static io.envcli.journal.QueueFileDescriptor.*;

/**
 * Walks the documents of a queue's file without opening the queue, also while a writer appends to it.
 *
 * <p>Content is read in large pieces into an array of its own; a document is in it whole. Threading: one thread.
 */
final class SegmentWalker implements AutoCloseable {
    private static final int WINDOW = 1 << 20;
    /** Of the first piece: often all that is asked for is how a segment begins. */
    private static final int FIRST_WINDOW = 1 << 16;
    private static final int PAGE = 4096;
    private static final byte[] ZEROS = new byte[PAGE];

    private final Path file;
    private final FileChannel channel;
    /** At most so many bytes are read at once, but for a longer document. */
    private final int piece;
    private byte[] window;
    private ByteBuffer windowBuffer;
    private long windowPosition;
    private int windowLength;
    /** Bytes of the window that have ever been read into it. */
    private int touched;
    /** Of the header to look at next. */
    private long next;
    private long position;
    private int offset;
    private int length;
    private String stop = "";
    /** Whether it stopped at a header without a length, so that a document may have begun there. */
    private boolean begun;

    SegmentWalker(final Path file) throws IOException {
        this(file, WINDOW);
    }

    /** Reads so many bytes at once, or as many as a document has. */
    SegmentWalker(final Path file, final int piece) throws IOException {
        this.file = file;
        this.piece = piece;
        this.window = new byte[Math.min(FIRST_WINDOW, piece)];
        this.windowBuffer = ByteBuffer.wrap(window);
        this.channel = FileChannel.open(file, StandardOpenOption.READ);
    }

    Path file() {
        return file;
    }

    /** Goes on at the header at this position. What was read ahead is read again: it may have been opened in place. */
    void position(final long header) {
        next = header;
        windowLength = 0;
    }

    /** Where the header is that {@link #next()} looks at next, or stopped at. */
    long position() {
        return next;
    }

    long fileLength() throws IOException {
        return channel.size();
    }

    /** Goes to the next document with content of ours. False at a header that is no document: see {@link #stop()}. */
    boolean next() throws IOException {
        return next(Integer.MAX_VALUE);
    }

    /** The same, but no more is read of the document than the header of its frame. */
    boolean nextHeader() throws IOException {
        return next(FrameDescriptor.HEADER_LENGTH);
    }

    private boolean next(final int needed) throws IOException {
        while (true) {
            begun = false;
            if (!load(next, HEADER_LENGTH)) {
                return stopped("the file ends");
            }
            final int header = LittleEndian.getInt(window, (int) (next - windowPosition));
            begun = header == 0 || header == NOT_READY;
            if (header == 0) {
                return stopped("the document header is zero");
            }
            if ((header & NOT_READY) != 0) {
                return stopped("the document is not finished");
            }
            final int content = header & LENGTH_MASK;
            final long following = next + HEADER_LENGTH + (content + 3 & ~3);
            if ((header & METADATA) != 0) {
                if (following > fileLength()) {
                    return stopped("the document is longer than the file");
                }
                next = following;
                continue;
            }
            if (content > FrameDescriptor.MAX_FRAME_LENGTH) {
                return stopped("the document is longer than any frame");
            }
            if (!load(next, HEADER_LENGTH + Math.min(content, needed))) {
                return stopped("the document is longer than the file");
            }
            position = next + HEADER_LENGTH;
            offset = (int) (position - windowPosition);
            length = content;
            next = following;
            return true;
        }
    }

    /** Why {@link #next()} answered false. */
    String stop() {
        return stop;
    }

    /** Byte position in the file of the document's content. */
    long contentPosition() {
        return position;
    }

    /** The array that holds the document's content; valid until the next call. */
    byte[] buffer() {
        return window;
    }

    /** Where in the buffer the content starts. */
    int offset() {
        return offset;
    }

    /** Bytes of content. */
    int length() {
        return length;
    }

    /**
     * Takes the frame that stands right behind a header without a length, if it is whole: its writer was killed, or lost
     * power, before the header was written or synced. Then this is as {@link #next()} would be with that header.
     */
    boolean takeUnfinished() throws IOException {
        if (!begun || !isWholeFrame(next + HEADER_LENGTH)) {
            return false;
        }
        next = position + length;
        return true;
    }

    /** Whether a frame stands there whose CRCs are right; if so it is the document that this walker is at. */
    boolean isWholeFrame(final long at) throws IOException {
        if (!load(at, FrameDescriptor.HEADER_LENGTH)) {
            return false;
        }
        final FrameHeader header = new FrameHeader().wrap(window, (int) (at - windowPosition));
        if (header.problem() != null || !header.isVersionKnown()) {
            return false;
        }
        final int frameLength = header.frameLength();
        if (!load(at, frameLength) || !header.wrap(window, (int) (at - windowPosition)).isFrameCrcRight()) {
            return false;
        }
        position = at;
        offset = (int) (at - windowPosition);
        length = frameLength;
        return true;
    }

    /** Stands at a frame whose header is right, whole or not; false if the file ends before the frame does. */
    boolean stand(final long at, final int frameLength) throws IOException {
        if (!load(at, frameLength)) {
            return false;
        }
        position = at;
        offset = (int) (at - windowPosition);
        length = frameLength;
        return true;
    }

    /**
     * The first frame that follows the place where {@link #next()} stopped; -1 if there is none. A document gets its length
     * last, so right behind a header without one may stand part of the frame that a writer was killed over, which does not
     * count. Where it is whole, {@link #takeUnfinished} has taken it.
     */
    long findFollowing(final long limit) throws IOException {
        return findFrame(next + (begun ? 2 * HEADER_LENGTH : HEADER_LENGTH), limit, _ -> true);
    }

    /**
     * The first place from {@code from} on where a frame's header of any segment starts and has a right CRC, and whose kind
     * is wanted; -1 if there is none.
     */
    long findFrame(final long from, final long limit, final IntPredicate kinds) throws IOException {
        final FrameHeader header = new FrameHeader();
        long at = from;
        while (at < limit && load(at, FrameDescriptor.HEADER_LENGTH)) {
            final int first = (int) (at - windowPosition);
            final int last = windowLength - FrameDescriptor.HEADER_LENGTH;
            int i = first;
            while (i <= last) {
                if ((windowPosition + i) % PAGE == 0 && i + PAGE <= windowLength
                        && Arrays.equals(window, i, i + PAGE, ZEROS, 0, PAGE)) {
                    i += PAGE;
                    continue;
                }
                if (LittleEndian.getInt(window, i) == FrameDescriptor.MAGIC_VALUE
                        && header.wrap(window, i).isHeaderCrcRight()
                        && kinds.test(header.kind())) {
                    return windowPosition + i;
                }
                i += 4;
            }
            at = windowPosition + i;
        }
        return -1;
    }

    /** Makes sure that {@code count} bytes from {@code from} on are in the window. */
    private boolean load(final long from, final int count) throws IOException {
        if (from >= windowPosition && from + count <= windowPosition + windowLength) {
            return true;
        }
        return read(from, count);
    }

    /** Apart from {@link #load}, so that C2, which finds that one hot, need not compile this with all that it calls. */
    private boolean read(final long from, final int count) throws IOException {
        final int wanted = count > piece ? Integer.highestOneBit(count) * 2 : touched == 0 ? count : piece;
        if (wanted > window.length) {
            wipe();
            window = new byte[wanted];
            windowBuffer = ByteBuffer.wrap(window);
        }
        windowPosition = from;
        windowLength = 0;
        windowBuffer.clear();
        while (windowBuffer.hasRemaining()) {
            final int read = channel.read(windowBuffer, from + windowLength);
            if (read <= 0) {
                break;
            }
            windowLength += read;
        }
        touched = Math.max(touched, windowLength);
        return windowLength >= count;
    }

    private boolean stopped(final String why) {
        stop = why;
        return false;
    }

    /** Wipes what was read: it may have been opened in place. */
    @Override
    public void close() throws IOException {
        wipe();
        channel.close();
    }

    /** By copies: a loop over a megabyte takes a cold process 10 ms. */
    private void wipe() {
        for (int i = 0; i < touched; i += PAGE) {
            System.arraycopy(ZEROS, 0, window, i, Math.min(PAGE, touched - i));
        }
        touched = 0;
    }
}
