package io.envcli.journal;

import io.envcli.offheap.DiskFullException;
import io.envcli.offheap.FileSpace;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.RollCycles;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.wire.DocumentContext;
import org.agrona.UnsafeApi;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

import static io.envcli.journal.QueueFileDescriptor.HEADER_LENGTH;

/**
 * The Chronicle Queue of one segment, for appending.
 *
 * <p>Its file and its table are made here before the queue opens them: for the owner alone, and with blocks on disk. More
 * blocks are allocated before each document that needs them, so the queue never touches a page that has none.
 *
 * <p>Threading: one thread.
 */
final class SegmentQueue implements AutoCloseable {
    /** Entries of an index page of the queue: pages of 4 KiB, so that a small store stays small. */
    private static final int INDEX_COUNT = 512;
    private static final int INDEX_SPACING = 256;
    /** What the queue may write behind a document: two index pages with their headers. */
    private static final int INDEX_ROOM = 2 * (INDEX_COUNT * Long.BYTES + 256);
    /** What the queue writes when it makes its files: headers and first index pages. */
    private static final int FIRST_ROOM = 64 << 10;
    private static final int TABLE_ROOM = 8 << 10;
    private static final long ARRAY_BASE = UnsafeApi.arrayBaseOffset(byte[].class);

    private final Path file;
    private final long maxAllocation;
    private final ChronicleQueue queue;
    private final ExcerptAppender appender;
    private long allocation;
    private long allocated;
    private long end;

    private SegmentQueue(final Path folder, final JournalConfig config, final long end) throws IOException {
        this.file = StoreFolders.queueFile(folder);
        this.end = end;
        this.allocation = config.firstAllocationBytes();
        this.maxAllocation = config.maxAllocationBytes();
        this.allocated = Files.exists(file) ? Files.size(file) : Math.max(FIRST_ROOM, allocation);
        queue = SingleChronicleQueueBuilder.binary(folder).rollCycle(RollCycles.FAST_DAILY).indexCount(INDEX_COUNT)
                .indexSpacing(INDEX_SPACING).blockSize(config.queueBlockBytes()).timeProvider(() -> 0L).build();
        try {
            appender = queue.createAppender();
            // The writer may be opened by one thread and used by another, after a hand-over that publishes it.
            appender.singleThreadedCheckDisabled(true);
        } catch (final RuntimeException | Error e) {
            queue.close();
            throw e;
        }
    }

    /** Makes the queue of a new segment in a new folder. */
    static SegmentQueue create(final Path folder, final JournalConfig config) throws IOException {
        ChronicleSettings.apply();
        StoreFolders.create(folder);
        final Path precreated = folder.resolve(QueueFileDescriptor.PRECREATED_NAME);
        final Path table = folder.resolve(QueueFileDescriptor.TABLE_NAME);
        StoreFolders.createFile(precreated);
        FileSpace.allocate(precreated, 0, Math.max(FIRST_ROOM, config.firstAllocationBytes()));
        StoreFolders.createFile(table);
        FileSpace.allocate(table, 0, TABLE_ROOM);
        return new SegmentQueue(folder, config, 0);
    }

    /**
     * Opens the queue of a segment that was left clean, to go on behind {@code end}.
     *
     * <p>The queue's table is made anew. The old one may hold locks of a killed process, which name it by number only: a
     * zombie, or another process with the same number, would keep the queue shut for 15 seconds or for ever. And it is never
     * synced, so power may have left anything of it.
     */
    static SegmentQueue reopen(final Path folder, final JournalConfig config, final long end) throws IOException {
        ChronicleSettings.apply();
        final Path table = folder.resolve(QueueFileDescriptor.TABLE_NAME);
        Files.deleteIfExists(table);
        StoreFolders.createFile(table);
        FileSpace.allocate(table, 0, TABLE_ROOM);
        FileSpace.allocate(StoreFolders.queueFile(folder), 0, end + config.firstAllocationBytes());
        return new SegmentQueue(folder, config, end);
    }

    Path file() {
        return file;
    }

    /** Byte position behind the last document appended. */
    long end() {
        return end;
    }

    /**
     * Appends a document.
     *
     * @return byte position in the file of its first byte, a multiple of 4.
     * @throws DiskFullException if there is no space; nothing was appended.
     */
    long append(final byte[] buffer, final int length) throws IOException {
        allocate(length);
        final long position;
        try (DocumentContext document = appender.writingDocument()) {
            try {
                final Bytes<?> bytes = Objects.requireNonNull(document.wire()).bytes();
                position = bytes.writePosition();
                final long address = bytes.addressForWrite(position);
                UnsafeApi.copyMemory(buffer, ARRAY_BASE, null, address, length);
                awaitFault();
                bytes.writeSkip(length);
            } catch (final RuntimeException | Error e) {
                document.rollbackOnClose(); // Else it is finished as far as it came, which reads as damage.
                throw e;
            }
        }
        end = position + length;
        return position;
    }

    /**
     * A page that could not be had makes compiled code throw an InternalError some time after the access, when the document
     * may be finished without its content. A call into the JVM is where it is thrown at the latest; this one is cheap.
     */
    private static void awaitFault() {
        final long ignored = Runtime.getRuntime().freeMemory();
        assert ignored >= 0 : ignored;
    }

    /** Larger steps as the segment grows: a small store stays small, a large import asks seldom. */
    private void allocate(final int length) throws IOException {
        final long needed = end + HEADER_LENGTH + length + 2L * INDEX_ROOM;
        if (needed <= allocated) {
            return;
        }
        final long wanted = Math.max(needed, allocated + allocation);
        try {
            FileSpace.allocate(file, allocated, wanted - allocated);
            FileSpace.pretouch(file, allocated, wanted - allocated);
            allocated = wanted;
            allocation = Math.min(allocation * 2, maxAllocation);
        } catch (final DiskFullException e) {
            FileSpace.allocate(file, allocated, needed - allocated);
            allocated = needed;
        }
    }

    /** Closes the queue; what was allocated ahead stays. */
    @Override
    public void close() {
        appender.close();
        queue.close();
    }
}
