package io.envcli.engine.internal.pipeline;

import io.envcli.offheap.VariableTable;
import org.agrona.UnsafeApi;
import org.agrona.collections.LongHashSet;

import java.util.HashMap;
import java.util.Map;

/**
 * The names that an import has set, by environment: what a pruning import must not unset. A name is kept as 64 bits of its
 * keyed hash; two names that share them, one set and one to be unset, are too improbable to matter.
 *
 * <p>Threading: filled by the journal stage, read by the importer once that has been acknowledged.
 */
final class NamesSet {
    private final Map<EnvironmentKey, LongHashSet> names = new HashMap<>();

    /** Notes the names of all rows. */
    void add(final EnvironmentKey environment, final VariableTable table, final int rows) {
        final LongHashSet set = names.computeIfAbsent(environment, _ -> new LongHashSet());
        for (int row = 0; row < rows; row++) {
            set.add(hash(table.nameHashAddress(row)));
        }
    }

    /** {@return whether a name was set; its hash is at an address} */
    boolean contains(final EnvironmentKey environment, final long nameHashAddress) {
        final LongHashSet set = names.get(environment);
        return set != null && set.contains(hash(nameHashAddress));
    }

    private static long hash(final long address) {
        return UnsafeApi.getLong(address);
    }
}
