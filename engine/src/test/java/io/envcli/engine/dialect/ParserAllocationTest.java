package io.envcli.engine.dialect;

import com.sun.management.ThreadMXBean;
import io.envcli.offheap.Owner;
import io.envcli.offheap.Region;
import io.envcli.offheap.Slab;
import io.envcli.offheap.testing.LeakCheck;
import io.envcli.simd.Kernels;
import org.agrona.UnsafeApi;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A warm parser allocates nothing, whatever it is fed. */
@ExtendWith(LeakCheck.class)
class ParserAllocationTest {
    private static final int ROUNDS = 2_000;
    private static final int TRIES = 20;

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void parsingAllocatesNothing(final Dialect dialect) {
        final Random random = new Random(7);
        final StringBuilder text = new StringBuilder();
        while (text.length() < 12_000) {
            text.append(Pieces.text(random, 30)).append(dialect == Dialect.ENVIRON ? '\0' : '\n');
        }
        final byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        final int capacity = 32 * 1024;
        try (Region region = Region.allocate(Owner.TEST, Slab.length(DialectParser.MAX_TAIL, capacity));
                DialectParser parser = dialect.newParser()) {
            final Slab slab = new Slab(region, 0, DialectParser.MAX_TAIL, capacity);
            final Diagnostics diagnostics = new Diagnostics(8);
            parse(parser, diagnostics, slab, bytes, ROUNDS);
            assertTrue(slab.rowCount() > 10 && diagnostics.rejects() > 10);
            long least = Long.MAX_VALUE;
            for (int i = 0; i < TRIES && least > 0; i++) {
                least = Math.min(least, parse(parser, diagnostics, slab, bytes, 10));
            }
            assertEquals(0, least, "bytes allocated by 10 calls, kernels: " + Kernels.current().name());
        }
    }

    private static long parse(final DialectParser parser, final Diagnostics diagnostics, final Slab slab,
            final byte[] text, final int rounds) {
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        final long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < rounds; i++) {
            UnsafeApi.copyMemory(text, UnsafeApi.arrayBaseOffset(byte[].class), null, slab.textAddress(), text.length);
            slab.textLength(text.length);
            parser.begin(diagnostics);
            parser.parse(slab, true);
        }
        return threads.getCurrentThreadAllocatedBytes() - before;
    }
}
