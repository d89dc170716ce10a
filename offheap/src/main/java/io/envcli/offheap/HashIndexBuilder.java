package io.envcli.offheap;

import org.agrona.UnsafeApi;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

import static io.envcli.offheap.HashIndexDescriptor.*;

/** Makes index files: wholly built under a temporary name, then renamed, so that nobody opens half of one. */
final class HashIndexBuilder {
    /** What a file's name ends in while it is being built. */
    static final String UNFINISHED = ".new";

    private HashIndexBuilder() {}

    /** Fills a file that has its immutable header and is zero otherwise. */
    @FunctionalInterface
    interface Filler {
        void fill(HashIndex index) throws IOException;
    }

    /** The filler fills {@code entries} entries; those behind them will be written soon. */
    static HashIndex build(final Path file, final HashIndexGeometry geometry, final long entries, final Filler filler)
            throws IOException {
        if (Files.exists(file)) {
            throw new FileAlreadyExistsException(file.toString());
        }
        final Path unfinished = file.resolveSibling(file.getFileName() + UNFINISHED);
        Files.deleteIfExists(unfinished);
        try {
            FileSpace.allocate(unfinished, 0, geometry.fileLength());
            FileSpace.pretouch(unfinished, geometry.entriesOffset() + entries * ENTRY_LENGTH,
                    (geometry.entries() - entries) * ENTRY_LENGTH);
            writeHeader(unfinished, geometry);
            return fill(file, unfinished, geometry, filler);
        } catch (final IOException | RuntimeException | Error e) {
            Files.deleteIfExists(unfinished);
            throw e;
        }
    }

    private static void writeHeader(final Path file, final HashIndexGeometry geometry) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            final ByteBuffer header = ByteBuffer.wrap(geometry.encode());
            while (header.hasRemaining()) {
                channel.write(header, header.position());
            }
        }
    }

    private static HashIndex fill(final Path file, final Path unfinished, final HashIndexGeometry geometry,
            final Filler filler) throws IOException {
        final HashIndex index = HashIndex.over(file, unfinished, geometry);
        try {
            filler.fill(index);
            index.edits().number(DIRTY, 1);
            index.edits().number(SUPERSEDED, 0);
            index.publish();
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
            return index;
        } catch (final IOException | RuntimeException | Error e) {
            index.closeDirty();
            throw e;
        }
    }

    /** Tells readers of a file, in whatever state it is, that there is a newer generation. */
    static void supersede(final Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            // Not a byte behind the end: a file cut off there has no readers either.
            if (channel.size() >= HEADER_LENGTH) {
                final ByteBuffer word = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
                channel.write(word.putLong(0, HashIndexCheck.word(1, SUPERSEDED)), SUPERSEDED);
            }
        }
    }

    /** Copies entries and versions as they are, and sorts the slots into the new file's buckets. */
    static void copy(final Path oldFile, final HashIndexWalk old, final HashIndexEdits oldEdits, final long entries,
            final long versions, final HashIndex index) throws IndexDamagedException {
        final long from = oldEdits.address();
        final long to = index.edits().address();
        UnsafeApi.copyMemory(from + old.entryOffset(1), to + index.walk().entryOffset(1), entries * ENTRY_LENGTH);
        UnsafeApi.copyMemory(from + old.recordOffset(1), to + index.walk().recordOffset(1), versions * RECORD_LENGTH);
        UnsafeApi.copyMemory(from + BOOT_ID, to + BOOT_ID, APPLIED_CHECK + Long.BYTES - BOOT_ID);
        index.edits().emptyBuckets();
        for (long bucket = 0; bucket < old.geometry.buckets(); bucket++) {
            final long header = old.header(bucket);
            if (header == 0) {
                throw new IndexDamagedException(oldFile, "has a damaged bucket at byte " + old.bucketOffset(bucket));
            }
            copySlots(oldFile, old, bucket, (int) ((header >>> 32) & COUNT_MASK), index);
        }
    }

    private static void copySlots(final Path oldFile, final HashIndexWalk old, final long bucket, final int count,
            final HashIndex index) throws IndexDamagedException {
        for (int i = 1; i <= count; i++) {
            final long slot = old.words.get(old.bucketOffset(bucket) + (long) i * Long.BYTES);
            final long entry = slot >>> 32;
            if (!old.isIntact(entry)) {
                throw new IndexDamagedException(oldFile, "has a damaged entry " + entry);
            }
            final long home = index.walk().home(old.nameHash(entry), old.environment(entry));
            if (!index.edits().addSlot(home, slot, entry)) {
                throw new IndexDamagedException(index.file(), "was damaged while it was built");
            }
        }
    }
}
