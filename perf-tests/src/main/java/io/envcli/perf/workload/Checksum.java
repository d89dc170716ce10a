package io.envcli.perf.workload;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The checksum over a set of variables: the sum of one number for each, so that the order in which they are added does not
 * matter, and one that was replaced can be subtracted. Notices errors, not malice.
 */
public final class Checksum {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long MULTIPLIER = 0x9FB21C651E98DF25L;

    private Checksum() {}

    /**
     * The number of one variable.
     *
     * @param name        holds the name from its start.
     * @param nameLength  in bytes.
     * @param value       holds the value from its start, as a reader has it.
     * @param valueLength in bytes.
     * @return its part in the sum.
     */
    public static long of(final byte[] name, final int nameLength, final byte[] value, final int valueLength) {
        return add(add(0x243F6A8885A308D3L, name, nameLength), value, valueLength);
    }

    private static long add(final long start, final byte[] bytes, final int length) {
        long hash = (start ^ length) * MULTIPLIER;
        int at = 0;
        for (; at + 8 <= length; at += 8) {
            hash = step(hash, (long) LONGS.get(bytes, at));
        }
        long rest = 0;
        for (; at < length; at++) {
            rest = (rest << 8) | (bytes[at] & 0xFF);
        }
        return Draws.mix(step(hash, rest));
    }

    private static long step(final long hash, final long word) {
        return Long.rotateLeft((hash ^ word) * MULTIPLIER, 29);
    }
}
