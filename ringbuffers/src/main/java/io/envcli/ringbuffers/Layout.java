package io.envcli.ringbuffers;

import java.util.List;
import java.util.StringJoiner;

/** Among how many threads the stages are divided; {@link RingConfig#costs} say where. */
public enum Layout {
    /** All stages on one thread. */
    FUSED,
    /** Two threads. */
    TWO,
    /** Three threads. */
    THREE,
    /** A thread for each stage. */
    STAGED,
    /**
     * The fewest threads of which the busiest has hardly more to do than with more threads: FUSED on one CPU, at most TWO on
     * two, and where there are more, one of them is left to producers.
     */
    AUTO;

    /** A further thread must spare the busiest a twentieth. */
    private static final double WORTHWHILE = 0.95;

    /**
     * Chooses for a machine.
     *
     * @param usableCpus that the process may use, from 1.
     * @param costs      of the pipeline's stages, one or more, each from 1, in any unit.
     * @return this, or what AUTO stands for there.
     */
    public Layout resolve(final int usableCpus, final List<Integer> costs) {
        if (this != AUTO) {
            return this;
        }
        final int limit = usableCpus <= 2 ? usableCpus : usableCpus - 1;
        Layout best = FUSED;
        for (final Layout layout : List.of(TWO, THREE, STAGED)) {
            if (layout.threads(costs.size()) <= limit
                    && layout.busiest(costs) < WORTHWHILE * best.busiest(costs)) {
                best = layout;
            }
        }
        return best;
    }

    /**
     * Says which stages share a thread.
     *
     * @param stages names, in order.
     * @param costs  of the same.
     * @return for people: {@code parse+fingerprint | journal+apply}, for example.
     */
    public String describe(final List<String> stages, final List<Integer> costs) {
        final List<Integer> starts = starts(costs);
        final StringJoiner threads = new StringJoiner(" | ");
        for (int i = 0; i < starts.size(); i++) {
            final int end = i + 1 < starts.size() ? starts.get(i + 1) : stages.size();
            threads.add(String.join("+", stages.subList(starts.get(i), end)));
        }
        return threads.toString();
    }

    private long busiest(final List<Integer> costs) {
        return Grouping.busiest(costs, starts(costs));
    }

    private int threads(final int stages) {
        return Math.min(stages, switch (this) {
            case FUSED -> 1;
            case TWO -> 2;
            case THREE -> 3;
            case STAGED -> stages;
            case AUTO -> throw new IllegalStateException("resolve first");
        });
    }

    /**
     * Which stages each thread runs.
     *
     * @param costs of the stages.
     * @return for each thread, the index of its first stage; the threads divide the stages in order.
     */
    List<Integer> starts(final List<Integer> costs) {
        return Grouping.starts(costs, threads(costs.size()));
    }
}
