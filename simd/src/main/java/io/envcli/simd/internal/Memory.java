package io.envcli.simd.internal;

import jdk.internal.misc.Unsafe;
import org.jspecify.annotations.Nullable;

import java.nio.ByteOrder;

/**
 * Memory outside the heap by absolute address, little-endian at any alignment.
 *
 * <p>Unsafe rather than a segment or a VarHandle: those are dozens of calls deep until C2 has inlined them, and a command
 * that imports a file is over before that.
 */
public final class Memory {
    private static final Unsafe UNSAFE = Unsafe.getUnsafe();
    private static final boolean SWAP = ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN;

    /** Where the first byte of a byte array is, from the array on. */
    public static final long ARRAY = Unsafe.ARRAY_BYTE_BASE_OFFSET;

    private Memory() {}

    /**
     * Reads a byte.
     *
     * @param address absolute.
     * @return the byte.
     */
    public static byte getByte(final long address) {
        return UNSAFE.getByte(address);
    }

    /**
     * Writes a byte.
     *
     * @param address absolute.
     * @param value   to write.
     */
    public static void putByte(final long address, final byte value) {
        UNSAFE.putByte(address, value);
    }

    /**
     * Reads 4 bytes.
     *
     * @param address absolute.
     * @return the value.
     */
    public static int getInt(final long address) {
        final int value = UNSAFE.getInt(address);
        return SWAP ? Integer.reverseBytes(value) : value;
    }

    /**
     * Writes 4 bytes.
     *
     * @param address absolute.
     * @param value   to write.
     */
    public static void putInt(final long address, final int value) {
        UNSAFE.putInt(address, SWAP ? Integer.reverseBytes(value) : value);
    }

    /**
     * Reads 8 bytes.
     *
     * @param address absolute.
     * @return the value.
     */
    public static long getLong(final long address) {
        final long value = UNSAFE.getLong(address);
        return SWAP ? Long.reverseBytes(value) : value;
    }

    /**
     * Reads 8 bytes of an array or of memory outside the heap.
     *
     * @param base    the array, or null.
     * @param address from the array on, or absolute.
     * @return the value.
     */
    public static long getLong(final @Nullable Object base, final long address) {
        final long value = UNSAFE.getLong(base, address);
        return SWAP ? Long.reverseBytes(value) : value;
    }

    /**
     * Writes 8 bytes.
     *
     * @param address absolute.
     * @param value   to write.
     */
    public static void putLong(final long address, final long value) {
        UNSAFE.putLong(address, SWAP ? Long.reverseBytes(value) : value);
    }

    /**
     * Copies bytes; the ranges may overlap.
     *
     * @param from   absolute.
     * @param to     absolute.
     * @param length in bytes.
     */
    public static void copy(final long from, final long to, final long length) {
        UNSAFE.copyMemory(from, to, length);
    }

    /**
     * Writes one byte many times.
     *
     * @param address absolute.
     * @param length  in bytes.
     * @param value   to write.
     */
    public static void fill(final long address, final long length, final byte value) {
        UNSAFE.setMemory(address, length, value);
    }

    /**
     * Takes memory, its content undefined.
     *
     * @param capacity in bytes.
     * @return its address, 16-aligned; the caller frees it.
     */
    public static long allocate(final long capacity) {
        return UNSAFE.allocateMemory(capacity);
    }

    /**
     * Gives memory back.
     *
     * @param address as {@link #allocate} returned it.
     */
    public static void free(final long address) {
        UNSAFE.freeMemory(address);
    }

    /**
     * Reads the 0 to 8 bytes left at an end, and nothing past it.
     *
     * @param address absolute.
     * @param length  in bytes, 0 to 8.
     * @return them as one little-endian value, zeros above.
     */
    public static long getTail(final long address, final int length) {
        return getTail(null, address, length);
    }

    /**
     * The same of an array or of memory outside the heap.
     *
     * @param base    the array, or null.
     * @param address from the array on, or absolute.
     * @param length  in bytes, 0 to 8.
     * @return them as one little-endian value, zeros above.
     */
    public static long getTail(final @Nullable Object base, final long address, final int length) {
        long value = 0;
        for (int i = length - 1; i >= 0; i--) {
            value = (value << Byte.SIZE) | (UNSAFE.getByte(base, address + i) & 0xFFL);
        }
        return value;
    }
}
