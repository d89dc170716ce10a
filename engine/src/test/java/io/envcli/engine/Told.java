package io.envcli.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What a store was told and has acknowledged: what each version must look like, and since when it may not be lost.
 *
 * <p>Threading: {@link #changed} and {@link #acknowledged} any thread; the rest once nobody writes any more.
 */
final class Told {
    /** An acknowledgement: whatever comes after {@code time} must find {@code version}. */
    private record Acknowledged(int time, long version) {}

    private final NavigableMap<Long, List<Map<String, Map<String, String>>>> changes = new ConcurrentSkipListMap<>();
    private final List<Acknowledged> acknowledged = new CopyOnWriteArrayList<>();
    private final NavigableMap<Long, Map<String, Map<String, String>>> states = new TreeMap<>();

    /** A version has set these variables, by environment; an empty value stands for one that was removed. */
    void changed(final long version, final Map<String, Map<String, String>> variables) {
        changes.computeIfAbsent(version, _ -> new CopyOnWriteArrayList<>()).add(variables);
    }

    /** From this time on the version survives. */
    void acknowledged(final int time, final long version) {
        acknowledged.add(new Acknowledged(time, version));
    }

    /** The least version that must be there at a time. */
    long leastVersion(final int time) {
        return acknowledged.stream().filter(one -> one.time <= time).mapToLong(Acknowledged::version).max().orElse(0);
    }

    /** Number of acknowledgements up to a time. */
    long acknowledgements(final int time) {
        return acknowledged.stream().filter(one -> one.time <= time).count();
    }

    /** What the store holds at a version, by environment and name. */
    Map<String, Map<String, String>> at(final long version) {
        if (states.isEmpty()) {
            fold();
        }
        final Map.Entry<Long, Map<String, Map<String, String>>> state = states.floorEntry(version);
        return state == null ? Map.of() : state.getValue();
    }

    private void fold() {
        Map<String, Map<String, String>> state = new TreeMap<>();
        for (final Map.Entry<Long, List<Map<String, Map<String, String>>>> version : changes.entrySet()) {
            state = new TreeMap<>(state);
            for (final Map<String, Map<String, String>> environments : new ArrayList<>(version.getValue())) {
                for (final Map.Entry<String, Map<String, String>> environment : environments.entrySet()) {
                    final Map<String, String> variables = new TreeMap<>(
                            state.getOrDefault(environment.getKey(), Map.of()));
                    variables.putAll(environment.getValue());
                    variables.values().removeIf(String::isEmpty);
                    state.put(environment.getKey(), variables);
                }
            }
            state.values().removeIf(Map::isEmpty);
            states.put(version.getKey(), state);
        }
    }
}
