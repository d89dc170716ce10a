package io.envcli.perf.simd;

import io.envcli.offheap.Owner;
import io.envcli.offheap.Region;
import io.envcli.simd.SipHash;
import org.agrona.BufferUtil;
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

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import java.security.GeneralSecurityException;
import java.util.concurrent.TimeUnit;

/** The keyed hash of 4,096 names; a score is the time for one of them. */
// JMH calls setUp() before anything else.
@SuppressWarnings("NullAway.Init")
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class NameHashBenchmark {
    private static final long K0 = 0x0706050403020100L;
    private static final long K1 = 0x0F0E0D0C0B0A0908L;

    private ValueInputs names;
    private Region hashes;
    private SipHash sipHash;
    private Mac mac;
    private final byte[] heap = new byte[128];
    private final byte[] heapHash = new byte[32];

    /**
     * Makes the names, and proves the hash equal to the one of an implementation written from the paper.
     *
     * @throws GeneralSecurityException if the JDK has no HmacSHA256.
     */
    @Setup(Level.Trial)
    public void setUp() throws GeneralSecurityException {
        names = ValueInputs.names(4);
        hashes = Region.allocate(Owner.SCRATCH, (long) ValueInputs.COUNT * SipHash.HASH_LENGTH);
        sipHash = new SipHash(K0, K1);
        mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(new byte[16], "HmacSHA256"));
        sipHash();
        for (int i = 0; i < ValueInputs.COUNT; i++) {
            final long[] expected = PaperSipHash.hash(K0, K1, copy(i), names.length(i));
            final long at = hashes.address() + (long) i * SipHash.HASH_LENGTH;
            Twins.requireEqual(expected[0], UnsafeApi.getLong(at), "name " + i, "SipHash");
            Twins.requireEqual(expected[1], UnsafeApi.getLong(at + Long.BYTES), "name " + i, "SipHash");
        }
    }

    /**
     * SipHash-2-4.
     *
     * @return the address of the hashes.
     */
    @Benchmark
    @OperationsPerInvocation(ValueInputs.COUNT)
    public long sipHash() {
        for (int i = 0; i < ValueInputs.COUNT; i++) {
            sipHash.hash(names.address(i), names.length(i), hashes.address() + (long) i * SipHash.HASH_LENGTH);
        }
        return hashes.address();
    }

    /**
     * The baseline: the JDK's HMAC with SHA-256.
     *
     * @return the last hash.
     * @throws GeneralSecurityException never.
     */
    @Benchmark
    @OperationsPerInvocation(ValueInputs.COUNT)
    public byte[] jdkHmac() throws GeneralSecurityException {
        for (int i = 0; i < ValueInputs.COUNT; i++) {
            mac.update(copy(i), 0, names.length(i));
            mac.doFinal(heapHash, 0);
        }
        return heapHash;
    }

    private byte[] copy(final int input) {
        UnsafeApi.copyMemory(null, names.address(input), heap, BufferUtil.ARRAY_BASE_OFFSET, names.length(input));
        return heap;
    }

    /** Frees all memory. */
    @TearDown(Level.Trial)
    public void tearDown() {
        hashes.close();
        names.close();
    }
}
