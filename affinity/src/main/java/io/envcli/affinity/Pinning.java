package io.envcli.affinity;

import java.util.BitSet;

/**
 * Where a thread may run after an attempt to pin it.
 *
 * @param requested CPU that was asked for.
 * @param pinned    whether the thread may run there and nowhere else, as the kernel says.
 * @param note      if not, why not.
 */
public record Pinning(int requested, boolean pinned, String note) {

    /** Binds the current thread. OpenHFT affinity is one; tests bring others. */
    interface Binding {
        void bind(BitSet cpus);

        BitSet read();
    }

    /**
     * Pins the current thread.
     *
     * @param cpu to run on.
     * @return what was obtained, read back from the kernel.
     */
    public static Pinning current(final int cpu) {
        return current(cpu, new OpenHftBinding());
    }

    static Pinning current(final int cpu, final Binding binding) {
        final BitSet wanted = new BitSet();
        wanted.set(cpu);
        try {
            binding.bind(wanted);
            final BitSet obtained = binding.read();
            return obtained.equals(wanted) ? new Pinning(cpu, true, "")
                    : new Pinning(cpu, false, "the kernel says " + obtained);
        } catch (final RuntimeException | LinkageError e) {
            return new Pinning(cpu, false, String.valueOf(e.getMessage()));
        }
    }

    /** {@return where the thread runs, for people: {@code cpu 1} or {@code unpinned (why)}} */
    public String describe() {
        return pinned ? "cpu " + requested : "unpinned (" + note + ")";
    }
}
