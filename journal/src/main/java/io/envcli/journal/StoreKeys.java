package io.envcli.journal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The keys of one store, each derived apart from the user's key with HKDF-SHA256: knowing one says nothing about another.
 *
 * <p>Threading: immutable until {@link #close()}, which wipes the keys.
 */
public final class StoreKeys implements AutoCloseable {
    private static final byte[] FINGERPRINT = ascii("env-cli 1 fingerprint");
    private static final byte[] NAME_HASH = ascii("env-cli 1 name hash");
    private static final byte[] BLOCK = ascii("env-cli 1 block");
    private static final int BLOCK_KEY_LENGTH = 32;

    private final byte[] userKey;
    private final byte[] storeId;
    private final byte[] fingerprintKey;
    private final byte[] nameHashKey;

    private StoreKeys(final byte[] userKey, final byte[] storeId) {
        this.userKey = userKey;
        this.storeId = storeId;
        this.fingerprintKey = Hkdf.derive(userKey, storeId, FINGERPRINT, 32);
        this.nameHashKey = Hkdf.derive(userKey, storeId, NAME_HASH, 16);
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

    /** {@return 32 bytes for keyed BLAKE3; a copy} */
    public byte[] fingerprintKey() {
        return fingerprintKey.clone();
    }

    /** {@return 16 bytes for the view's keyed hashes of names; a copy} */
    public byte[] nameHashKey() {
        return nameHashKey.clone();
    }

    /** {@return the store's id; a copy} */
    public byte[] storeId() {
        return storeId.clone();
    }

    /** The key of all blocks sealed under a salt: 32 bytes, the caller's to wipe. */
    byte[] blockKey(final byte[] salt, final int offset) {
        final byte[] idAndSalt = Arrays.copyOf(storeId, storeId.length + Hash.LENGTH);
        System.arraycopy(salt, offset, idAndSalt, storeId.length, Hash.LENGTH);
        return Hkdf.derive(userKey, idAndSalt, BLOCK, BLOCK_KEY_LENGTH);
    }

    /** Wipes the keys. Idempotent. */
    @Override
    public void close() {
        Arrays.fill(userKey, (byte) 0);
        Arrays.fill(fingerprintKey, (byte) 0);
        Arrays.fill(nameHashKey, (byte) 0);
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
