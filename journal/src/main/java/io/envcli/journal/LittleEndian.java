package io.envcli.journal;

/** Integers in byte arrays, least significant byte first, whatever the machine. Bounds are checked by the array. */
final class LittleEndian {
    private LittleEndian() {}

    static int getUnsignedShort(final byte[] buffer, final int offset) {
        return (buffer[offset] & 0xFF) | (buffer[offset + 1] & 0xFF) << 8;
    }

    static int getInt(final byte[] buffer, final int offset) {
        return (buffer[offset] & 0xFF) | (buffer[offset + 1] & 0xFF) << 8 | (buffer[offset + 2] & 0xFF) << 16
                | (buffer[offset + 3] & 0xFF) << 24;
    }

    static long getLong(final byte[] buffer, final int offset) {
        return (getInt(buffer, offset) & 0xFFFF_FFFFL) | (long) getInt(buffer, offset + 4) << 32;
    }

    static void putShort(final byte[] buffer, final int offset, final int value) {
        buffer[offset] = (byte) value;
        buffer[offset + 1] = (byte) (value >>> 8);
    }

    static void putInt(final byte[] buffer, final int offset, final int value) {
        buffer[offset] = (byte) value;
        buffer[offset + 1] = (byte) (value >>> 8);
        buffer[offset + 2] = (byte) (value >>> 16);
        buffer[offset + 3] = (byte) (value >>> 24);
    }

    static void putLong(final byte[] buffer, final int offset, final long value) {
        putInt(buffer, offset, (int) value);
        putInt(buffer, offset + 4, (int) (value >>> 32));
    }
}
