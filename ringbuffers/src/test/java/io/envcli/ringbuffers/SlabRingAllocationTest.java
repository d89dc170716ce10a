package io.envcli.ringbuffers;

import com.sun.management.ThreadMXBean;
import io.envcli.offheap.Slab;
import io.envcli.offheap.testing.LeakCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What a ring costs: no allocation for a slab once warm, and next to no CPU while idle. */
@ExtendWith(LeakCheck.class)
@Timeout(60)
class SlabRingAllocationTest {
    private static final int SLOTS = 64;
    private static final int WARM_UP = 20_000;
    private static final int ROUNDS = 300;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** Knows its thread. */
    private static final class Worker implements Stage {
        private volatile long thread;
        private long slabs;

        @Override
        public String name() {
            return "worker";
        }

        @Override
        public void onStart() {
            thread = Thread.currentThread().threadId();
        }

        @Override
        public void onSlab(final Slab slab, final long sequence) {
            slabs++;
        }
    }

    private static SlabRing start(final Layout layout, final List<Worker> workers) {
        return SlabRing.start(RingConfig.builder().slots(SLOTS).textCapacity(64).layout(layout).pinned(false).build(),
                List.copyOf(workers));
    }

    private static long pass(final SlabRing ring, final int slabs) {
        long sequence = -1;
        for (int i = 0; i < slabs; i++) {
            final Slab slab = ring.claim();
            if ((i & 7) == 7) {
                ring.abort(slab);
            } else {
                sequence = ring.commit(slab);
            }
        }
        ring.awaitProcessed(sequence);
        return sequence;
    }

    /** A round is short, so that some pass without a thread being put to sleep: a sleep allocates a few bytes. */
    @ParameterizedTest
    @EnumSource(names = "AUTO", mode = EnumSource.Mode.EXCLUDE)
    void slabsAllocateNothing(final Layout layout) {
        final List<Worker> workers = List.of(new Worker(), new Worker());
        try (SlabRing ring = start(layout, workers)) {
            pass(ring, WARM_UP);
            final long[] ids = {Thread.currentThread().threadId(), workers.get(0).thread, workers.get(1).thread};
            final long[] least = {Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE};
            for (int round = 0; round < ROUNDS && least[0] + least[1] + least[2] != 0; round++) {
                measure(ring, ids, least);
            }
            for (int i = 0; i < ids.length; i++) {
                assertEquals(0, least[i], "bytes in the best round, of thread " + i);
            }
        }
        assertTrue(workers.get(1).slabs >= WARM_UP / 2);
    }

    private static void measure(final SlabRing ring, final long[] ids, final long[] least) {
        final long producer = THREADS.getThreadAllocatedBytes(ids[0]);
        final long first = THREADS.getThreadAllocatedBytes(ids[1]);
        final long second = THREADS.getThreadAllocatedBytes(ids[2]);
        pass(ring, 3 * SLOTS);
        least[2] = Math.min(least[2], THREADS.getThreadAllocatedBytes(ids[2]) - second);
        least[1] = Math.min(least[1], THREADS.getThreadAllocatedBytes(ids[1]) - first);
        least[0] = Math.min(least[0], THREADS.getThreadAllocatedBytes(ids[0]) - producer);
    }

    /** CPU time does not grow with what else the machine does, so the bound holds on a busy one. */
    @Test
    void anIdleRingUsesNextToNoCpu() {
        final List<Worker> workers = List.of(new Worker(), new Worker());
        try (SlabRing ring = start(Layout.TWO, workers)) {
            pass(ring, SLOTS);
            final long start = System.nanoTime();
            final long busy = cpuTime(workers);
            while (System.nanoTime() - start < 500_000_000) {
                LockSupport.parkNanos(10_000_000);
            }
            final long used = cpuTime(workers) - busy;
            final long passed = System.nanoTime() - start;
            assertTrue(used < passed / 5, () -> used + " ns of CPU in " + passed + " ns");
        }
    }

    private static long cpuTime(final List<Worker> workers) {
        return workers.stream().mapToLong(worker -> THREADS.getThreadCpuTime(worker.thread)).sum();
    }
}
