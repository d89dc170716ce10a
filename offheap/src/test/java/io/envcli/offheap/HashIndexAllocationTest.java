package io.envcli.offheap;

import com.sun.management.ThreadMXBean;
import io.envcli.offheap.testing.LeakCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** Once warm, neither writing nor finding allocates on the heap. */
@ExtendWith(LeakCheck.class)
class HashIndexAllocationTest {
    private static final int EVENTS = 100_000;
    private static final int ROUNDS = 8;

    @TempDir
    private Path folder;

    @Test
    void upsertAndFindAllocateNothing() throws IOException {
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        try (Names names = new Names();
                HashIndex index = HashIndex.create(folder.resolve("index"), 1, HashIndexTest.STORE, HashIndexTest.BOOT,
                        (ROUNDS + 1) * EVENTS, ROUNDS + 1)) {
            final int environment = index.environment(names.hash(-1), 0);
            final HashIndexReader reader = index.reader().at(Long.MAX_VALUE);
            for (int round = 1; round <= ROUNDS; round++) {
                final long before = threads.getCurrentThreadAllocatedBytes();
                run(index, reader, names, environment, round);
                least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
            }
        }
        assertEquals(0, least, "bytes for " + EVENTS + " upserts and finds");
    }

    private static void run(final HashIndex index, final HashIndexReader reader, final Names names,
            final int environment, final int round) {
        final int ordinal = index.transaction(round);
        long sum = 0;
        for (int i = 0; i < EVENTS; i++) {
            // Half of them new, half further versions.
            final long name = i + round * (EVENTS / 2L);
            sum += index.upsert(environment, names.hash(name), names.fingerprint(round), ordinal, 0, 0);
            sum += index.find(environment, Names.hash0(name), Names.hash1(name));
            sum += reader.find(environment, names.hash(name));
            sum += Names.holds(index, environment, names.hash(name), names.fingerprint(i)) ? 1 : 0;
        }
        index.commit(ordinal, round, 0, 0);
        if (sum <= 0) {
            throw new AssertionError("sum=" + sum);
        }
    }
}
