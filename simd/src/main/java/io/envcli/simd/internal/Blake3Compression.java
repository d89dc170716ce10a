package io.envcli.simd.internal;

/**
 * The compression function of BLAKE3 in plain Java. State and message stay in locals; a loop of seven rounds rather
 * than unrolled ones, since C1 and C2 both compile a small body well and at once.
 */
final class Blake3Compression {
    private Blake3Compression() {}

    /**
     * Compresses one block.
     *
     * @param value   the chaining value, 8 words; replaced by the new one. The first bytes of a root's output are the
     *                first of these words.
     * @param words   the block, 16 words.
     * @param counter of the chunk, from 0; 0 for a parent.
     * @param length  of the block in bytes, 0 to 64.
     * @param flags   of the block.
     */
    static void compress(final int[] value, final int[] words, final int counter, final int length, final int flags) {
        int m0 = words[0];
        int m1 = words[1];
        int m2 = words[2];
        int m3 = words[3];
        int m4 = words[4];
        int m5 = words[5];
        int m6 = words[6];
        int m7 = words[7];
        int m8 = words[8];
        int m9 = words[9];
        int m10 = words[10];
        int m11 = words[11];
        int m12 = words[12];
        int m13 = words[13];
        int m14 = words[14];
        int m15 = words[15];
        int v0 = value[0];
        int v1 = value[1];
        int v2 = value[2];
        int v3 = value[3];
        int v4 = value[4];
        int v5 = value[5];
        int v6 = value[6];
        int v7 = value[7];
        int v8 = Blake3Constants.IV0;
        int v9 = Blake3Constants.IV1;
        int v10 = Blake3Constants.IV2;
        int v11 = Blake3Constants.IV3;
        int v12 = counter;
        int v13 = 0;
        int v14 = length;
        int v15 = flags;
        for (int round = 0; round < Blake3Constants.ROUNDS; round++) {
            v0 += v4 + m0;
            v12 ^= v0;
            v12 = (v12 >>> 16) | (v12 << 16);
            v8 += v12;
            v4 ^= v8;
            v4 = (v4 >>> 12) | (v4 << 20);
            v0 += v4 + m1;
            v12 ^= v0;
            v12 = (v12 >>> 8) | (v12 << 24);
            v8 += v12;
            v4 ^= v8;
            v4 = (v4 >>> 7) | (v4 << 25);
            v1 += v5 + m2;
            v13 ^= v1;
            v13 = (v13 >>> 16) | (v13 << 16);
            v9 += v13;
            v5 ^= v9;
            v5 = (v5 >>> 12) | (v5 << 20);
            v1 += v5 + m3;
            v13 ^= v1;
            v13 = (v13 >>> 8) | (v13 << 24);
            v9 += v13;
            v5 ^= v9;
            v5 = (v5 >>> 7) | (v5 << 25);
            v2 += v6 + m4;
            v14 ^= v2;
            v14 = (v14 >>> 16) | (v14 << 16);
            v10 += v14;
            v6 ^= v10;
            v6 = (v6 >>> 12) | (v6 << 20);
            v2 += v6 + m5;
            v14 ^= v2;
            v14 = (v14 >>> 8) | (v14 << 24);
            v10 += v14;
            v6 ^= v10;
            v6 = (v6 >>> 7) | (v6 << 25);
            v3 += v7 + m6;
            v15 ^= v3;
            v15 = (v15 >>> 16) | (v15 << 16);
            v11 += v15;
            v7 ^= v11;
            v7 = (v7 >>> 12) | (v7 << 20);
            v3 += v7 + m7;
            v15 ^= v3;
            v15 = (v15 >>> 8) | (v15 << 24);
            v11 += v15;
            v7 ^= v11;
            v7 = (v7 >>> 7) | (v7 << 25);
            v0 += v5 + m8;
            v15 ^= v0;
            v15 = (v15 >>> 16) | (v15 << 16);
            v10 += v15;
            v5 ^= v10;
            v5 = (v5 >>> 12) | (v5 << 20);
            v0 += v5 + m9;
            v15 ^= v0;
            v15 = (v15 >>> 8) | (v15 << 24);
            v10 += v15;
            v5 ^= v10;
            v5 = (v5 >>> 7) | (v5 << 25);
            v1 += v6 + m10;
            v12 ^= v1;
            v12 = (v12 >>> 16) | (v12 << 16);
            v11 += v12;
            v6 ^= v11;
            v6 = (v6 >>> 12) | (v6 << 20);
            v1 += v6 + m11;
            v12 ^= v1;
            v12 = (v12 >>> 8) | (v12 << 24);
            v11 += v12;
            v6 ^= v11;
            v6 = (v6 >>> 7) | (v6 << 25);
            v2 += v7 + m12;
            v13 ^= v2;
            v13 = (v13 >>> 16) | (v13 << 16);
            v8 += v13;
            v7 ^= v8;
            v7 = (v7 >>> 12) | (v7 << 20);
            v2 += v7 + m13;
            v13 ^= v2;
            v13 = (v13 >>> 8) | (v13 << 24);
            v8 += v13;
            v7 ^= v8;
            v7 = (v7 >>> 7) | (v7 << 25);
            v3 += v4 + m14;
            v14 ^= v3;
            v14 = (v14 >>> 16) | (v14 << 16);
            v9 += v14;
            v4 ^= v9;
            v4 = (v4 >>> 12) | (v4 << 20);
            v3 += v4 + m15;
            v14 ^= v3;
            v14 = (v14 >>> 8) | (v14 << 24);
            v9 += v14;
            v4 ^= v9;
            v4 = (v4 >>> 7) | (v4 << 25);
            // The next round's order of the words.
            final int first0 = m0;
            m0 = m2;
            m2 = m3;
            m3 = m10;
            m10 = m12;
            m12 = m9;
            m9 = m11;
            m11 = m5;
            m5 = first0;
            final int first1 = m1;
            m1 = m6;
            m6 = m4;
            m4 = m7;
            m7 = m13;
            m13 = m14;
            m14 = m15;
            m15 = m8;
            m8 = first1;
        }
        value[0] = v0 ^ v8;
        value[1] = v1 ^ v9;
        value[2] = v2 ^ v10;
        value[3] = v3 ^ v11;
        value[4] = v4 ^ v12;
        value[5] = v5 ^ v13;
        value[6] = v6 ^ v14;
        value[7] = v7 ^ v15;
    }
}
