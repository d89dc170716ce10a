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
 * body is too large to be compiled well), and what does not fit the registers lies in scratch memory, in the first-level
 * cache.
 */
public final class VectorLanes implements LaneKernel {
    private static final VectorSpecies<Integer> INTS = VectorModule.ints();
    private static final VectorSpecies<Byte> BYTES = INTS.withLanes(byte.class);
    private static final MemorySegment ALL = VectorMemory.ALL;
    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
    private static final int LANES = INTS.length();
    private static final int ROW = INTS.vectorByteSize();
    /** The smallest page there is: a read that stays within one cannot fault if any byte of it is mapped. */
    private static final int PAGE = 4096;
    /** 64 bytes of ones, 64 of zeros: read from 64 - n, it keeps n bytes of a block. */
    private static final byte[] KEEP = keep();
    private static final int[] IOTA = iota();
    /** For each round the place of its words in the message, as an offset of a row. */
    private static final int[] SCHEDULE = schedule();

    @Override
    public int lanes() {
        return LANES;
    }

    @Override
    public int worthwhile() {
        return 3;
    }

    @Override
    public void hash(final long jobs, final int count, final int blocks, final long scratch) {
        for (int i = 0; i < Blake3Constants.VALUE_WORDS; i++) {
            final int word = Memory.getInt(scratch + LaneScratch.KEY + (long) i * Integer.BYTES);
            IntVector.broadcast(INTS, word).intoMemorySegment(ALL, scratch + LaneScratch.VALUE + (long) i * ROW, ORDER);
        }
        for (int block = 0; block < blocks; block++) {
            final boolean last = block == blocks - 1;
            if (last) {
                gatherLast(jobs, count, block, scratch + LaneScratch.MESSAGE);
            } else {
                gather(jobs, count, block, scratch + LaneScratch.MESSAGE);
            }
            transpose(scratch + LaneScratch.MESSAGE);
            compress(jobs, block == 0 ? -1 : 0, last ? -1 : 0, scratch);
        }
        store(jobs, count, scratch + LaneScratch.VALUE);
    }

    /** Copies a whole block of each lane. A block's part c of lane i becomes row c * LANES + i. */
    private static void gather(final long jobs, final int count, final int block, final long message) {
        for (int lane = 0; lane < count; lane++) {
            final long from = LaneJobs.input(jobs, lane) + (long) block * Blake3Constants.BLOCK_LENGTH;
            final long to = message + (long) lane * ROW;
            for (int i = 0; i < Blake3Constants.BLOCK_LENGTH; i += ROW) {
                ByteVector.fromMemorySegment(BYTES, ALL, from + i, ORDER).intoMemorySegment(ALL, to + (long) i * LANES,
                        ORDER);
            }
        }
    }

    /** The same with the last block of each lane, padded with zeros. */
    private static void gatherLast(final long jobs, final int count, final int block, final long message) {
        for (int lane = 0; lane < count; lane++) {
            final long from = LaneJobs.input(jobs, lane) + (long) block * Blake3Constants.BLOCK_LENGTH;
            final long to = message + (long) lane * ROW;
            final int length = LaneJobs.length(jobs, lane);
            // An empty input's address may be anything; one at the end of a page may be the end of the mapping.
            if (length < Blake3Constants.BLOCK_LENGTH
                    && (length == 0 || (from & (PAGE - 1)) > PAGE - Blake3Constants.BLOCK_LENGTH)) {
                gatherBytes(from, length, to);
                continue;
            }
            for (int i = 0; i < Blake3Constants.BLOCK_LENGTH; i += ROW) {
                ByteVector.fromMemorySegment(BYTES, ALL, from + i, ORDER)
                        .and(ByteVector.fromArray(BYTES, KEEP, Blake3Constants.BLOCK_LENGTH - length + i))
                        .intoMemorySegment(ALL, to + (long) i * LANES, ORDER);
            }
        }
    }

    /** A last block that may not be read past its end. */
    private static void gatherBytes(final long from, final int length, final long to) {
        for (int i = 0; i < Blake3Constants.BLOCK_LENGTH; i += Long.BYTES) {
            final int left = Math.clamp(length - i, 0, Long.BYTES);
            final long row = to + (long) (i / ROW) * ROW * LANES;
            Memory.putLong(row + i % ROW, Memory.getTail(from + i, left));
        }
    }

    /** Turns squares of LANES rows, one row for each lane, into one row for each word: swaps halves, quarters, … */
    private static void transpose(final long message) {
        final IntVector lane = IntVector.fromArray(INTS, IOTA, 0);
        for (int step = LANES / 2; step > 0; step >>= 1) {
            final IntVector partner = lane.lanewise(VectorOperators.XOR, step);
            final VectorMask<Integer> upper = lane.and(step).compare(VectorOperators.NE, 0);
            for (int pair = 0; pair < Blake3Constants.BLOCK_WORDS / 2; pair++) {
                // The pair's number with a zero put in at the step's bit.
                final int row = ((pair & -step) << 1) | (pair & (step - 1));
                final long atA = message + (long) row * ROW;
                final long atB = atA + (long) step * ROW;
                final IntVector a = IntVector.fromMemorySegment(INTS, ALL, atA, ORDER);
                final IntVector b = IntVector.fromMemorySegment(INTS, ALL, atB, ORDER);
                a.blend(partner.selectFrom(b), upper).intoMemorySegment(ALL, atA, ORDER);
                partner.selectFrom(a).blend(b, upper).intoMemorySegment(ALL, atB, ORDER);
            }
        }
    }

    /** One block of every lane: the chaining values in scratch memory become the next ones. */
    private static void compress(final long jobs, final int first, final int last, final long scratch) {
        final long value = scratch + LaneScratch.VALUE;
        final long message = scratch + LaneScratch.MESSAGE;
        IntVector v0 = IntVector.fromMemorySegment(INTS, ALL, value, ORDER);
        IntVector v1 = IntVector.fromMemorySegment(INTS, ALL, value + ROW, ORDER);
        IntVector v2 = IntVector.fromMemorySegment(INTS, ALL, value + 2L * ROW, ORDER);
        IntVector v3 = IntVector.fromMemorySegment(INTS, ALL, value + 3L * ROW, ORDER);
        IntVector v4 = IntVector.fromMemorySegment(INTS, ALL, value + 4L * ROW, ORDER);
        IntVector v5 = IntVector.fromMemorySegment(INTS, ALL, value + 5L * ROW, ORDER);
        IntVector v6 = IntVector.fromMemorySegment(INTS, ALL, value + 6L * ROW, ORDER);
        IntVector v7 = IntVector.fromMemorySegment(INTS, ALL, value + 7L * ROW, ORDER);
        IntVector v8 = IntVector.broadcast(INTS, Blake3Constants.IV0);
        IntVector v9 = IntVector.broadcast(INTS, Blake3Constants.IV1);
        IntVector v10 = IntVector.broadcast(INTS, Blake3Constants.IV2);
        IntVector v11 = IntVector.broadcast(INTS, Blake3Constants.IV3);
        IntVector v12 = IntVector.fromMemorySegment(INTS, ALL, jobs + LaneJobs.COUNTERS, ORDER);
        IntVector v13 = IntVector.broadcast(INTS, 0);
        // Every block but the last is whole.
        IntVector v14 = IntVector.fromMemorySegment(INTS, ALL, jobs + LaneJobs.LENGTHS, ORDER).and(last)
                .or(Blake3Constants.BLOCK_LENGTH & ~last);
        IntVector v15 = IntVector.fromMemorySegment(INTS, ALL, jobs + LaneJobs.FIRST_FLAGS, ORDER).and(first)
                .or(IntVector.fromMemorySegment(INTS, ALL, jobs + LaneJobs.LAST_FLAGS, ORDER).and(last))
                .or(Blake3Constants.KEYED_HASH);
        for (int at = 0; at < Blake3Constants.ROUNDS * Blake3Constants.BLOCK_WORDS; at += Blake3Constants.BLOCK_WORDS) {
            v0 = v0.add(v4).add(IntVector.fromMemorySegment(INTS, ALL, message + SCHEDULE[at + 0], ORDER));
            v1 = v1.add(v5).add(IntVector.fromMemorySegment(INTS, ALL, message + SCHEDULE[at + 2], ORDER));
            v2 = v2.add(v6).add(IntVector.fromMemorySegment(INTS, ALL, message + SCHEDULE[at + 4], ORDER));
            v3 = v3.add(v7).add(IntVector.fromMemorySegment(INTS, ALL, message + SCHEDULE[at + 6], ORDER));
            v12 = v12.lanewise(VectorOperators.XOR, v0);
            v12 = v12.lanewise(VectorOperators.LSHR, 16).or(v12.lanewise(VectorOperators.LSHL, 16));
            v13 = v13.lanewise(VectorOperators.XOR, v1);
            v13 = v13.lanewise(VectorOperators.LSHR, 16).or(v13.lanewise(VectorOperators.LSHL, 16));
            v14 = v14.lanewise(VectorOperators.XOR, v2);
            v14 = v14.lanewise(VectorOperators.LSHR, 16).or(v14.lanewise(VectorOperators.LSHL, 16));
            v15 = v15.lanewise(VectorOperators.XOR, v3);
            v15 = v15.lanewise(VectorOperators.LSHR, 16).or(v15.lanewise(VectorOperators.LSHL, 16));
            v8 = v8.add(v12);
            v4 = v4.lanewise(VectorOperators.XOR, v8);
            v4 = v4.lanewise(VectorOperators.LSHR, 12).or(v4.lanewise(VectorOperators.LSHL, 20));
            v9 = v9.add(v13);
            v5 = v5.lanewise(VectorOperators.XOR, v9);
            v5 = v5.lanewise(VectorOperators.LSHR, 12).or(v5.lanewise(VectorOperators.LSHL, 20));
            v10 = v10.add(v14);
            v6 = v6.lanewise(VectorOperators.XOR, v10);
            v6 = v6.lanewise(VectorOperators.LSHR, 12).or(v6.lanewise(VectorOperators.LSHL, 20));
            v11 = v11.add(v15);
            v7 = v7.lanewise(VectorOperators.XOR, v11);
            v7 = v7.lanewise(VectorOperators.LSHR, 12).or(v7.lanewise(VectorOperators.LSHL, 20));
            v0 = v0.add(v4).add(IntVector.fromMemorySegment(INTS, ALL, message + SCHEDULE[at + 1], ORDER));
            v1 = v1.add(v5).add(IntVector.fromMemorySegment(INTS, ALL, message + SCHEDULE[at + 3], ORDER));
            v2 = v2.add(v6).add(IntVector.fromMemorySegment(INTS, ALL, message + SCHEDULE[at + 5], ORDER));
            v3 = v3.add(v7).add(IntVector.fromMemorySegment(INTS, ALL, message + SCHEDULE[at + 7], ORDER));
            v12 = v12.lanewise(VectorOperators.XOR, v0);
            v12 = v12.lanewise(VectorOperators.LSHR, 8).or(v12.lanewise(VectorOperators.LSHL, 24));
            v13 = v13.lanewise(VectorOperators.XOR, v1);
            v13 = v13.lanewise(VectorOperators.LSHR, 8).or(v13.lanewise(VectorOperators.LSHL, 24));
            v14 = v14.lanewise(VectorOperators.XOR, v2);
            v14 = v14.lanewise(VectorOperators.LSHR, 8).or(v14.lanewise(VectorOperators.LSHL, 24));
            v15 = v15.lanewise(VectorOperators.XOR, v3);
            v15 = v15.lanewise(VectorOperators.LSHR, 8).or(v15.lanewise(VectorOperators.LSHL, 24));
            v8 = v8.add(v12);
            v4 = v4.lanewise(VectorOperators.XOR, v8);
            v4 = v4.lanewise(VectorOperators.LSHR, 7).or(v4.lanewise(VectorOperators.LSHL, 25));
            v9 = v9.add(v13);
            v5 = v5.lanewise(VectorOperators.XOR, v9);
            v5 = v5.lanewise(VectorOperators.LSHR, 7).or(v5.lanewise(VectorOperators.LSHL, 25));
            v10 = v10.add(v14);
            v6 = v6.lanewise(VectorOperators.XOR, v10);
            v6 = v6.lanewise(VectorOperators.LSHR, 7).or(v6.lanewise(VectorOperators.LSHL, 25));
            v11 = v11.add(v15);
            v7 = v7.lanewise(VectorOperators.XOR, v11);
            v7 = v7.lanewise(VectorOperators.LSHR, 7).or(v7.lanewise(VectorOperators.LSHL, 25));
            v0 = v0.add(v5).add(IntVector.fromMemorySegment(INTS, ALL, message + SCHEDULE[at + 8], ORDER));
            v1 = v1.add(v6).add(IntVector.fromMemorySegment(INTS, ALL, message + SCHEDULE[at + 10], ORDER));
            v2 = v2.add(v7).add(IntVector.fromMemorySegment(INTS, ALL, message + SCHEDULE[at + 12], ORDER));
            v3 = v3.add(v4).add(IntVector.fromMemorySegment(INTS, ALL, message + SCHEDULE[at + 14], ORDER));
            v15 = v15.lanewise(VectorOperators.XOR, v0);
            v15 = v15.lanewise(VectorOperators.LSHR, 16).or(v15.lanewise(VectorOperators.LSHL, 16));
            v12 = v12.lanewise(VectorOperators.XOR, v1);
            v12 = v12.lanewise(VectorOperators.LSHR, 16).or(v12.lanewise(VectorOperators.LSHL, 16));
            v13 = v13.lanewise(VectorOperators.XOR, v2);
            v13 = v13.lanewise(VectorOperators.LSHR, 16).or(v13.lanewise(VectorOperators.LSHL, 16));
            v14 = v14.lanewise(VectorOperators.XOR, v3);
            v14 = v14.lanewise(VectorOperators.LSHR, 16).or(v14.lanewise(VectorOperators.LSHL, 16));
            v10 = v10.add(v15);
            v5 = v5.lanewise(VectorOperators.XOR, v10);
            v5 = v5.lanewise(VectorOperators.LSHR, 12).or(v5.lanewise(VectorOperators.LSHL, 20));
            v11 = v11.add(v12);
            v6 = v6.lanewise(VectorOperators.XOR, v11);
            v6 = v6.lanewise(VectorOperators.LSHR, 12).or(v6.lanewise(VectorOperators.LSHL, 20));
            v8 = v8.add(v13);
            v7 = v7.lanewise(VectorOperators.XOR, v8);
            v7 = v7.lanewise(VectorOperators.LSHR, 12).or(v7.lanewise(VectorOperators.LSHL, 20));
            v9 = v9.add(v14);
            v4 = v4.lanewise(VectorOperators.XOR, v9);
            v4 = v4.lanewise(VectorOperators.LSHR, 12).or(v4.lanewise(VectorOperators.LSHL, 20));
            v0 = v0.add(v5).add(IntVector.fromMemorySegment(INTS, ALL, message + SCHEDULE[at + 9], ORDER));
            v1 = v1.add(v6).add(IntVector.fromMemorySegment(INTS, ALL, message + SCHEDULE[at + 11], ORDER));
            v2 = v2.add(v7).add(IntVector.fromMemorySegment(INTS, ALL, message + SCHEDULE[at + 13], ORDER));
            v3 = v3.add(v4).add(IntVector.fromMemorySegment(INTS, ALL, message + SCHEDULE[at + 15], ORDER));
            v15 = v15.lanewise(VectorOperators.XOR, v0);
            v15 = v15.lanewise(VectorOperators.LSHR, 8).or(v15.lanewise(VectorOperators.LSHL, 24));
            v12 = v12.lanewise(VectorOperators.XOR, v1);
            v12 = v12.lanewise(VectorOperators.LSHR, 8).or(v12.lanewise(VectorOperators.LSHL, 24));
            v13 = v13.lanewise(VectorOperators.XOR, v2);
            v13 = v13.lanewise(VectorOperators.LSHR, 8).or(v13.lanewise(VectorOperators.LSHL, 24));
            v14 = v14.lanewise(VectorOperators.XOR, v3);
            v14 = v14.lanewise(VectorOperators.LSHR, 8).or(v14.lanewise(VectorOperators.LSHL, 24));
            v10 = v10.add(v15);
            v5 = v5.lanewise(VectorOperators.XOR, v10);
            v5 = v5.lanewise(VectorOperators.LSHR, 7).or(v5.lanewise(VectorOperators.LSHL, 25));
            v11 = v11.add(v12);
            v6 = v6.lanewise(VectorOperators.XOR, v11);
            v6 = v6.lanewise(VectorOperators.LSHR, 7).or(v6.lanewise(VectorOperators.LSHL, 25));
            v8 = v8.add(v13);
            v7 = v7.lanewise(VectorOperators.XOR, v8);
            v7 = v7.lanewise(VectorOperators.LSHR, 7).or(v7.lanewise(VectorOperators.LSHL, 25));
            v9 = v9.add(v14);
            v4 = v4.lanewise(VectorOperators.XOR, v9);
            v4 = v4.lanewise(VectorOperators.LSHR, 7).or(v4.lanewise(VectorOperators.LSHL, 25));
        }
        v0.lanewise(VectorOperators.XOR, v8).intoMemorySegment(ALL, value, ORDER);
        v1.lanewise(VectorOperators.XOR, v9).intoMemorySegment(ALL, value + ROW, ORDER);
        v2.lanewise(VectorOperators.XOR, v10).intoMemorySegment(ALL, value + 2L * ROW, ORDER);
        v3.lanewise(VectorOperators.XOR, v11).intoMemorySegment(ALL, value + 3L * ROW, ORDER);
        v4.lanewise(VectorOperators.XOR, v12).intoMemorySegment(ALL, value + 4L * ROW, ORDER);
        v5.lanewise(VectorOperators.XOR, v13).intoMemorySegment(ALL, value + 5L * ROW, ORDER);
        v6.lanewise(VectorOperators.XOR, v14).intoMemorySegment(ALL, value + 6L * ROW, ORDER);
        v7.lanewise(VectorOperators.XOR, v15).intoMemorySegment(ALL, value + 7L * ROW, ORDER);
    }

    private static void store(final long jobs, final int count, final long value) {
        for (int lane = 0; lane < count; lane++) {
            final long output = LaneJobs.output(jobs, lane);
            final int words = LaneJobs.resultWords(LaneJobs.lastFlags(jobs, lane));
            for (int i = 0; i < words; i++) {
                final long row = value + (long) i * ROW;
                Memory.putInt(output + (long) i * Integer.BYTES, Memory.getInt(row + (long) lane * Integer.BYTES));
            }
        }
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
            schedule[i] *= ROW;
        }
        return schedule;
    }
}
