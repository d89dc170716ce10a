package io.envcli.perf.simd;

import io.envcli.simd.TextKernel;
import org.agrona.UnsafeApi;

/** Classifies text byte by byte with nothing but comparisons: the baseline, and the judge of both twins. */
final class NaiveText implements TextKernel {
    @Override
    public void bitmaps(final long address, final int length, final long newlineBits, final long notNameBits,
            final long hardBits) {
        for (int word = 0; word < (length + 63) >>> 6; word++) {
            long newline = 0;
            long notName = 0;
            long hard = 0;
            for (int i = word << 6; i < Math.min(length, (word + 1) << 6); i++) {
                final byte b = UnsafeApi.getByte(address + i);
                newline |= bit(b == '\n' || b == '\r', i);
                notName |= bit(!isName(b), i);
                hard |= bit(isHard(b), i);
            }
            UnsafeApi.putLong(newlineBits + (word << 3), newline);
            UnsafeApi.putLong(notNameBits + (word << 3), notName);
            UnsafeApi.putLong(hardBits + (word << 3), hard);
        }
    }

    private static long bit(final boolean set, final int index) {
        return set ? 1L << index : 0;
    }

    private static boolean isName(final byte b) {
        return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || (b >= '0' && b <= '9') || b == '_' || b == '.'
                || b == '-';
    }

    private static boolean isHard(final byte b) {
        return b <= ' ' || b == 0x7F || b == '"' || b == '\'' || b == '`' || b == '#' || b == '\\';
    }
}
