package io.envcli.offheap;

import org.agrona.UnsafeApi;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;

/**
 * A run of memory outside the heap with one owner: whoever created it closes it, and nobody else.
 *
 * <p>Allocated memory is <em>not</em> cleared and its pages are not touched, so a large region costs only what is used of
 * it. A mapped region shares its pages with the file.
 *
 * <p>Threading: the memory may be used by any thread that the owner hands it to; {@link #close()} may be called only when
 * no thread uses it any more. Access after close is undefined, as for any native memory.
 */
public final class Region implements AutoCloseable {
    private final Owner owner;
    private final long address;
    private final long capacity;
    /** Null for allocated memory: that is freed by address. */
    private final @Nullable Arena arena;
    private boolean closed;

    private Region(final Owner owner, final long address, final long capacity,
            final @Nullable Arena arena) {
        this.owner = owner;
        this.address = address;
        this.capacity = capacity;
        this.arena = arena;
        OffHeap.add(owner, capacity);
    }

    /**
     * Allocates memory. Its content is undefined.
     *
     * @param owner    whom the bytes are counted for.
     * @param capacity in bytes, at least 1.
     * @return the region; the caller closes it.
     */
    public static Region allocate(final Owner owner, final long capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity=" + capacity + " must be at least 1");
        }
        return new Region(owner, UnsafeApi.allocateMemory(capacity), capacity, null);
    }

    /**
     * Maps part of a file. The channel may be closed afterwards.
     *
     * @param owner    whom the bytes are counted for.
     * @param channel  of the file, opened in the mode wanted.
     * @param mode     how to map it.
     * @param position of the first byte mapped.
     * @param length   in bytes, at least 1.
     * @return the region; the caller closes it, which unmaps it.
     * @throws IOException if the file cannot be mapped.
     */
    // Closed by close(): the region owns the arena for as long as it lives.
    @SuppressWarnings("MustBeClosedChecker")
    public static Region map(final Owner owner, final FileChannel channel, final MapMode mode, final long position,
            final long length) throws IOException {
        final Arena arena = Arena.ofShared();
        try {
            final MemorySegment segment = channel.map(mode, position, length, arena);
            return new Region(owner, segment.address(), length, arena);
        } catch (final IOException | RuntimeException | Error e) {
            arena.close();
            throw e;
        }
    }

    /**
     * The address of the first byte.
     *
     * @return an absolute address, valid until close.
     */
    public long address() {
        return address;
    }

    /**
     * The bytes available.
     *
     * @return capacity in bytes.
     */
    public long capacity() {
        return capacity;
    }

    /**
     * A buffer over part of this region. It borrows the memory: it must not be used after close.
     *
     * @param offset from the start of the region.
     * @param length in bytes.
     * @return a new buffer.
     */
    public UnsafeBuffer buffer(final long offset, final int length) {
        if (offset < 0 || length < 0 || offset > capacity - length) {
            throw new IndexOutOfBoundsException(
                    "offset=" + offset + " length=" + length + " does not fit capacity=" + capacity);
        }
        return new UnsafeBuffer(address + offset, length);
    }

    /** Frees or unmaps the memory. Idempotent. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        OffHeap.add(owner, -capacity);
        if (arena != null) {
            arena.close();
        } else {
            UnsafeApi.freeMemory(address);
        }
    }
}
