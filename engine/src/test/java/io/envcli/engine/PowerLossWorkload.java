package io.envcli.engine;

import io.envcli.offheap.testing.DiskTrace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;

/**
 * Everything that a store does to the disk, watched by a {@link DiskTrace}: it is made, with its key, in folders that are made
 * too; takes puts, imports, imports beside puts; its journal rolls and its view grows; sessions of class {@code power} and of
 * class {@code process} follow one another.
 */
final class PowerLossWorkload {
    private static final int SEGMENT_BYTES = 1 << 20;
    /** Of a value, at most. */
    private static final int LONGEST = 300;

    private final Path top;
    private final Path sources;
    private final Random random;
    private final Told told = new Told();
    private int files;
    private int puts;

    PowerLossWorkload(final Path top, final Path sources, final Random random) {
        this.top = top;
        this.sources = sources;
        this.random = random;
    }

    /** Where a store is in a traced folder. */
    static StoreConfig.Builder config(final Path top) {
        return StoreConfig.builder().directory(top.resolve("data/env-cli/store"))
                .keyFile(top.resolve("config/env-cli/key")).segmentBytes(SEGMENT_BYTES);
    }

    Told told() {
        return told;
    }

    /** Runs it with the syncs of some files and folders left out. */
    DiskTrace run(final Predicate<Path> ignored) throws IOException {
        try (DiskTrace trace = DiskTrace.of(top, ignored)) {
            session(trace, Durability.POWER, 300, 8000);
            session(trace, Durability.PROCESS, 200, 100);
            session(trace, Durability.POWER, 30, 10);
            session(trace, Durability.PROCESS, 100, 9000);
            session(trace, Durability.POWER, 300, 9000);
            return trace;
        }
    }

    private void session(final DiskTrace trace, final Durability durability, final int small, final int large)
            throws IOException {
        try (Store store = Store.open(config(top).durability(durability).build())) {
            work(store, trace, durability == Durability.POWER, small, large);
        }
        trace.mark();
    }

    private void work(final Store store, final DiskTrace trace, final boolean power, final int small, final int large)
            throws IOException {
        put(store, trace, power, "first");
        importFile(store, trace, power, "small", small);
        for (int i = 0; i < 4; i++) {
            put(store, trace, power, "puts");
        }
        final Path file = source(large);
        final Thread importing = Thread.ofPlatform().start(() -> {
            try {
                importFile(store, trace, power, file);
            } catch (final IOException e) {
                throw new IllegalStateException(e);
            }
        });
        do {
            put(store, trace, power, "beside");
        } while (importing.isAlive());
        join(importing);
        unset(store, trace, power);
    }

    private static void join(final Thread thread) {
        try {
            thread.join();
        } catch (final InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void put(final Store store, final DiskTrace trace, final boolean power, final String environment) {
        final String name = "PUT_" + puts % 7;
        final String value = "put " + puts++ + " " + "x".repeat(random.nextInt(LONGEST));
        final long version = store.put(environment, name, value);
        done(trace, power, version, Map.of(environment, Map.of(name, value)));
    }

    private void unset(final Store store, final DiskTrace trace, final boolean power) {
        final long version = store.unset("first", "PUT_" + (puts - 1) % 7);
        if (version != 0) {
            done(trace, power, version, Map.of("first", Map.of("PUT_" + (puts - 1) % 7, "")));
        }
    }

    private void importFile(final Store store, final DiskTrace trace, final boolean power, final String environment,
            final int variables) throws IOException {
        final Map<String, String> map = new HashMap<>();
        final Path file = source(variables, map);
        final ImportReport report = store.importFrom(ImportRequest.of(file).withEnvironment(environment),
                ImportProgress.NONE);
        done(trace, power, report.version(), Map.of(environment, map));
    }

    private void importFile(final Store store, final DiskTrace trace, final boolean power, final Path file)
            throws IOException {
        final ImportReport report = store.importFrom(ImportRequest.of(file).withEnvironment("large"),
                ImportProgress.NONE);
        final Map<String, String> map = new HashMap<>();
        Files.readAllLines(file).forEach(line -> map.put(line.substring(0, line.indexOf('=')),
                line.substring(line.indexOf('=') + 1)));
        done(trace, power, report.version(), Map.of("large", map));
    }

    private void done(final DiskTrace trace, final boolean power, final long version,
            final Map<String, Map<String, String>> variables) {
        told.changed(version, variables);
        if (power) {
            told.acknowledged(trace.length(), version);
        }
        trace.mark();
    }

    private Path source(final int variables) throws IOException {
        return source(variables, new HashMap<>());
    }

    private Path source(final int variables, final Map<String, String> to) throws IOException {
        final Path file = sources.resolve(files++ + ".env");
        final StringBuilder text = new StringBuilder();
        for (int i = 0; i < variables; i++) {
            final String value = files + "_" + Integer.toHexString(random.nextInt())
                    + "y".repeat(random.nextInt(LONGEST));
            text.append("NAME_").append(i).append('=').append(value).append('\n');
            to.put("NAME_" + i, value);
        }
        return Files.writeString(file, text);
    }
}
