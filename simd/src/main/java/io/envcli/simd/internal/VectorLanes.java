package io.envcli.simd.internal;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * BLAKE3 with one node in each lane of a vector of ints.
 *
 * <p>Its shape is C2's: no vector crosses a method's border (one that does is boxed), the rounds are a loop (unrolled, the
 * body is too large to be compiled well), rotations are one call (shift, shift, or was no faster with AVX2, and slower with
 * AVX-512), and what does not fit the registers lies in scratch arrays, in the first-level
 * cache.
 */
public final class VectorLanes implements LaneKernel {
    private static final VectorSpecies<Integer> INTS = VectorModule.ints();
    private static final VectorSpecies<Byte> BYTES = INTS.withLanes(byte.class);
    private static final MemorySegment ALL = VectorMemory.ALL;
    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
    private static final int LANES = INTS.length();
    /** The smallest page there is: a read that stays within one cannot fault if any byte of it is mapped. */
    private static final int PAGE = 4096;
    /** 64 bytes of ones, 64 of zeros: read from 64 - n, it keeps n bytes of a block. */
    private static final byte[] KEEP = keep();
    private static final int[] IOTA = iota();
    /** For each round the place of its words in the message, as an index into it. */
    private static final int[] SCHEDULE = schedule();

    @Override
    public int lanes() {
        return LANES;
    }

    @Override
    public int worthwhile() {
        // Measured with 4, 8 and 16 lanes: a group of any size costs what one and a half to two scalar nodes do.
        return 2;
    }

    @Override
    public void hash(final LaneJobs jobs, final int blocks, final LaneScratch scratch) {
        for (int i = 0; i < Blake3Constants.VALUE_WORDS; i++) {
            IntVector.broadcast(INTS, scratch.key[i]).intoArray(scratch.value, i * LANES);
        }
        for (int block = 0; block < blocks; block++) {
            final boolean last = block == blocks - 1;
            if (last) {
                gatherLast(jobs, block, scratch.message);
            } else {
                gather(jobs, block, scratch.message);
            }
            transpose(scratch.message);
            compress(jobs, block == 0 ? -1 : 0, last ? -1 : 0, scratch);
        }
        store(jobs, scratch.value);
    }

    /** Copies a whole block of each lane. A block's part c of lane i becomes row c * LANES + i. */
    private static void gather(final LaneJobs jobs, final int block, final int[] message) {
        for (int lane = 0; lane < jobs.count; lane++) {
            final long from = jobs.inputs[lane] + (long) block * Blake3Constants.BLOCK_LENGTH;
            for (int i = 0; i < Blake3Constants.BLOCK_WORDS; i += LANES) {
                IntVector.fromMemorySegment(INTS, ALL, from + (long) i * Integer.BYTES, ORDER)
                        .intoArray(message, (lane + i) * LANES);
            }
        }
    }

    /** The same with the last block of each lane, padded with zeros. */
    private static void gatherLast(final LaneJobs jobs, final int block, final int[] message) {
        for (int lane = 0; lane < jobs.count; lane++) {
            final long from = jobs.inputs[lane] + (long) block * Blake3Constants.BLOCK_LENGTH;
            final int length = jobs.lengths[lane];
            // An empty input's address may be anything; one at the end of a page may be the end of the mapping.
            if (length < Blake3Constants.BLOCK_LENGTH
                    && (length == 0 || (from & (PAGE - 1)) > PAGE - Blake3Constants.BLOCK_LENGTH)) {
                gatherBytes(from, length, lane, message);
                continue;
            }
            for (int i = 0; i < Blake3Constants.BLOCK_WORDS; i += LANES) {
                final int offset = i * Integer.BYTES;
                ByteVector.fromMemorySegment(BYTES, ALL, from + offset, ORDER)
                        .and(ByteVector.fromArray(BYTES, KEEP, Blake3Constants.BLOCK_LENGTH - length + offset))
                        .reinterpretAsInts().intoArray(message, (lane + i) * LANES);
            }
        }
    }

    /** A last block that may not be read past its end. */
    private static void gatherBytes(final long from, final int length, final int lane, final int[] message) {
        for (int i = 0; i < Blake3Constants.BLOCK_WORDS; i++) {
            final int offset = i * Integer.BYTES;
            final int left = Math.clamp(length - offset, 0, Integer.BYTES);
            final int part = i & -LANES;
            message[(lane + part) * LANES + i - part] = (int) Memory.getTail(from + offset, left);
        }
    }

    /** Turns squares of LANES rows, one row for each lane, into one row for each word: swaps halves, quarters, … */
    private static void transpose(final int[] message) {
        final IntVector lane = IntVector.fromArray(INTS, IOTA, 0);
        for (int step = LANES / 2; step > 0; step >>= 1) {
            final IntVector partner = lane.lanewise(VectorOperators.XOR, step);
            final VectorMask<Integer> upper = lane.and(step).compare(VectorOperators.NE, 0);
            for (int pair = 0; pair < Blake3Constants.BLOCK_WORDS / 2; pair++) {
                // The pair's number with a zero put in at the step's bit.
                final int row = ((pair & -step) << 1) | (pair & (step - 1));
                final IntVector a = IntVector.fromArray(INTS, message, row * LANES);
                final IntVector b = IntVector.fromArray(INTS, message, (row + step) * LANES);
                a.blend(partner.selectFrom(b), upper).intoArray(message, row * LANES);
                partner.selectFrom(a).blend(b, upper).intoArray(message, (row + step) * LANES);
            }
        }
    }

    /** One block of every lane: the chaining values in scratch become the next ones. */
    private static void compress(final LaneJobs jobs, final int first, final int last,
            final LaneScratch scratch) {
        final int[] value = scratch.value;
        final int[] message = scratch.message;
        IntVector v0 = IntVector.fromArray(INTS, value, 0);
        IntVector v1 = IntVector.fromArray(INTS, value, LANES);
        IntVector v2 = IntVector.fromArray(INTS, value, 2 * LANES);
        IntVector v3 = IntVector.fromArray(INTS, value, 3 * LANES);
        IntVector v4 = IntVector.fromArray(INTS, value, 4 * LANES);
        IntVector v5 = IntVector.fromArray(INTS, value, 5 * LANES);
        IntVector v6 = IntVector.fromArray(INTS, value, 6 * LANES);
        IntVector v7 = IntVector.fromArray(INTS, value, 7 * LANES);
        IntVector v8 = IntVector.broadcast(INTS, Blake3Constants.IV0);
        IntVector v9 = IntVector.broadcast(INTS, Blake3Constants.IV1);
        IntVector v10 = IntVector.broadcast(INTS, Blake3Constants.IV2);
        IntVector v11 = IntVector.broadcast(INTS, Blake3Constants.IV3);
        IntVector v12 = IntVector.fromArray(INTS, jobs.counters, 0);
        IntVector v13 = IntVector.broadcast(INTS, 0);
        // Every block but the last is whole.
        IntVector v14 = IntVector.fromArray(INTS, jobs.lengths, 0).and(last)
                .or(Blake3Constants.BLOCK_LENGTH & ~last);
        IntVector v15 = IntVector.fromArray(INTS, jobs.firstFlags, 0).and(first)
                .or(IntVector.fromArray(INTS, jobs.lastFlags, 0).and(last))
                .or(Blake3Constants.KEYED_HASH);
        for (int at = 0; at < Blake3Constants.ROUNDS * Blake3Constants.BLOCK_WORDS; at += Blake3Constants.BLOCK_WORDS) {
            v0 = v0.add(v4).add(IntVector.fromArray(INTS, message, SCHEDULE[at + 0]));
            v1 = v1.add(v5).add(IntVector.fromArray(INTS, message, SCHEDULE[at + 2]));
            v2 = v2.add(v6).add(IntVector.fromArray(INTS, message, SCHEDULE[at + 4]));
            v3 = v3.add(v7).add(IntVector.fromArray(INTS, message, SCHEDULE[at + 6]));
            v12 = v12.lanewise(VectorOperators.XOR, v0);
            v12 = v12.lanewise(VectorOperators.ROR, 16);
            v13 = v13.lanewise(VectorOperators.XOR, v1);
            v13 = v13.lanewise(VectorOperators.ROR, 16);
            v14 = v14.lanewise(VectorOperators.XOR, v2);
            v14 = v14.lanewise(VectorOperators.ROR, 16);
            v15 = v15.lanewise(VectorOperators.XOR, v3);
            v15 = v15.lanewise(VectorOperators.ROR, 16);
            v8 = v8.add(v12);
            v4 = v4.lanewise(VectorOperators.XOR, v8);
            v4 = v4.lanewise(VectorOperators.ROR, 12);
            v9 = v9.add(v13);
            v5 = v5.lanewise(VectorOperators.XOR, v9);
            v5 = v5.lanewise(VectorOperators.ROR, 12);
            v10 = v10.add(v14);
            v6 = v6.lanewise(VectorOperators.XOR, v10);
            v6 = v6.lanewise(VectorOperators.ROR, 12);
            v11 = v11.add(v15);
            v7 = v7.lanewise(VectorOperators.XOR, v11);
            v7 = v7.lanewise(VectorOperators.ROR, 12);
            v0 = v0.add(v4).add(IntVector.fromArray(INTS, message, SCHEDULE[at + 1]));
            v1 = v1.add(v5).add(IntVector.fromArray(INTS, message, SCHEDULE[at + 3]));
            v2 = v2.add(v6).add(IntVector.fromArray(INTS, message, SCHEDULE[at + 5]));
            v3 = v3.add(v7).add(IntVector.fromArray(INTS, message, SCHEDULE[at + 7]));
            v12 = v12.lanewise(VectorOperators.XOR, v0);
            v12 = v12.lanewise(VectorOperators.ROR, 8);
            v13 = v13.lanewise(VectorOperators.XOR, v1);
            v13 = v13.lanewise(VectorOperators.ROR, 8);
            v14 = v14.lanewise(VectorOperators.XOR, v2);
            v14 = v14.lanewise(VectorOperators.ROR, 8);
            v15 = v15.lanewise(VectorOperators.XOR, v3);
            v15 = v15.lanewise(VectorOperators.ROR, 8);
            v8 = v8.add(v12);
            v4 = v4.lanewise(VectorOperators.XOR, v8);
            v4 = v4.lanewise(VectorOperators.ROR, 7);
            v9 = v9.add(v13);
            v5 = v5.lanewise(VectorOperators.XOR, v9);
            v5 = v5.lanewise(VectorOperators.ROR, 7);
            v10 = v10.add(v14);
            v6 = v6.lanewise(VectorOperators.XOR, v10);
            v6 = v6.lanewise(VectorOperators.ROR, 7);
            v11 = v11.add(v15);
            v7 = v7.lanewise(VectorOperators.XOR, v11);
            v7 = v7.lanewise(VectorOperators.ROR, 7);
            v0 = v0.add(v5).add(IntVector.fromArray(INTS, message, SCHEDULE[at + 8]));
            v1 = v1.add(v6).add(IntVector.fromArray(INTS, message, SCHEDULE[at + 10]));
            v2 = v2.add(v7).add(IntVector.fromArray(INTS, message, SCHEDULE[at + 12]));
            v3 = v3.add(v4).add(IntVector.fromArray(INTS, message, SCHEDULE[at + 14]));
            v15 = v15.lanewise(VectorOperators.XOR, v0);
            v15 = v15.lanewise(VectorOperators.ROR, 16);
            v12 = v12.lanewise(VectorOperators.XOR, v1);
            v12 = v12.lanewise(VectorOperators.ROR, 16);
            v13 = v13.lanewise(VectorOperators.XOR, v2);
            v13 = v13.lanewise(VectorOperators.ROR, 16);
            v14 = v14.lanewise(VectorOperators.XOR, v3);
            v14 = v14.lanewise(VectorOperators.ROR, 16);
            v10 = v10.add(v15);
            v5 = v5.lanewise(VectorOperators.XOR, v10);
            v5 = v5.lanewise(VectorOperators.ROR, 12);
            v11 = v11.add(v12);
            v6 = v6.lanewise(VectorOperators.XOR, v11);
            v6 = v6.lanewise(VectorOperators.ROR, 12);
            v8 = v8.add(v13);
            v7 = v7.lanewise(VectorOperators.XOR, v8);
            v7 = v7.lanewise(VectorOperators.ROR, 12);
            v9 = v9.add(v14);
            v4 = v4.lanewise(VectorOperators.XOR, v9);
            v4 = v4.lanewise(VectorOperators.ROR, 12);
            v0 = v0.add(v5).add(IntVector.fromArray(INTS, message, SCHEDULE[at + 9]));
            v1 = v1.add(v6).add(IntVector.fromArray(INTS, message, SCHEDULE[at + 11]));
            v2 = v2.add(v7).add(IntVector.fromArray(INTS, message, SCHEDULE[at + 13]));
            v3 = v3.add(v4).add(IntVector.fromArray(INTS, message, SCHEDULE[at + 15]));
            v15 = v15.lanewise(VectorOperators.XOR, v0);
            v15 = v15.lanewise(VectorOperators.ROR, 8);
            v12 = v12.lanewise(VectorOperators.XOR, v1);
            v12 = v12.lanewise(VectorOperators.ROR, 8);
            v13 = v13.lanewise(VectorOperators.XOR, v2);
            v13 = v13.lanewise(VectorOperators.ROR, 8);
            v14 = v14.lanewise(VectorOperators.XOR, v3);
            v14 = v14.lanewise(VectorOperators.ROR, 8);
            v10 = v10.add(v15);
            v5 = v5.lanewise(VectorOperators.XOR, v10);
            v5 = v5.lanewise(VectorOperators.ROR, 7);
            v11 = v11.add(v12);
            v6 = v6.lanewise(VectorOperators.XOR, v11);
            v6 = v6.lanewise(VectorOperators.ROR, 7);
            v8 = v8.add(v13);
            v7 = v7.lanewise(VectorOperators.XOR, v8);
            v7 = v7.lanewise(VectorOperators.ROR, 7);
            v9 = v9.add(v14);
            v4 = v4.lanewise(VectorOperators.XOR, v9);
            v4 = v4.lanewise(VectorOperators.ROR, 7);
        }
        v0.lanewise(VectorOperators.XOR, v8).intoArray(value, 0);
        v1.lanewise(VectorOperators.XOR, v9).intoArray(value, LANES);
        v2.lanewise(VectorOperators.XOR, v10).intoArray(value, 2 * LANES);
        v3.lanewise(VectorOperators.XOR, v11).intoArray(value, 3 * LANES);
        v4.lanewise(VectorOperators.XOR, v12).intoArray(value, 4 * LANES);
        v5.lanewise(VectorOperators.XOR, v13).intoArray(value, 5 * LANES);
        v6.lanewise(VectorOperators.XOR, v14).intoArray(value, 6 * LANES);
        v7.lanewise(VectorOperators.XOR, v15).intoArray(value, 7 * LANES);
    }

    /** Columns back to rows, two words at a time. The arrays are locals since a write to raw memory may change a field. */
    private static void store(final LaneJobs jobs, final int[] value) {
        final long[] outputs = jobs.outputs;
        final int[] lastFlags = jobs.lastFlags;
        final int count = jobs.count;
        for (int lane = 0; lane < count; lane++) {
            final long output = outputs[lane];
            storePair(output, value, lane);
            storePair(output + 2 * Integer.BYTES, value, lane + 2 * LANES);
            if ((lastFlags[lane] & Blake3Constants.ROOT) == 0) {
                storePair(output + 4 * Integer.BYTES, value, lane + 4 * LANES);
                storePair(output + 6 * Integer.BYTES, value, lane + 6 * LANES);
            }
        }
    }

    private static void storePair(final long output, final int[] value, final int index) {
        Memory.putLong(output, (value[index] & 0xFFFF_FFFFL) | ((long) value[index + LANES] << Integer.SIZE));
    }

    private static byte[] keep() {
        final byte[] keep = new byte[2 * Blake3Constants.BLOCK_LENGTH];
        Arrays.fill(keep, 0, Blake3Constants.BLOCK_LENGTH, (byte) -1);
        return keep;
    }

    private static int[] iota() {
        final int[] iota = new int[LANES];
        Arrays.setAll(iota, i -> i);
        return iota;
    }

    private static int[] schedule() {
        final int[] schedule = Blake3Constants.schedule();
        for (int i = 0; i < schedule.length; i++) {
            schedule[i] *= LANES;
        }
        return schedule;
    }
}
