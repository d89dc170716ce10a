package io.envcli.offheap;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;

import static io.envcli.offheap.HashIndexDescriptor.*;

/**
 * The immutable part of an index file's header: whose it is, and where its regions are.
 *
 * @param generation of the view, from 1.
 * @param storeId0   first half of the store's id, little-endian.
 * @param storeId1   second half.
 * @param buckets    their number.
 * @param entries    for how many there is room.
 * @param versions   for how many transactions there is room.
 */
record HashIndexGeometry(long generation, long storeId0, long storeId1, long buckets, long entries, long versions) {
    /** Variables to a bucket when every entry is one: 0.8 of its slots. */
    private static final double ENTRIES_PER_BUCKET = 0.8 * SLOTS;
    /** Entries and ordinals are positive ints. */
    static final long CAPACITY_LIMIT = Integer.MAX_VALUE;

    static HashIndexGeometry of(final long generation, final long storeId0, final long storeId1, final long entries,
            final long versions) {
        if (generation < 1 || entries < 1 || entries > CAPACITY_LIMIT || versions < 1 || versions > CAPACITY_LIMIT) {
            throw new IllegalArgumentException("generation=" + generation + " entries=" + entries + " versions="
                    + versions + ": each must be from 1 to " + CAPACITY_LIMIT + " (generation: no limit)");
        }
        final long buckets = (long) Math.ceil(entries / ENTRIES_PER_BUCKET);
        return new HashIndexGeometry(generation, storeId0, storeId1, buckets, entries, versions);
    }

    long bucketsOffset() {
        return HEADER_LENGTH;
    }

    long entriesOffset() {
        return bucketsOffset() + buckets * BUCKET_LENGTH;
    }

    long versionsOffset() {
        return align(entriesOffset() + entries * ENTRY_LENGTH);
    }

    long fileLength() {
        return align(versionsOffset() + versions * RECORD_LENGTH);
    }

    private static long align(final long offset) {
        return (offset + BUCKET_LENGTH - 1) & -BUCKET_LENGTH;
    }

    /** {@return the immutable part as bytes} */
    byte[] encode() {
        final ByteBuffer header = ByteBuffer.allocate(IMMUTABLE_LENGTH).order(ByteOrder.LITTLE_ENDIAN);
        header.putLong(MAGIC, MAGIC_VALUE).putLong(FORMAT_VERSION, FORMAT_VERSION_VALUE);
        header.putLong(STORE_ID, storeId0).putLong(STORE_ID + Long.BYTES, storeId1);
        header.putLong(GENERATION, generation).putLong(BUCKETS, buckets);
        header.putLong(ENTRIES, entries).putLong(VERSIONS, versions);
        header.putLong(BUCKETS_OFFSET, bucketsOffset()).putLong(ENTRIES_OFFSET, entriesOffset());
        header.putLong(VERSIONS_OFFSET, versionsOffset()).putLong(FILE_LENGTH, fileLength());
        header.putInt(HEADER_CRC, crc(header.array()));
        return header.array();
    }

    /**
     * Reads the header of a file and proves it against the file's length.
     *
     * @param file of an index.
     * @return what it says.
     * @throws IndexDamagedException if it is no intact index of this format.
     * @throws IOException           if it cannot be read.
     */
    static HashIndexGeometry read(final Path file) throws IOException {
        final byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(IMMUTABLE_LENGTH);
        }
        if (bytes.length < IMMUTABLE_LENGTH) {
            throw new IndexDamagedException(file, "is cut off in its header");
        }
        final ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (header.getLong(MAGIC) != MAGIC_VALUE) {
            throw new IndexDamagedException(file, "is no index");
        }
        if (header.getLong(FORMAT_VERSION) != FORMAT_VERSION_VALUE) {
            throw new IndexDamagedException(file, "has format " + header.getLong(FORMAT_VERSION) + ", not "
                    + FORMAT_VERSION_VALUE);
        }
        final HashIndexGeometry geometry = decode(header);
        if (header.getInt(HEADER_CRC) != crc(bytes) || geometry == null) {
            throw new IndexDamagedException(file, "has a damaged header");
        }
        final long length = Files.size(file);
        if (length < geometry.fileLength()) {
            throw new IndexDamagedException(file,
                    "is cut off at " + length + " of " + geometry.fileLength() + " bytes");
        }
        return geometry;
    }

    private static @Nullable HashIndexGeometry decode(final ByteBuffer header) {
        final long entries = header.getLong(ENTRIES);
        final long versions = header.getLong(VERSIONS);
        final long generation = header.getLong(GENERATION);
        if (entries < 1 || entries > CAPACITY_LIMIT || versions < 1 || versions > CAPACITY_LIMIT || generation < 1) {
            return null;
        }
        final HashIndexGeometry geometry = of(generation, header.getLong(STORE_ID),
                header.getLong(STORE_ID + Long.BYTES), entries, versions);
        final boolean same = geometry.buckets == header.getLong(BUCKETS)
                && geometry.bucketsOffset() == header.getLong(BUCKETS_OFFSET)
                && geometry.entriesOffset() == header.getLong(ENTRIES_OFFSET)
                && geometry.versionsOffset() == header.getLong(VERSIONS_OFFSET)
                && geometry.fileLength() == header.getLong(FILE_LENGTH);
        return same ? geometry : null;
    }

    private static int crc(final byte[] header) {
        final CRC32C crc = new CRC32C();
        crc.update(header, 0, HEADER_CRC);
        return (int) crc.getValue();
    }
}
