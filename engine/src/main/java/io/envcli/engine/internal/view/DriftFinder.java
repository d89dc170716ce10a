package io.envcli.engine.internal.view;

import io.envcli.engine.Drift;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.LongFunction;

/**
 * Finds variables that most environments agree on and some do not, by hashes and fingerprints alone; names are read for
 * those found.
 *
 * <p>Threading: one thread.
 */
public final class DriftFinder {
    /** With two environments neither is the odd one. */
    public static final int FEWEST_ENVIRONMENTS = 3;

    private final Map<Integer, Long> environments = new HashMap<>();
    private final Map<Long, List<Setting>> settings = new HashMap<>();
    private int environment;

    /** One variable in one environment; the fingerprint's first half is enough to tell values apart. */
    private record Setting(int environment, long fingerprint, long location) {}

    /**
     * Says which environment the variables to come are of.
     *
     * @param number   of the environment.
     * @param location where in the journal its name stands.
     */
    public void environment(final int number, final long location) {
        environment = number;
        environments.put(number, location);
    }

    /**
     * Takes a variable.
     *
     * @param nameHash    the same in all environments.
     * @param fingerprint first half of that of the value.
     * @param location    where in the journal it stands.
     */
    public void variable(final long nameHash, final long fingerprint, final long location) {
        settings.computeIfAbsent(nameHash, _ -> new ArrayList<>(1))
                .add(new Setting(environment, fingerprint, location));
    }

    /**
     * Finds the drifting ones: those that fewest environments differ in come first.
     *
     * @param limit           how many to return at most.
     * @param nameAt          reads the name of the variable at a place in the journal.
     * @param environmentName reads the name of the environment at a place in the journal.
     * @return what was found.
     */
    public List<Drift> find(final int limit, final LongFunction<String> nameAt,
            final LongFunction<String> environmentName) {
        return settings.values().stream().filter(same -> same.size() >= FEWEST_ENVIRONMENTS).map(DriftFinder::judge)
                .filter(Judged::drifts).sorted(Comparator.comparingInt(judged -> judged.differing.size())).limit(limit)
                .map(judged -> judged.name(nameAt,
                        number -> environmentName.apply(environments.getOrDefault(number, 0L))))
                .sorted(Comparator.comparing(Drift::name)).toList();
    }

    private record Judged(int agreeing, long nameLocation, List<Setting> differing) {
        boolean drifts() {
            return !differing.isEmpty() && agreeing > differing.size();
        }

        Drift name(final LongFunction<String> nameAt, final IntFunction<String> environmentName) {
            return new Drift(nameAt.apply(nameLocation), agreeing,
                    differing.stream().map(setting -> environmentName.apply(setting.environment)).sorted().toList());
        }
    }

    private static Judged judge(final List<Setting> same) {
        final Map<Long, Integer> counts = new HashMap<>();
        same.forEach(setting -> counts.merge(setting.fingerprint, 1, Integer::sum));
        final Map.Entry<Long, Integer> most = counts.entrySet().stream().max(Map.Entry.comparingByValue())
                .orElseThrow();
        final long value = most.getKey();
        return new Judged(most.getValue(), same.getFirst().location,
                same.stream().filter(setting -> setting.fingerprint != value).toList());
    }
}
