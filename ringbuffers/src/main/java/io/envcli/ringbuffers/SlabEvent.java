package io.envcli.ringbuffers;

import io.envcli.offheap.Slab;

/** What is in a slot of the Disruptor: a slab for ever, and whether its producer gave it up this time. */
final class SlabEvent {
    final Slab slab;
    /** Written by the producer before it publishes the slot. */
    boolean aborted;

    SlabEvent(final Slab slab) {
        this.slab = slab;
    }
}
