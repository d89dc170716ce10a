package io.envcli.journal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The keys of one store, each derived apart from the user's key with HKDF-SHA256: knowing one says nothing about another.
 * Each is derived when it is asked for: SHA-256 is slow in a cold process, and a reader needs one of them.
 *
 * <p>Threading: immutable until {@link #close()}, which wipes the user's key; nothing may be derived afterwards.
 */
public final class StoreKeys implements AutoCloseable {
    private static final byte[] FINGERPRINT = ascii("env-cli 1 fingerprint");
    private static final byte[] NAME_HASH = ascii("env-cli 1 name hash");
    private static final byte[] BLOCK = ascii("env-cli 1 block");
    private static final int FINGERPRINT_KEY_LENGTH = 32;
    private static final int NAME_HASH_KEY_LENGTH = 16;
    private static final int BLOCK_KEY_LENGTH = 32;

    private final byte[] userKey;
    private final byte[] storeId;
    private boolean closed;

    private StoreKeys(final byte[] userKey, final byte[] storeId) {
        this.userKey = userKey;
        this.storeId = storeId;
    }

    /**
     * Derives the keys of a store.
     *
     * @param userKey borrowed; may be closed afterwards.
     * @param storeId the store's 16 bytes; copied.
     * @return the keys; the caller closes them.
     */
    public static StoreKeys derive(final UserKey userKey, final byte[] storeId) {
        if (storeId.length != FrameDescriptor.STORE_ID_LENGTH) {
            throw new IllegalArgumentException("length=" + storeId.length + " must be 16");
        }
        return new StoreKeys(userKey.bytes().clone(), storeId.clone());
    }

    /** {@return 32 bytes for keyed BLAKE3, derived anew; the caller's to wipe} */
    public byte[] fingerprintKey() {
        return derive(storeId, FINGERPRINT, FINGERPRINT_KEY_LENGTH);
    }

    /** {@return 16 bytes for the view's keyed hashes of names, derived anew; the caller's to wipe} */
    public byte[] nameHashKey() {
        return derive(storeId, NAME_HASH, NAME_HASH_KEY_LENGTH);
    }

    /** {@return the store's id; a copy} */
    public byte[] storeId() {
        return storeId.clone();
    }

    /** The key of all blocks sealed under a salt: 32 bytes, the caller's to wipe. */
    byte[] blockKey(final byte[] salt, final int offset) {
        final byte[] idAndSalt = Arrays.copyOf(storeId, storeId.length + Hash.LENGTH);
        System.arraycopy(salt, offset, idAndSalt, storeId.length, Hash.LENGTH);
        return derive(idAndSalt, BLOCK, BLOCK_KEY_LENGTH);
    }

    private byte[] derive(final byte[] salt, final byte[] info, final int length) {
        if (closed) {
            throw new IllegalStateException("the keys have been wiped");
        }
        return Hkdf.derive(userKey, salt, info, length);
    }

    /** Wipes the keys. Idempotent. */
    @Override
    public void close() {
        closed = true;
        Arrays.fill(userKey, (byte) 0);
    }

    /** {@return that these are keys, not which} */
    @Override
    public String toString() {
        return "StoreKeys";
    }

    private static byte[] ascii(final String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
