package io.envcli.perf.simd;

import io.envcli.offheap.Owner;
import io.envcli.offheap.Region;
import io.envcli.perf.workload.Profile;
import io.envcli.perf.workload.WorkloadGenerator;
import io.envcli.simd.TextKernel;
import org.agrona.concurrent.UnsafeBuffer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Generated text outside the heap, in windows of whole lines of at most 64 KiB, as a pipeline meets it: more text than the
 * first caches hold, each window cold again when its turn comes.
 *
 * <p>Threading: one thread.
 */
final class TextWindows implements AutoCloseable {
    /** No window is longer, in bytes. */
    static final int WINDOW = 1 << 16;

    private static final int WINDOWS = 64;
    /** Enough for all windows: a variable takes more bytes. */
    private static final int VARIABLES = WINDOWS * WINDOW / 48;

    private final Region region;
    private final int[] offsets = new int[WINDOWS];
    private final int[] lengths = new int[WINDOWS];
    private int window;

    TextWindows(final Profile profile, final long seed) {
        final byte[] text = text(profile, seed);
        int offset = 0;
        for (int i = 0; i < WINDOWS; i++) {
            int end = offset + WINDOW;
            while (text[end - 1] != '\n') {
                end--;
            }
            offsets[i] = offset;
            lengths[i] = end - offset;
            offset = end;
        }
        region = Region.allocate(Owner.SCRATCH, (long) offset + TextKernel.OVER_READ);
        final UnsafeBuffer buffer = region.buffer(0, (int) region.capacity());
        buffer.putBytes(0, text, 0, offset);
        buffer.setMemory(offset, TextKernel.OVER_READ, (byte) 0);
    }

    private static byte[] text(final Profile profile, final long seed) {
        final ByteArrayOutputStream out = new ByteArrayOutputStream(WINDOWS * WINDOW * 2);
        try {
            new WorkloadGenerator(profile, seed).generate(
                    profile == Profile.BULK ? VARIABLES : VARIABLES / 2, out);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** {@return how many windows there are} */
    int count() {
        return WINDOWS;
    }

    /** Moves to the next window, from the last one to the first. */
    void next() {
        window = (window + 1) % WINDOWS;
    }

    /** {@return absolute address of the current window; it may be read {@link TextKernel#OVER_READ} bytes past its end} */
    long address() {
        return region.address() + offsets[window];
    }

    /** {@return length of the current window in bytes} */
    int length() {
        return lengths[window];
    }

    @Override
    public void close() {
        region.close();
    }
}
