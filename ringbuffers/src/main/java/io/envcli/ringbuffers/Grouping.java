package io.envcli.ringbuffers;

import java.util.ArrayList;
import java.util.List;

/** Stages in order, divided among threads so that the busiest thread has as little to do as can be. */
final class Grouping {
    private Grouping() {}

    /**
     * Divides stages: the linear partition problem, small enough to try the places of the last border one by one.
     *
     * @param costs   of the stages, in any unit.
     * @param threads from 1 to as many as there are stages.
     * @return for each thread, the index of its first stage.
     */
    static List<Integer> starts(final List<Integer> costs, final int threads) {
        if (threads == 1) {
            return List.of(0);
        }
        List<Integer> best = List.of();
        long least = Long.MAX_VALUE;
        for (int last = threads - 1; last < costs.size(); last++) {
            final List<Integer> starts = new ArrayList<>(starts(costs.subList(0, last), threads - 1));
            starts.add(last);
            final long busiest = busiest(costs, starts);
            if (busiest < least) {
                least = busiest;
                best = starts;
            }
        }
        return best;
    }

    /** {@return what the busiest thread has to do} */
    static long busiest(final List<Integer> costs, final List<Integer> starts) {
        long busiest = 0;
        for (int i = 0; i < starts.size(); i++) {
            final int end = i + 1 < starts.size() ? starts.get(i + 1) : costs.size();
            final long cost = costs.subList(starts.get(i), end).stream().mapToLong(Integer::longValue).sum();
            busiest = Math.max(busiest, cost);
        }
        return busiest;
    }
}
