package io.envcli.engine;

import io.envcli.engine.FaultTable.Lost;
import io.envcli.engine.StoreException.Kind;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A store of a {@link PowerLossWorkload} after something has happened to it: is all there, and nothing in part? */
final class RecoveredStore {
    private static final String AFTER = "after";

    private final StoreConfig config;
    private final Told told;
    private final Random random;
    /** Version that the put after the fault has made, if it is one more fault that is looked into. */
    private long ownVersion = Long.MAX_VALUE;

    RecoveredStore(final Path top, final Told told, final Random random) {
        this.config = PowerLossWorkload.config(top).build();
        this.told = told;
        this.random = random;
    }

    /**
     * Verifies, reads and writes, in any order.
     *
     * @param least     the version that must be there.
     * @param foreign   the last version of the workload, after which a put of {@link #write} may follow.
     * @param table     is told how long the first opening took.
     */
    void check(final long least, final long foreign, final FaultTable table) {
        ownVersion = foreign == Long.MAX_VALUE ? Long.MAX_VALUE : foreign + 1;
        final long start = System.nanoTime();
        for (final int step : List.of(random.nextInt(3), random.nextInt(3))) {
            switch (step) {
                case 0 -> verify(least);
                case 1 -> read(least);
                default -> {
                    // The writer comes first.
                }
            }
        }
        final long version = write(least);
        table.recovered(System.nanoTime() - start);
        verify(version + 1);
        try (StoreReader reader = StoreReader.open(config)) {
            assertEquals(version + 1, reader.version());
            final Map<String, Map<String, String>> expected = new HashMap<>(expected(version));
            expected.put(AFTER, Map.of("NAME", String.valueOf(version)));
            same(expected, content(reader), "after the next writer, version " + version);
        }
    }

    /** Puts one variable more; the version before. */
    long write(final long least) {
        final long version;
        try (Store store = Store.open(config); StoreReader reader = store.reader()) {
            version = reader.version();
            assertEquals(version + 1, store.put(AFTER, "NAME", String.valueOf(version)));
        }
        Lost.unless(version >= least, () -> "version " + version + " where " + least + " was acknowledged");
        return version;
    }

    private Map<String, Map<String, String>> expected(final long version) {
        final Map<String, Map<String, String>> expected = new HashMap<>(told.at(Math.min(version, ownVersion - 1)));
        if (version >= ownVersion) {
            expected.put(AFTER, Map.of("NAME", String.valueOf(ownVersion - 1)));
        }
        return expected;
    }

    private void read(final long least) {
        try (StoreReader reader = StoreReader.open(config)) {
            final long version = reader.version();
            Lost.unless(version >= least, () -> "version " + version + " where " + least + " was acknowledged");
            same(expected(version), content(reader), "version " + version);
        } catch (final StoreException e) {
            refusedRightly(e, least);
        }
    }

    private void verify(final long least) {
        try {
            final VerifyReport report = StoreVerifier.verify(config);
            assertEquals(List.of(), report.findings(), "verify");
            Lost.unless(report.versions() >= least, () -> "verify sees " + report.versions() + " versions");
        } catch (final StoreException e) {
            refusedRightly(e, least);
        }
    }

    /** Before the first acknowledgement there may be no store yet. */
    private static void refusedRightly(final StoreException e, final long least) {
        if (least > 0 || e.kind() != Kind.NOT_A_STORE) {
            throw e;
        }
    }

    /** Not by assertEquals, whose message would be of megabytes. */
    private static void same(final Map<String, Map<String, String>> expected,
            final Map<String, Map<String, String>> found, final String what) {
        assertEquals(expected.keySet(), found.keySet(), what);
        for (final Map.Entry<String, Map<String, String>> environment : expected.entrySet()) {
            assertTrue(environment.getValue().equals(found.get(environment.getKey())),
                    () -> what + ": environment " + environment.getKey() + " is not what it was");
        }
    }

    private static Map<String, Map<String, String>> content(final StoreReader reader) {
        final Map<String, Map<String, String>> content = new HashMap<>();
        for (final String environment : reader.environments()) {
            final Map<String, String> variables = new HashMap<>();
            reader.forEach(environment, variable -> variables.put(variable.name(), variable.value()));
            content.put(environment, variables);
        }
        return content;
    }
}
