package io.envcli.simd;

import io.envcli.simd.internal.Memory;

/** Native memory of a test, zeroed, from one allocation; a byte written past its end is noticed on close. */
final class Native implements AutoCloseable {
    private static final int GUARD = 128;
    private static final byte GUARD_BYTE = (byte) 0xA5;

    private final long allocation;
    private final int capacity;

    Native(final int capacity) {
        this.capacity = capacity;
        allocation = Memory.allocate(capacity + 2L * GUARD);
        Memory.fill(allocation, capacity + 2L * GUARD, GUARD_BYTE);
        Memory.fill(address(), capacity, (byte) 0);
    }

    /** The first byte, 16-aligned. */
    long address() {
        return allocation + GUARD;
    }

    /** Writes bytes and returns where. */
    long write(final int offset, final byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            Memory.putByte(address() + offset + i, bytes[i]);
        }
        return address() + offset;
    }

    byte[] read(final int offset, final int length) {
        final byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = Memory.getByte(address() + offset + i);
        }
        return bytes;
    }

    @Override
    public void close() {
        boolean whole = true;
        for (int i = 0; i < GUARD; i++) {
            whole &= Memory.getByte(allocation + i) == GUARD_BYTE;
            whole &= Memory.getByte(address() + capacity + i) == GUARD_BYTE;
        }
        Memory.free(allocation);
        if (!whole) {
            throw new AssertionError("a kernel wrote outside its memory");
        }
    }
}
