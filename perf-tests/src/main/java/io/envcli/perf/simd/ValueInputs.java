package io.envcli.perf.simd;

import io.envcli.offheap.Owner;
import io.envcli.offheap.Region;
import io.envcli.perf.workload.Profile;
import io.envcli.perf.workload.Variables;
import org.agrona.BufferUtil;
import org.agrona.UnsafeApi;

import java.nio.charset.StandardCharsets;

/** Values or names of a workload outside the heap, as many short inputs for hashes. */
final class ValueInputs implements AutoCloseable {
    /** How many inputs there are. */
    static final int COUNT = 4096;

    private static final int PADDING = 64;

    private final Region region;
    private final int[] offsets = new int[COUNT + 1];

    private ValueInputs(final byte[][] inputs) {
        for (int i = 0; i < COUNT; i++) {
            offsets[i + 1] = offsets[i] + inputs[i].length;
        }
        region = Region.allocate(Owner.SCRATCH, (long) offsets[COUNT] + PADDING);
        for (int i = 0; i < COUNT; i++) {
            UnsafeApi.copyMemory(inputs[i], BufferUtil.ARRAY_BASE_OFFSET, null, address(i), length(i));
        }
    }

    /** {@return values of a bulk workload} */
    static ValueInputs mixed(final long seed) {
        final Variables variables = new Variables(Profile.BULK, seed);
        final byte[][] inputs = new byte[COUNT][];
        for (int i = 0; i < COUNT; i++) {
            inputs[i] = variables.lastValue(i, COUNT);
        }
        return new ValueInputs(inputs);
    }

    /** {@return names of a bulk workload} */
    static ValueInputs names(final long seed) {
        final Variables variables = new Variables(Profile.BULK, seed);
        final byte[][] inputs = new byte[COUNT][];
        for (int i = 0; i < COUNT; i++) {
            inputs[i] = variables.name(i).getBytes(StandardCharsets.US_ASCII);
        }
        return new ValueInputs(inputs);
    }

    /** {@return inputs that are all equally long} */
    static ValueInputs ofLength(final int length) {
        final byte[][] inputs = new byte[COUNT][length];
        for (int i = 0; i < COUNT * length; i++) {
            inputs[i / length][i % length] = (byte) (i * 31 + (i >>> 8));
        }
        return new ValueInputs(inputs);
    }

    long address(final int input) {
        return region.address() + offsets[input];
    }

    int length(final int input) {
        return offsets[input + 1] - offsets[input];
    }

    @Override
    public void close() {
        region.close();
    }
}
