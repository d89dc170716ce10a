package io.envcli.scan.internal.cache;

import io.envcli.scan.internal.walk.FileStat;

import java.nio.ByteBuffer;

/**
 * One thread's records for the next scan, in the form that {@link Records} reads.
 *
 * <p>Threading: one thread at a time.
 */
public final class RecordWriter {
    private static final int FIRST_CAPACITY = 64 * 1024;

    private final long newest;
    private ByteBuffer buffer = ByteBuffer.allocate(FIRST_CAPACITY);
    private int reused;
    private int added;

    /**
     * A writer.
     *
     * @param newest what has changed after this, in nanoseconds since 1970, may change again without a difference in its
     *               times, and is not written.
     */
    RecordWriter(final long newest) {
        this.newest = newest;
    }

    /**
     * Writes a result, unless the file is too new for it.
     *
     * @param stat   of the file, from before it was read.
     * @param kind   as {@link Records#find} has it.
     * @param result to keep.
     */
    public void add(final FileStat stat, final int kind, final FileResult result) {
        final FileStat.Identity identity = stat.identity();
        if (identity == null || identity.changed() > newest) {
            return;
        }
        final int start = buffer.position();
        putInt(0);
        putInt(kind);
        putLong(identity.device());
        putLong(identity.inode());
        putLong(stat.size());
        putLong(identity.modified());
        putLong(identity.changed());
        RecordCodec.write(result, this);
        buffer.putInt(start, buffer.position() - start);
        added++;
    }

    /**
     * Writes a record that still holds.
     *
     * @param records that have it.
     * @param at      where, as {@link Records#find} says.
     */
    public void reuse(final Records records, final int at) {
        final ByteBuffer record = records.record(at);
        room(record.remaining());
        buffer.put(record);
        reused++;
    }

    int reused() {
        return reused;
    }

    int added() {
        return added;
    }

    /** What was written; borrowed. */
    ByteBuffer written() {
        return buffer.duplicate().flip();
    }

    void putInt(final int value) {
        room(Integer.BYTES);
        buffer.putInt(value);
    }

    void putChar(final char value) {
        room(Character.BYTES);
        buffer.putChar(value);
    }

    private void putLong(final long value) {
        room(Long.BYTES);
        buffer.putLong(value);
    }

    private void room(final int bytes) {
        if (buffer.remaining() < bytes) {
            final ByteBuffer larger = ByteBuffer.allocate(Math.max(2 * buffer.capacity(), buffer.position() + bytes));
            buffer = larger.put(buffer.flip());
        }
    }
}
