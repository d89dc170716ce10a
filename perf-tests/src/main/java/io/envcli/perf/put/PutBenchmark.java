package io.envcli.perf.put;

import io.envcli.engine.Durability;
import io.envcli.engine.Store;
import io.envcli.engine.StoreConfig;
import io.envcli.engine.StoreReader;
import io.envcli.perf.Folders;
import io.envcli.ringbuffers.Layout;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures one path at one class after the other, each in a store of its own that is warm by then, at rates from low to
 * high. What was put is read back afterwards.
 *
 * @param out     receives a line as soon as it is measured.
 * @param folder  for the stores; made, and emptied again.
 * @param inputs  to put.
 * @param layout  of the pipeline.
 * @param slots   of the ring; a group of puts that share a commit is at most as large.
 * @param expected puts for which the view has room from the beginning.
 * @param millis  for which puts are offered at each rate; a run ends after twice that.
 */
record PutBenchmark(PrintStream out, Path folder, Inputs inputs, Layout layout, int slots, long expected, long millis) {
    private static final long MILLI_NS = 1_000_000;
    private static final long MILLIS_A_SECOND = 1_000;
    /** Through the embedded API, each put waiting for its acknowledgement. */
    static final String API = "api";
    /** Through a stream of the embedded API, without waiting. */
    static final String STREAM = "stream";

    /**
     * Measures.
     *
     * @param path       {@link #API} or {@link #STREAM}, from one thread.
     * @param durability of the store.
     * @param rates      to offer, in order.
     * @return a row for each rate.
     * @throws IOException if the store's folder cannot be emptied.
     */
    List<PutRow> run(final String path, final Durability durability, final List<Long> rates) throws IOException {
        Folders.delete(folder);
        final List<PutRow> rows;
        final long acknowledged;
        try (Store store = Store.open(config(durability))) {
            final Puts puts = path.equals(API) ? new ApiPuts(store, inputs) : new StreamPuts(store, inputs);
            rows = measure(path, puts, durability, rates);
            acknowledged = puts.acknowledged();
        }
        prove(acknowledged);
        return rows;
    }

    private List<PutRow> measure(final String path, final Puts puts, final Durability durability,
            final List<Long> rates) {
        final OfferedLoad load = new OfferedLoad(puts, System::nanoTime);
        final List<PutRow> rows = new ArrayList<>();
        final long highest = rates.getLast();
        load.run(highest, puts(highest), millis * MILLI_NS);
        for (final long rate : rates) {
            final PutRow row = new PutRow(path, durability, load.run(rate, puts(rate), 2 * millis * MILLI_NS));
            out.println(row.line());
            rows.add(row);
        }
        return rows;
    }

    private long puts(final long rate) {
        return Math.max(1, rate * millis / MILLIS_A_SECOND);
    }

    private StoreConfig config(final Durability durability) {
        return StoreConfig.builder().directory(folder.resolve("store")).keyFile(folder.resolve("key"))
                .durability(durability).layout(layout).slots(slots).expectedPuts(expected)
                .build();
    }

    private void prove(final long puts) throws IOException {
        try (StoreReader reader = StoreReader.open(config(Durability.PROCESS))) {
            inputs.requireStored(reader, puts);
            out.printf("  proven: %,d puts, the last of each name read back; %.1f puts a commit%n", puts,
                    (double) puts / reader.status().version());
        }
        Folders.delete(folder);
    }
}
