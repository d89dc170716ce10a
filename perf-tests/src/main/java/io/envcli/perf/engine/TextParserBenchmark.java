package io.envcli.perf.engine;

import io.envcli.engine.dialect.Diagnostics;
import io.envcli.engine.dialect.Dialect;
import io.envcli.engine.dialect.DialectParser;
import io.envcli.engine.dialect.Reason;
import io.envcli.engine.dialect.TextParser;
import io.envcli.offheap.Owner;
import io.envcli.offheap.Region;
import io.envcli.offheap.Slab;
import io.envcli.offheap.VariableTable;
import io.envcli.perf.workload.Profile;
import io.envcli.perf.workload.Truth;
import io.envcli.perf.workload.WorkloadGenerator;
import org.agrona.BufferUtil;
import org.agrona.UnsafeApi;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Parses whole texts of distinct names, small ones often enough for 2^20 variables; a score is the time for one variable.
 * Beside {@link TextParser}, which finds duplicates, stand rows alone, and rows whose names go into a set on the heap.
 */
// JMH calls setUp() before anything else.
@SuppressWarnings("NullAway.Init")
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(jvmArgsAppend = "-Denvcli.kernels=vector")
public class TextParserBenchmark {
    /** Variables that an invocation parses. */
    private static final int VARIABLES = 1 << 20;
    private static final int TEXT_CAPACITY = 1 << 18;

    /** Variables of a text, a power of two. */
    @Param({"65536", "1048576"})
    public int names;

    private byte[] text;
    private TextParser textParser;
    private DialectParser parser;
    private Region region;
    private Slab slab;
    private long found;

    /**
     * Makes the text, and proves that all ways find its variables and no duplicate, and a duplicate in the text taken twice.
     *
     * @throws IOException never.
     */
    @Setup(Level.Trial)
    public void setUp() throws IOException {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        final Truth truth = new WorkloadGenerator(Profile.BULK, 6).generate(names, out);
        text = out.toByteArray();
        textParser = new TextParser(Dialect.DOTENV);
        parser = Dialect.DOTENV.newParser();
        region = Region.allocate(Owner.SLABS, Slab.length(DialectParser.MAX_TAIL, TEXT_CAPACITY));
        slab = new Slab(region, 0, DialectParser.MAX_TAIL, TEXT_CAPACITY);
        requireEqual(0, parseText(), "duplicates");
        requireEqual(truth.variables(), found, "variables");
        requireEqual(truth.variables(), parseRows(null), "rows");
        final Set<ByteBuffer> set = new HashSet<>();
        parseRows(set);
        requireEqual(truth.variables(), set.size(), "names");
        out.write(text);
        text = out.toByteArray();
        requireEqual(truth.variables(), parseText(), "duplicates of a text taken twice");
        text = Arrays.copyOf(text, text.length / 2);
    }

    /**
     * The embedded API.
     *
     * @return duplicates found.
     */
    @Benchmark
    @OperationsPerInvocation(VARIABLES)
    public long textParser() {
        long duplicates = 0;
        for (int i = 0; i < VARIABLES / names; i++) {
            duplicates += parseText();
        }
        return duplicates;
    }

    /**
     * Rows, with a set of names on the heap to find duplicates.
     *
     * @return variables found.
     */
    @Benchmark
    @OperationsPerInvocation(VARIABLES)
    public long heapSet() {
        long variables = 0;
        for (int i = 0; i < VARIABLES / names; i++) {
            variables += parseRows(new HashSet<>());
        }
        return variables;
    }

    /**
     * Rows alone.
     *
     * @return variables found.
     */
    @Benchmark
    @OperationsPerInvocation(VARIABLES)
    public long rows() {
        long variables = 0;
        for (int i = 0; i < VARIABLES / names; i++) {
            variables += parseRows(null);
        }
        return variables;
    }

    private long parseText() {
        final Diagnostics diagnostics = new Diagnostics(1);
        found = 0;
        textParser.parse(text, diagnostics,
                (buffer, nameOffset, nameLength, valueOffset, valueLength, line) -> found++);
        return diagnostics.count(Reason.DUPLICATE);
    }

    /** Slab after slab, each cut behind a line; names go into the set if there is one. */
    private long parseRows(final @Nullable Set<ByteBuffer> set) {
        parser.begin(new Diagnostics(1));
        long variables = 0;
        int end;
        for (int at = 0; at < text.length; at = end) {
            end = Math.min(at + TEXT_CAPACITY, text.length);
            while (text[end - 1] != '\n') {
                end--;
            }
            slab.reset();
            UnsafeApi.copyMemory(text, BufferUtil.ARRAY_BASE_OFFSET + at, null, slab.textAddress(), end - at);
            slab.textLength(end - at);
            parser.parse(slab, true);
            variables += slab.rowCount();
            if (set != null) {
                addNames(set);
            }
        }
        return variables;
    }

    private void addNames(final Set<ByteBuffer> set) {
        final VariableTable table = slab.table();
        for (int row = 0; row < slab.rowCount(); row++) {
            final byte[] name = new byte[table.nameLength(row)];
            UnsafeApi.copyMemory(null, slab.address() + table.nameOffset(row), name, BufferUtil.ARRAY_BASE_OFFSET,
                    name.length);
            set.add(ByteBuffer.wrap(name));
        }
    }

    /** Frees all memory. */
    @TearDown(Level.Trial)
    public void tearDown() {
        textParser.close();
        parser.close();
        region.close();
    }

    private static void requireEqual(final long expected, final long actual, final String what) {
        if (expected != actual) {
            throw new IllegalStateException(what + ": " + actual + " found, " + expected + " expected");
        }
    }
}
