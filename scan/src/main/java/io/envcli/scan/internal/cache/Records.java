package io.envcli.scan.internal.cache;

import io.envcli.scan.internal.walk.FileStat;

import java.nio.ByteBuffer;

/**
 * Records of files by what the files were: length of the record, kind, device, inode, size, when modified and changed, and
 * the result. They are found through a table of hashes that is made when they are read.
 *
 * <p>Threading: immutable.
 */
public final class Records {
    /** Has no record. */
    public static final Records NONE = new Records(ByteBuffer.allocate(0));
    /** An answer of {@link #find}. */
    public static final int NO = -1;

    private static final int KIND = 4;
    private static final int DEVICE = 8;
    private static final int INODE = 16;
    private static final int SIZE = 24;
    private static final int MODIFIED = 32;
    private static final int CHANGED = 40;
    private static final int RESULT = 48;

    private final ByteBuffer bytes;
    /** Places of records, plus one; 0 where there is none. At most half of it is full. */
    private final int[] table;
    private final int count;

    /**
     * Takes records.
     *
     * @param bytes as a {@link RecordWriter} writes them; transferred.
     * @throws IllegalArgumentException if they are none.
     */
    Records(final ByteBuffer bytes) {
        this.bytes = bytes;
        int records = 0;
        for (int at = 0; at < bytes.limit(); at += length(at)) {
            records++;
        }
        count = records;
        table = new int[Math.max(2, Integer.highestOneBit(Math.max(1, records)) * 4)];
        for (int at = 0; at < bytes.limit(); at += length(at)) {
            int slot = slot(bytes.getLong(at + INODE), bytes.getInt(at + KIND));
            while (table[slot] != 0) {
                slot = (slot + 1) & (table.length - 1);
            }
            table[slot] = at + 1;
        }
    }

    private int length(final int at) {
        final int length = bytes.limit() - at < RESULT ? 0 : bytes.getInt(at);
        if (length < RESULT || length > bytes.limit() - at) {
            throw new IllegalArgumentException("at=" + at + " has no record");
        }
        return length;
    }

    private int slot(final long inode, final int kind) {
        final long hash = (inode * 31 + kind) * 0x9E3779B97F4A7C15L;
        return (int) (hash >>> 32) & (table.length - 1);
    }

    int count() {
        return count;
    }

    /**
     * Finds the record of a file that is as it was.
     *
     * @param stat of the file.
     * @param kind what else its result depends on, its name first.
     * @return where the record is; {@link #NO} if there is none.
     */
    public int find(final FileStat stat, final int kind) {
        final FileStat.Identity identity = stat.identity();
        if (identity == null) {
            return NO;
        }
        int slot = slot(identity.inode(), kind);
        while (table[slot] != 0) {
            final int at = table[slot] - 1;
            if (bytes.getLong(at + INODE) == identity.inode() && bytes.getInt(at + KIND) == kind
                    && bytes.getLong(at + DEVICE) == identity.device() && bytes.getLong(at + SIZE) == stat.size()
                    && bytes.getLong(at + MODIFIED) == identity.modified()
                    && bytes.getLong(at + CHANGED) == identity.changed()) {
                return at;
            }
            slot = (slot + 1) & (table.length - 1);
        }
        return NO;
    }

    /**
     * The result of a record.
     *
     * @param at   where {@link #find} says.
     * @param file its name.
     * @return what was found in it.
     */
    public FileResult result(final int at, final String file) {
        return RecordCodec.read(bytes.duplicate().position(at + RESULT), file);
    }

    ByteBuffer record(final int at) {
        return bytes.slice(at, bytes.getInt(at));
    }
}
