package io.envcli.simd.internal;

import io.envcli.simd.Utf8Kernel;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;

/** UTF-8 check: ASCII a vector at a time, any run of other characters one by one. */
public final class VectorUtf8 implements Utf8Kernel {
    private static final VectorSpecies<Byte> BYTES = VectorModule.ints().withLanes(byte.class);
    private static final MemorySegment ALL = VectorMemory.ALL;
    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
    private static final int LANES = BYTES.length();

    @Override
    public int firstInvalid(final long address, final int length) {
        int offset = 0;
        while (offset <= length - LANES) {
            final long other = ByteVector.fromMemorySegment(BYTES, ALL, address + offset, ORDER)
                    .compare(VectorOperators.LT, 0).toLong();
            if (other == 0) {
                offset += LANES;
                continue;
            }
            offset += Long.numberOfTrailingZeros(other);
            do {
                final int size = ScalarUtf8.character(address + offset, length - offset);
                if (size == 0) {
                    return offset;
                }
                offset += size;
            } while (offset < length && Memory.getByte(address + offset) < 0);
        }
        return ScalarUtf8.firstInvalid(address, offset, length);
    }
}
