package io.envcli.offheap.testing;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A fuzzer's input read as changes to a file that was right: a fuzzer that began with nothing would never come past a checksum.
 * Eight bytes are one change: what it is, where (four bytes), and three bytes that say more.
 */
public final class Edits {
    /** Bytes of one change. */
    public static final int LENGTH = 8;
    private static final int KINDS = 6;
    private static final int PAGE = 4096;

    private Edits() {}

    /**
     * Makes the changes.
     *
     * @param file  bytes of a whole file, at least one; not changed.
     * @param input any bytes; an incomplete change at the end is none.
     * @return the file with the changes, no longer than before.
     */
    public static byte[] apply(final byte[] file, final byte[] input) {
        byte[] edited = file.clone();
        final ByteBuffer edits = ByteBuffer.wrap(input);
        while (edits.remaining() >= LENGTH) {
            final int kind = Math.floorMod(edits.get(), KINDS);
            final int at = Math.floorMod(edits.getInt(), edited.length);
            final byte value = edits.get();
            final int extent = edits.getShort() & 0xFFFF;
            edited = apply(edited, kind, at, value, extent);
        }
        return edited;
    }

    private static byte[] apply(final byte[] edited, final int kind, final int at, final byte value, final int extent) {
        switch (kind) {
            case 0 -> edited[at] = value;
            case 1 -> edited[at] ^= value;
            case 2 -> edited[at] = (byte) (edited[at] + extent);
            case 3 -> Arrays.fill(edited, at & -PAGE, Math.min(edited.length, (at & -PAGE) + PAGE), value);
            case 4 -> {
                final int from = Math.floorMod(at + extent * 4, edited.length);
                final int length = Math.min(Byte.toUnsignedInt(value), edited.length - Math.max(at, from));
                System.arraycopy(edited, from, edited, at, length);
            }
            default -> {
                return at == 0 ? edited : Arrays.copyOf(edited, at);
            }
        }
        return edited;
    }
}
