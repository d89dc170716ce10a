package io.envcli.ringbuffers;

import io.envcli.affinity.AllowedCpus;
import io.envcli.offheap.Slab;

import java.util.List;

/**
 * What a ring is like. Immutable; made by {@link #builder()}.
 *
 * @param slots          slabs in the ring, a power of two from 2 to 65,536.
 * @param textCapacity   bytes of text in a slab, a multiple of 64.
 * @param headroom       bytes before the text, a multiple of 64.
 * @param layout         which stages share a thread.
 * @param costs          what a slab costs at each stage, from 1, in any unit; empty if all stages cost the same.
 * @param batchSize      slabs that a stage takes at most before it hands them on, from 1.
 * @param pinned         whether threads are pinned to CPUs, where there is one for each.
 * @param cpus           that the process may use.
 * @param drainTimeoutNs how long {@link SlabRing#close} waits for committed slabs to run through.
 */
public record RingConfig(int slots, int textCapacity, int headroom, Layout layout, List<Integer> costs, int batchSize,
        boolean pinned, AllowedCpus cpus, long drainTimeoutNs) {

    /** Checks the ranges. */
    public RingConfig {
        require(slots >= 2 && slots <= 1 << 16 && Integer.bitCount(slots) == 1, "slots=" + slots,
                "a power of two from 2 to 65536");
        costs = List.copyOf(costs);
        require(costs.stream().allMatch(cost -> cost >= 1), "costs=" + costs, "at least 1 each");
        require(batchSize >= 1, "batchSize=" + batchSize, "at least 1");
        require(drainTimeoutNs > 0, "drainTimeoutNs=" + drainTimeoutNs, "positive");
        Slab.length(headroom, textCapacity); // throws if a length is no multiple of 64
    }

    private static void require(final boolean holds, final String what, final String must) {
        if (!holds) {
            throw new IllegalArgumentException(what + " must be " + must);
        }
    }

    /** {@return a builder with defaults: 64 slots of 64 KiB, layout auto, pinned} */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects settings; {@link #build()} checks them. */
    public static final class Builder {
        private int slots = 64;
        private int textCapacity = 64 * 1024;
        private int headroom;
        private Layout layout = Layout.AUTO;
        private List<Integer> costs = List.of();
        private int batchSize = 256;
        private boolean pinned = true;
        private AllowedCpus cpus = AllowedCpus.current();
        private long drainTimeoutNs = 60_000_000_000L;

        private Builder() {}

        /**
         * Sets the slabs in the ring.
         *
         * @param value a power of two.
         * @return this.
         */
        public Builder slots(final int value) {
            slots = value;
            return this;
        }

        /**
         * Sets the text of a slab.
         *
         * @param value in bytes, a multiple of 64.
         * @return this.
         */
        public Builder textCapacity(final int value) {
            textCapacity = value;
            return this;
        }

        /**
         * Sets the room before a slab's text.
         *
         * @param value in bytes, a multiple of 64.
         * @return this.
         */
        public Builder headroom(final int value) {
            headroom = value;
            return this;
        }

        /**
         * Sets which stages share a thread.
         *
         * @param value the layout.
         * @return this.
         */
        public Builder layout(final Layout value) {
            layout = value;
            return this;
        }

        /**
         * Sets what the stages cost, so that threads can share them fairly.
         *
         * @param value for each stage, from 1, in any unit.
         * @return this.
         */
        public Builder costs(final List<Integer> value) {
            costs = value;
            return this;
        }

        /**
         * Sets how many slabs a stage takes before it hands them on.
         *
         * @param value from 1.
         * @return this.
         */
        public Builder batchSize(final int value) {
            batchSize = value;
            return this;
        }

        /**
         * Says whether threads are pinned to CPUs.
         *
         * @param value true, the default, to pin where there is a CPU for each thread.
         * @return this.
         */
        public Builder pinned(final boolean value) {
            pinned = value;
            return this;
        }

        /**
         * Sets the CPUs to use.
         *
         * @param value at most those that the process may use, which is the default.
         * @return this.
         */
        public Builder cpus(final AllowedCpus value) {
            cpus = value;
            return this;
        }

        /**
         * Sets how long closing waits.
         *
         * @param value in nanoseconds.
         * @return this.
         */
        public Builder drainTimeoutNs(final long value) {
            drainTimeoutNs = value;
            return this;
        }

        /**
         * Checks the settings.
         *
         * @return the configuration.
         * @throws IllegalArgumentException if one is out of its range; the message names it.
         */
        public RingConfig build() {
            return new RingConfig(slots, textCapacity, headroom, layout, costs, batchSize, pinned, cpus,
                    drainTimeoutNs);
        }
    }
}
