package io.envcli.ringbuffers;

import io.envcli.offheap.Slab;
import io.envcli.offheap.testing.LeakCheck;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** Many producers, stages that dawdle, slabs that are given up: every slab committed goes through all stages once. */
@ExtendWith(LeakCheck.class)
@Timeout(120)
class SlabRingStressTest {
    private static final int PRODUCERS = 3;
    private static final int EACH = 2_000;
    private static final int STAGES = 3;

    /** Checks that it is next for the slab, sums up, and dawdles now and then. */
    private static final class Dawdler implements Stage {
        private final int index;
        private final SplittableRandom random;
        private long slabs;
        private long sum;
        private long last = -1;
        private long ended = -1;

        Dawdler(final int index, final SplittableRandom random) {
            this.index = index;
            this.random = random;
        }

        @Override
        public String name() {
            return "dawdler" + index;
        }

        @Override
        public void onSlab(final Slab slab, final long sequence) {
            assertEquals(index, slab.flags(), "stages that have done with the slab");
            assertEquals(sequence, slab.sequence());
            if (sequence <= last || sequence <= ended) {
                throw new AssertionError(sequence + " after " + last + ", batch ended at " + ended);
            }
            last = sequence;
            slab.flags(index + 1);
            slabs++;
            sum += slab.transaction();
            dawdle(random);
        }

        @Override
        public void endOfBatch(final long sequence) {
            ended = sequence;
            dawdle(random);
        }
    }

    private static void dawdle(final SplittableRandom random) {
        final int choice = random.nextInt(200);
        if (choice == 0) {
            LockSupport.parkNanos(1 + random.nextInt(300_000));
        } else if (choice < 10) {
            Thread.onSpinWait();
        }
    }

    @ParameterizedTest
    @EnumSource(Layout.class)
    void everySlabCommittedGoesThroughAllStages(final Layout layout, final TestReporter reporter) {
        final long seed = System.nanoTime();
        reporter.publishEntry("seed", Long.toString(seed));
        final SplittableRandom random = new SplittableRandom(seed);
        final List<Dawdler> stages = new ArrayList<>();
        for (int i = 0; i < STAGES; i++) {
            stages.add(new Dawdler(i, random.split()));
        }
        final RingConfig config = RingConfig.builder().slots(2 << random.nextInt(5)).textCapacity(64).layout(layout)
                .costs(random.ints(STAGES, 1, 9).boxed().toList()).batchSize(1 + random.nextInt(20))
                .pinned(random.nextBoolean())
                .build();
        final AtomicLong slabs = new AtomicLong();
        final AtomicLong sum = new AtomicLong();
        try (SlabRing ring = SlabRing.start(config, List.copyOf(stages))) {
            final List<Thread> producers = new ArrayList<>();
            for (int p = 0; p < PRODUCERS; p++) {
                final SplittableRandom own = random.split();
                producers.add(Poll.start("producer " + p, () -> produce(ring, own, slabs, sum)));
            }
            for (final Thread producer : producers) {
                Poll.whileAdvancing(
                        () -> "seed=" + seed + " " + config + ' ' + Arrays.toString(producer.getStackTrace()),
                        ring::processed, () -> !producer.isAlive());
            }
        }
        for (final Dawdler stage : stages) {
            assertEquals(slabs.get(), stage.slabs, () -> "seed=" + seed + " " + config);
            assertEquals(sum.get(), stage.sum, () -> "seed=" + seed + " " + config);
        }
    }

    private static void produce(final SlabRing ring, final SplittableRandom random, final AtomicLong slabs,
            final AtomicLong sum) {
        for (int i = 0; i < EACH; i++) {
            final Slab slab = ring.claim();
            final long payload = random.nextLong();
            slab.transaction(payload);
            dawdle(random);
            if (random.nextInt(5) == 0) {
                ring.abort(slab);
            } else {
                slabs.incrementAndGet();
                sum.addAndGet(payload);
                final long sequence = ring.commit(slab);
                if (random.nextInt(100) == 0) {
                    ring.awaitProcessed(sequence);
                }
            }
        }
    }
}
