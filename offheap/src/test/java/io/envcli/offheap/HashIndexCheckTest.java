package io.envcli.offheap;

import org.junit.jupiter.api.Test;

import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class HashIndexCheckTest {
    private static final long SEED = 20260101;
    private final Random random = new Random(SEED);

    @Test
    void noticesEachFlippedBitOfAnEntry() {
        for (int round = 0; round < 2000; round++) {
            final long[] w = random.longs(7).toArray();
            w[0] &= Integer.MAX_VALUE;
            w[6] &= 0xFFFF_FFFFL;
            final long check = entry(w);
            assertNotEquals(0, check);
            for (int word = 0; word < w.length; word++) {
                for (int bit = 0; bit < (word == 0 ? 31 : word == 6 ? 32 : 64); bit++) {
                    w[word] ^= 1L << bit;
                    assertNotEquals(check, entry(w), "seed=" + SEED + " word=" + word + " bit=" + bit);
                    w[word] ^= 1L << bit;
                }
            }
        }
    }

    private static long entry(final long[] w) {
        return HashIndexCheck.entry(w[0], w[1], w[2], w[3], w[4], w[5], w[6]);
    }

    @Test
    void noticesEachFlippedBitOfACommit() {
        for (int round = 0; round < 2000; round++) {
            final long[] w = random.longs(5).toArray();
            final long check = version(w);
            for (int bit = 0; bit < w.length * Long.SIZE; bit++) {
                w[bit / Long.SIZE] ^= 1L << bit;
                assertNotEquals(check, version(w), "seed=" + SEED + " bit=" + bit);
                w[bit / Long.SIZE] ^= 1L << bit;
            }
        }
    }

    private static long version(final long[] w) {
        return HashIndexCheck.version(w[0], w[1], w[2], w[3], w[4]);
    }

    @Test
    void noticesEachFlippedBitOfASlot() {
        for (int round = 0; round < 2000; round++) {
            final long slot = random.nextLong();
            for (int number = 1; number <= 7; number++) {
                for (int bit = 0; bit < Long.SIZE; bit++) {
                    assertNotEquals(HashIndexCheck.slot(number, slot), HashIndexCheck.slot(number, slot ^ (1L << bit)),
                            "seed=" + SEED + " bit=" + bit);
                }
            }
        }
    }

    @Test
    void noticesEachFlippedBitOfAWord() {
        for (int round = 0; round < 2000; round++) {
            final long number = random.nextLong() >>> 24;
            final long seed = random.nextInt(1 << 20);
            final long word = HashIndexCheck.word(number, seed);
            assertEquals(number, HashIndexCheck.number(word, seed));
            final long half = HashIndexCheck.half(number >>> 8, seed);
            assertEquals(number >>> 8, HashIndexCheck.halfNumber(half, seed));
            for (int bit = 0; bit < Long.SIZE; bit++) {
                assertEquals(-1, HashIndexCheck.number(word ^ (1L << bit), seed), "seed=" + SEED);
                assertEquals(-1, HashIndexCheck.halfNumber(half ^ (1L << bit), seed), "seed=" + SEED);
            }
            assertEquals(-1, HashIndexCheck.number(0, seed));
            assertEquals(-1, HashIndexCheck.halfNumber(0, seed));
            assertEquals(-1, HashIndexCheck.number(word, seed + 1));
        }
    }

    @Test
    void spreadsOneNameOverAllEnvironmentsBuckets() {
        final int buckets = 1000;
        final int[] counts = new int[buckets];
        for (int environment = 1; environment <= 5 * buckets; environment++) {
            counts[(int) HashIndexCheck.home(42, environment, buckets)]++;
        }
        for (final int count : counts) {
            assertTrue(count < 25, "count=" + count + " of 5 on average");
        }
    }
}
