package io.envcli.ringbuffers;

import io.envcli.offheap.Slab;
import io.envcli.offheap.testing.LeakCheck;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import java.util.ArrayList;
import java.util.List;

/** A small ring of three stages in one layout, for the contracts. */
@ExtendWith(LeakCheck.class)
@Timeout(60)
abstract class RingFixture {
    static final int STAGES = 3;
    static final int SLOTS = 16;
    /** So that of two threads the first has two stages. */
    private static final List<Integer> COSTS = List.of(1, 1, 2);

    final Probe.Log log = new Probe.Log();
    final List<Probe> stages = Probe.stages(STAGES, log);
    final Layout layout;

    RingFixture(final Layout layout) {
        this.layout = layout;
    }

    RingConfig.Builder config() {
        return RingConfig.builder().slots(SLOTS).textCapacity(64).layout(layout).costs(COSTS).pinned(false)
                .drainTimeoutNs(5_000_000_000L);
    }

    SlabRing start() {
        return start(config());
    }

    SlabRing start(final RingConfig.Builder config) {
        return SlabRing.start(config.build(), List.copyOf(stages));
    }

    static long commitOne(final SlabRing ring) {
        return ring.commit(ring.claim());
    }

    static void commit(final SlabRing ring, final int slabs) {
        for (int i = 0; i < slabs; i++) {
            commitOne(ring);
        }
    }

    static List<Slab> claim(final SlabRing ring, final int slabs) {
        final List<Slab> claimed = new ArrayList<>();
        for (int i = 0; i < slabs; i++) {
            claimed.add(ring.claim());
        }
        return claimed;
    }

    /** The first stage of each thread. */
    List<Integer> starts() {
        final Layout resolved = layout.resolve(config().build().cpus().usable(), COSTS);
        return resolved.starts(COSTS);
    }
}
