package io.envcli.engine.internal.store;

import io.envcli.journal.StoreKeys;
import io.envcli.simd.Blake3Lanes;
import io.envcli.simd.SipHash;

import java.util.Arrays;

/** The hashers of a store, made from its keys. */
public final class Hashers {
    private Hashers() {}

    /**
     * The hasher of names.
     *
     * @param keys of the store; borrowed.
     * @return a new hasher.
     */
    public static SipHash names(final StoreKeys keys) {
        final byte[] key = keys.nameHashKey();
        try {
            return new SipHash(word(key, 0), word(key, Long.BYTES));
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    /**
     * The hasher of values.
     *
     * @param keys of the store; borrowed.
     * @return a new hasher, which the caller closes.
     */
    public static Blake3Lanes fingerprints(final StoreKeys keys) {
        final byte[] key = keys.fingerprintKey();
        try {
            return new Blake3Lanes(key);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    private static long word(final byte[] key, final int offset) {
        long word = 0;
        for (int i = Long.BYTES - 1; i >= 0; i--) {
            word = (word << Byte.SIZE) | (key[offset + i] & 0xff);
        }
        return word;
    }
}
