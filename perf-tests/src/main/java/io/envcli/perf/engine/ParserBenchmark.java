package io.envcli.perf.engine;

import io.envcli.engine.dialect.Diagnostics;
import io.envcli.engine.dialect.Dialect;
import io.envcli.engine.dialect.DialectParser;
import io.envcli.offheap.Owner;
import io.envcli.offheap.Region;
import io.envcli.offheap.Slab;
import io.envcli.offheap.VariableTable;
import io.envcli.perf.workload.Checksum;
import io.envcli.perf.workload.Profile;
import io.envcli.perf.workload.Truth;
import io.envcli.perf.workload.WorkloadGenerator;
import org.agrona.BufferUtil;
import org.agrona.UnsafeApi;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Parses and validates bulk text of 4,096 variables in a slab; a score is the time for one variable. The text is copied
 * into the slab each time, as values are decoded in place; {@link #copy} says what that costs.
 */
// JMH calls setUp() before anything else.
@SuppressWarnings("NullAway.Init")
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ParserBenchmark {
    private static final int VARIABLES = 4096;
    private static final int PIECES = 16;
    private static final int TEXT_CAPACITY = 1 << 19;

    private final List<byte[]> pieces = new ArrayList<>();
    private int next;
    private Region region;
    private Slab slab;
    private DialectParser parser;
    private final Diagnostics diagnostics = new Diagnostics(16);

    /**
     * Makes the text, and proves that both parsers find what was generated.
     *
     * @throws IOException never.
     */
    @Setup(Level.Trial)
    public void setUp() throws IOException {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        final Truth truth = new WorkloadGenerator(Profile.BULK, 5).generate((long) PIECES * VARIABLES, out);
        cut(out.toByteArray());
        region = Region.allocate(Owner.SLABS, Slab.length(DialectParser.MAX_TAIL, TEXT_CAPACITY));
        slab = new Slab(region, 0, DialectParser.MAX_TAIL, TEXT_CAPACITY);
        parser = Dialect.DOTENV.newParser();
        long checksum = 0;
        long naiveChecksum = 0;
        for (int i = 0; i < PIECES; i++) {
            naiveChecksum += naiveChecksum();
            requireEqual(VARIABLES, parse(), "variables");
            checksum += checksum();
        }
        requireEqual(truth.checksum(), checksum, "checksum of the product's parser");
        requireEqual(truth.checksum(), naiveChecksum, "checksum of the naive parser");
    }

    private void cut(final byte[] text) {
        int start = 0;
        for (int piece = 0; piece < PIECES; piece++) {
            int end = start;
            for (int lines = 0; lines < VARIABLES; end++) {
                lines += text[end] == '\n' ? 1 : 0;
            }
            pieces.add(Arrays.copyOfRange(text, start, end));
            start = end;
        }
    }

    /**
     * The product's parser on scalar kernels.
     *
     * @return variables found.
     */
    @Benchmark
    @OperationsPerInvocation(VARIABLES)
    @Fork(jvmArgsAppend = "-Denvcli.kernels=scalar")
    public int scalarKernels() {
        return parse();
    }

    /**
     * The product's parser on vector kernels.
     *
     * @return variables found.
     */
    @Benchmark
    @OperationsPerInvocation(VARIABLES)
    @Fork(jvmArgsAppend = "-Denvcli.kernels=vector")
    public int vectorKernels() {
        return parse();
    }

    /**
     * What one would write without thinking: strings, line by line.
     *
     * @return variables found.
     */
    @Benchmark
    @OperationsPerInvocation(VARIABLES)
    public int naive() {
        return NaiveParser.parse(piece()).size();
    }

    /**
     * Only copies the text into the slab.
     *
     * @return bytes copied.
     */
    @Benchmark
    @OperationsPerInvocation(VARIABLES)
    public int copy() {
        return fill();
    }

    private int parse() {
        fill();
        parser.begin(diagnostics);
        parser.parse(slab, true);
        return slab.rowCount();
    }

    private int fill() {
        final byte[] text = piece();
        slab.reset();
        UnsafeApi.copyMemory(text, BufferUtil.ARRAY_BASE_OFFSET, null, slab.textAddress(), text.length);
        slab.textLength(text.length);
        return text.length;
    }

    private byte[] piece() {
        next = (next + 1) % PIECES;
        return pieces.get(next);
    }

    private long checksum() {
        final UnsafeBuffer buffer = new UnsafeBuffer(slab.address(), slab.textOffset() + slab.textLength());
        final VariableTable table = slab.table();
        long sum = 0;
        for (int row = 0; row < slab.rowCount(); row++) {
            final byte[] name = new byte[table.nameLength(row)];
            final byte[] value = new byte[table.valueLength(row)];
            buffer.getBytes(table.nameOffset(row), name);
            buffer.getBytes(table.valueOffset(row), value);
            sum += Checksum.of(name, name.length, value, value.length);
        }
        return sum;
    }

    private long naiveChecksum() {
        long sum = 0;
        for (final var variable : NaiveParser.parse(pieces.get(next))) {
            final byte[] name = variable.getKey().getBytes(StandardCharsets.UTF_8);
            final byte[] value = variable.getValue().getBytes(StandardCharsets.UTF_8);
            sum += Checksum.of(name, name.length, value, value.length);
        }
        return sum;
    }

    private static void requireEqual(final long expected, final long actual, final String what) {
        if (expected != actual) {
            throw new IllegalStateException(what + " must be " + expected + " but is " + actual);
        }
    }

    /** Frees all memory. */
    @TearDown(Level.Trial)
    public void tearDown() {
        parser.close();
        region.close();
    }
}
