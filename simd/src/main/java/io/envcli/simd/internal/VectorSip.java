package io.envcli.simd.internal;

import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * SipHash with one input in each lane of a vector of longs. A lane whose input has ended keeps its state while the others go
 * on, so inputs of all lengths share a group.
 *
 * <p>As in {@link VectorLanes} no vector crosses a method's border. The rounds are those of {@code SipHash.hash}, the twin.
 */
public final class VectorSip implements SipKernel {
    private static final VectorSpecies<Long> LONGS = VectorModule.longs();
    private static final int LANES = LONGS.length();

    @Override
    public int lanes() {
        return LANES;
    }

    @Override
    public void hash(final SipJobs jobs, final long k0, final long k1) {
        LongVector v0 = LongVector.broadcast(LONGS, k0 ^ 0x736F6D6570736575L);
        LongVector v1 = LongVector.broadcast(LONGS, k1 ^ 0x646F72616E646F6DL ^ 0xEEL);
        LongVector v2 = LongVector.broadcast(LONGS, k0 ^ 0x6C7967656E657261L);
        LongVector v3 = LongVector.broadcast(LONGS, k1 ^ 0x7465646279746573L);
        final LongVector words = LongVector.fromArray(LONGS, jobs.words, 0);
        final int longest = jobs.longest();
        for (int word = 0; word < longest; word++) {
            final LongVector message = LongVector.fromArray(LONGS, jobs.message, word * SipJobs.CAPACITY);
            final VectorMask<Long> active = words.compare(VectorOperators.GT, word);
            LongVector n0 = v0;
            LongVector n1 = v1;
            LongVector n2 = v2;
            LongVector n3 = v3.lanewise(VectorOperators.XOR, message);
            for (int round = 0; round < 2; round++) {
                n0 = n0.add(n1);
                n2 = n2.add(n3);
                n1 = n1.lanewise(VectorOperators.ROL, 13).lanewise(VectorOperators.XOR, n0);
                n3 = n3.lanewise(VectorOperators.ROL, 16).lanewise(VectorOperators.XOR, n2);
                n0 = n0.lanewise(VectorOperators.ROL, 32).add(n3);
                n2 = n2.add(n1);
                n3 = n3.lanewise(VectorOperators.ROL, 21).lanewise(VectorOperators.XOR, n0);
                n1 = n1.lanewise(VectorOperators.ROL, 17).lanewise(VectorOperators.XOR, n2);
                n2 = n2.lanewise(VectorOperators.ROL, 32);
            }
            v0 = v0.blend(n0.lanewise(VectorOperators.XOR, message), active);
            v1 = v1.blend(n1, active);
            v2 = v2.blend(n2, active);
            v3 = v3.blend(n3, active);
        }
        v2 = v2.lanewise(VectorOperators.XOR, 0xEEL);
        for (int half = 0; half < 2; half++) {
            for (int round = 0; round < SipWords.FINAL_ROUNDS; round++) {
                v0 = v0.add(v1);
                v2 = v2.add(v3);
                v1 = v1.lanewise(VectorOperators.ROL, 13).lanewise(VectorOperators.XOR, v0);
                v3 = v3.lanewise(VectorOperators.ROL, 16).lanewise(VectorOperators.XOR, v2);
                v0 = v0.lanewise(VectorOperators.ROL, 32).add(v3);
                v2 = v2.add(v1);
                v3 = v3.lanewise(VectorOperators.ROL, 21).lanewise(VectorOperators.XOR, v0);
                v1 = v1.lanewise(VectorOperators.ROL, 17).lanewise(VectorOperators.XOR, v2);
                v2 = v2.lanewise(VectorOperators.ROL, 32);
            }
            v0.lanewise(VectorOperators.XOR, v1).lanewise(VectorOperators.XOR, v2).lanewise(VectorOperators.XOR, v3)
                    .intoArray(jobs.hashes, half * SipJobs.CAPACITY);
            v1 = v1.lanewise(VectorOperators.XOR, 0xDDL);
        }
    }
}
