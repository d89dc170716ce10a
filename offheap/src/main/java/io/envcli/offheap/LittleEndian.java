package io.envcli.offheap;

import org.agrona.UnsafeApi;

import java.nio.ByteOrder;

/** Little-endian words at absolute addresses, whatever the platform's own order is. Addresses are 8-aligned (4 for ints). */
final class LittleEndian {
    private static final boolean NATIVE = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;

    private LittleEndian() {}

    static int getInt(final long address) {
        final int value = UnsafeApi.getInt(address);
        return NATIVE ? value : Integer.reverseBytes(value);
    }

    static long getLong(final long address) {
        return order(UnsafeApi.getLong(address));
    }

    static long getLongAcquire(final long address) {
        return order(UnsafeApi.getLongAcquire(null, address));
    }

    static void putLong(final long address, final long value) {
        UnsafeApi.putLong(address, order(value));
    }

    static void putLongRelease(final long address, final long value) {
        UnsafeApi.putLongRelease(null, address, order(value));
    }

    private static long order(final long value) {
        return NATIVE ? value : Long.reverseBytes(value);
    }
}
