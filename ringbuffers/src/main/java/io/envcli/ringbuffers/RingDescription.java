package io.envcli.ringbuffers;

import java.util.List;

/**
 * What a ring obtained, for people.
 *
 * @param layout  that AUTO stood for.
 * @param slots   in the ring.
 * @param waiting how threads wait.
 * @param threads one line each: its name and where it runs.
 */
public record RingDescription(Layout layout, int slots, String waiting, List<String> threads) {

    /** Copies the list. */
    public RingDescription {
        threads = List.copyOf(threads);
    }
}
