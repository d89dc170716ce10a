package io.envcli.perf.offheap;

import io.envcli.offheap.HashIndex;
import io.envcli.offheap.VariableTable;
import org.agrona.UnsafeApi;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Half a million variables go into an empty index, or are found in it; a score is the time for one of them. One shot is
 * one round over all, so that the index has left the caches before it comes back to a bucket. Putting in meets each page of
 * the new file for the first time, as a first import does: page faults are part of the score.
 */
// JMH calls setUp() before anything else.
@SuppressWarnings("NullAway.Init")
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class IndexBenchmark {
    private static final byte[] ID = new byte[16];
    private static final long SEED = 6;

    private IndexRows rows;
    private Path folder;
    private HashIndex empty;
    private HashIndex full;
    private int environment;
    private int ordinal;
    private Map<Key, Long> map;

    private record Key(long hash0, long hash1) {}

    /**
     * Makes the rows and an index that has them, and proves that each row is found there at its location.
     *
     * @throws IOException if the index cannot be made.
     */
    @Setup(Level.Trial)
    public void setUp() throws IOException {
        rows = new IndexRows(SEED);
        folder = Files.createTempDirectory("env-cli-index");
        full = newIndex("full");
        requireAll(applyRows(full));
        heapMapPut();
        requireAll(find());
        requireAll(heapMapGet());
        if (variables(full) != IndexRows.COUNT || map.size() != IndexRows.COUNT) {
            throw new IllegalStateException(
                    "the index has " + variables(full) + " variables, the map " + map.size());
        }
    }

    /**
     * Makes the empty index and map of one round.
     *
     * @throws IOException if the index cannot be made.
     */
    @Setup(Level.Iteration)
    public void empty() throws IOException {
        empty = newIndex("empty");
    }

    private HashIndex newIndex(final String name) throws IOException {
        final HashIndex index = HashIndex.create(folder.resolve(name), 1, ID, ID, IndexRows.COUNT + 1L, 16);
        environment = index.environment(rows.table(0).fingerprintAddress(0), 0);
        ordinal = index.transaction(1);
        return index;
    }

    /**
     * Slab by slab, buckets touched ahead, as the pipeline does it.
     *
     * @return variables put in.
     */
    @Benchmark
    @OperationsPerInvocation(IndexRows.COUNT)
    public int applyRows() {
        return applyRows(empty);
    }

    private int applyRows(final HashIndex index) {
        int applied = 0;
        for (int slab = 0; slab < IndexRows.SLABS; slab++) {
            final VariableTable table = rows.table(slab);
            for (int row = 0; row < IndexRows.ROWS; row++) {
                if (row % HashIndex.GROUP == 0) {
                    index.touch(table, row, Math.min(row + HashIndex.GROUP, IndexRows.ROWS), environment);
                }
                applied += upsert(index, table, row, slab);
            }
        }
        return applied;
    }

    /**
     * One at a time.
     *
     * @return variables put in.
     */
    @Benchmark
    @OperationsPerInvocation(IndexRows.COUNT)
    public int upsert() {
        int inserted = 0;
        for (int slab = 0; slab < IndexRows.SLABS; slab++) {
            final VariableTable table = rows.table(slab);
            for (int row = 0; row < IndexRows.ROWS; row++) {
                inserted += upsert(empty, table, row, slab);
            }
        }
        return inserted;
    }

    private int upsert(final HashIndex index, final VariableTable table, final int row, final int slab) {
        final int code = index.upsert(environment, table.nameHashAddress(row), table.fingerprintAddress(row), ordinal,
                ((long) slab << 14) + table.location(row), 0);
        return code == HashIndex.INSERTED ? 1 : 0;
    }

    /**
     * The baseline: a map on the heap, which grows as it fills.
     *
     * @return variables put in.
     */
    @Benchmark
    @OperationsPerInvocation(IndexRows.COUNT)
    public int heapMapPut() {
        map = new HashMap<>();
        for (int slab = 0; slab < IndexRows.SLABS; slab++) {
            final VariableTable table = rows.table(slab);
            for (int row = 0; row < IndexRows.ROWS; row++) {
                map.put(key(table, row), ((long) slab << 14) + table.location(row));
            }
        }
        return map.size();
    }

    /**
     * Finds all.
     *
     * @return variables found at their locations.
     */
    @Benchmark
    @OperationsPerInvocation(IndexRows.COUNT)
    public int find() {
        int found = 0;
        for (int slab = 0; slab < IndexRows.SLABS; slab++) {
            final VariableTable table = rows.table(slab);
            for (int row = 0; row < IndexRows.ROWS; row++) {
                final long hash = table.nameHashAddress(row);
                final long entry = full.find(environment, UnsafeApi.getLong(hash),
                        UnsafeApi.getLong(hash + Long.BYTES));
                found += entry == 2L + (long) slab * IndexRows.ROWS + row ? 1 : 0;
            }
        }
        return found;
    }

    /**
     * The baseline: finds all in the map.
     *
     * @return variables found at their locations.
     */
    @Benchmark
    @OperationsPerInvocation(IndexRows.COUNT)
    public int heapMapGet() {
        int found = 0;
        for (int slab = 0; slab < IndexRows.SLABS; slab++) {
            final VariableTable table = rows.table(slab);
            for (int row = 0; row < IndexRows.ROWS; row++) {
                final Long location = map.get(key(table, row));
                found += location != null && location == ((long) slab << 14) + table.location(row) ? 1 : 0;
            }
        }
        return found;
    }

    private static Key key(final VariableTable table, final int row) {
        final long hash = table.nameHashAddress(row);
        return new Key(UnsafeApi.getLong(hash), UnsafeApi.getLong(hash + Long.BYTES));
    }

    /** Every entry is the first of a variable, but the environment's own. */
    private static int variables(final HashIndex index) {
        return (int) (index.entryCount() - index.environmentCount());
    }

    private static void requireAll(final int count) {
        if (count != IndexRows.COUNT) {
            throw new IllegalStateException(count + " variables of " + IndexRows.COUNT);
        }
    }

    /**
     * Removes the index of one round, having checked that nothing or all is in it.
     *
     * @throws IOException if it cannot be deleted.
     */
    @TearDown(Level.Iteration)
    public void discard() throws IOException {
        if (variables(empty) != 0) {
            requireAll(variables(empty));
        }
        empty.close();
        Files.delete(folder.resolve("empty"));
    }

    /**
     * Frees memory and files.
     *
     * @throws IOException if a file cannot be deleted.
     */
    @TearDown(Level.Trial)
    public void tearDown() throws IOException {
        full.close();
        rows.close();
        Files.delete(folder.resolve("full"));
        Files.delete(folder);
    }
}
