package io.envcli.ringbuffers;

import java.util.List;
import java.util.stream.IntStream;

/** Which stages share a thread. */
public enum Layout {
    /** All stages on one thread. */
    FUSED,
    /** The stages before the split on one thread, the others on a second. */
    TWO,
    /** A thread for each stage. */
    STAGED,
    /** FUSED on one CPU, STAGED where there is one for each stage and one to spare for producers, TWO between. */
    AUTO;

    /**
     * Chooses for a machine.
     *
     * @param usableCpus that the process may use, from 1.
     * @param stages     of the pipeline, from 1.
     * @return this, or what AUTO stands for there.
     */
    public Layout resolve(final int usableCpus, final int stages) {
        if (this != AUTO) {
            return this;
        }
        if (usableCpus == 1 || stages == 1) {
            return FUSED;
        }
        return usableCpus > stages ? STAGED : TWO;
    }

    /**
     * Which stages each thread runs.
     *
     * @param stages how many there are.
     * @param split  first stage of the second thread, for TWO.
     * @return for each thread, the index of its first stage; the threads divide the stages in order.
     */
    List<Integer> starts(final int stages, final int split) {
        return switch (this) {
            case FUSED -> List.of(0);
            case TWO -> stages == 1 ? List.of(0) : List.of(0, Math.min(split, stages - 1));
            case STAGED -> IntStream.range(0, stages).boxed().toList();
            case AUTO -> throw new IllegalStateException("resolve first");
        };
    }
}
