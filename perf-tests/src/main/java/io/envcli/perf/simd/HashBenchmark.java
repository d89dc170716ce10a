package io.envcli.perf.simd;

import io.envcli.offheap.Owner;
import io.envcli.offheap.Region;
import io.envcli.simd.Blake3;
import io.envcli.simd.Blake3Lanes;
import org.agrona.concurrent.UnsafeBuffer;
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

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** Keyed BLAKE3 of 4,096 values, flush included; a score is the time for one of them. */
// JMH calls setUp() before anything else.
@SuppressWarnings("NullAway.Init")
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(jvmArgsAppend = "-Denvcli.kernels=vector")
public class HashBenchmark {
    private static final byte[] KEY = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    /** {@code mix}: values as long as in a bulk workload; {@code 64}: each of one whole block. */
    @Param({"mix", "64"})
    public String inputs = "mix";

    private ValueInputs values;
    private Region hashes;
    private Blake3 scalar;
    private Blake3Lanes lanes;

    /** Makes the values, and proves that both give the same hashes. */
    @Setup(Level.Trial)
    public void setUp() {
        values = inputs.equals("mix") ? ValueInputs.mixed(3) : ValueInputs.ofLength(Integer.parseInt(inputs));
        hashes = Region.allocate(Owner.SCRATCH, 2L * ValueInputs.COUNT * Blake3.HASH_LENGTH);
        scalar = new Blake3(KEY);
        lanes = new Blake3Lanes(KEY);
        final int length = ValueInputs.COUNT * Blake3.HASH_LENGTH;
        final UnsafeBuffer expected = hashes.buffer(0, length);
        final UnsafeBuffer actual = hashes.buffer(length, length);
        expected.setMemory(0, length, (byte) 0);
        actual.setMemory(0, length, (byte) 1);
        scalar(expected.addressOffset());
        lanes(actual.addressOffset());
        Twins.requireEqual(expected, actual, "hashes of inputs=" + inputs, "lanes");
    }

    /**
     * One after the other, in plain Java.
     *
     * @return the address of the hashes.
     */
    @Benchmark
    @OperationsPerInvocation(ValueInputs.COUNT)
    public long scalar() {
        return scalar(hashes.address());
    }

    /**
     * In the lanes of vectors, as far as this JVM has them.
     *
     * @return the address of the hashes.
     */
    @Benchmark
    @OperationsPerInvocation(ValueInputs.COUNT)
    public long lanes() {
        return lanes(hashes.address());
    }

    private long scalar(final long into) {
        for (int i = 0; i < ValueInputs.COUNT; i++) {
            scalar.hash(values.address(i), values.length(i), into + (long) i * Blake3.HASH_LENGTH);
        }
        return into;
    }

    private long lanes(final long into) {
        for (int i = 0; i < ValueInputs.COUNT; i++) {
            lanes.add(values.address(i), values.length(i), into + (long) i * Blake3.HASH_LENGTH);
        }
        lanes.flush();
        return into;
    }

    /** Frees all memory. */
    @TearDown(Level.Trial)
    public void tearDown() {
        lanes.close();
        hashes.close();
        values.close();
    }
}
