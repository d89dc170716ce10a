package io.envcli.journal;

import org.jspecify.annotations.Nullable;

import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

import java.security.GeneralSecurityException;
import java.util.Arrays;

import static io.envcli.journal.BlockDescriptor.*;
import static io.envcli.journal.FrameDescriptor.HEADER_LENGTH;
import static io.envcli.journal.FrameDescriptor.SALT;

/**
 * Seals and opens blocks in place with AES-256-GCM: the ciphertext takes the place of the plaintext.
 *
 * <p>One cipher object is used again and again, with a new nonce for each block.
 *
 * <p>Threading: one thread.
 */
final class BlockCipher implements AutoCloseable {
    private final Cipher cipher = JdkAlgorithms.aesGcm();
    private final byte[] nonce = new byte[NONCE_LENGTH];
    private final byte[] associated = new byte[FrameDescriptor.SEALED_LENGTH
            + Math.max(CommitDescriptor.LENGTH, SegmentDescriptor.LENGTH) + PREFIX_LENGTH];
    private @Nullable StoreKeys keys;
    private @Nullable SecretKeySpec key;
    private Hash salt = Hash.ZERO;

    /** Whose blocks are sealed and opened; borrowed. */
    void keys(final StoreKeys storeKeys) {
        keys = storeKeys;
        key = null;
    }

    /** Seals a block of a frame whose header is complete but for its CRCs. */
    void seal(final byte[] frame, final int blockOffset) {
        final int sealedLength = LittleEndian.getInt(frame, blockOffset + SEALED_LENGTH);
        final int at = blockOffset + PREFIX_LENGTH;
        try {
            start(Cipher.ENCRYPT_MODE, frame, 0, frame, blockOffset);
            cipher.doFinal(frame, at, sealedLength - TAG_LENGTH, frame, at);
        } catch (final GeneralSecurityException e) {
            throw new IllegalStateException("cannot seal", e);
        }
    }

    /**
     * Opens a block in place. Header and clear fields are at {@code header} of one buffer, the block's prefix at
     * {@code blockOffset} of another or the same one.
     *
     * @return whether the tag is right; if not, the content is undefined.
     */
    boolean open(final byte[] frame, final int header, final byte[] block, final int blockOffset) {
        final int sealedLength = LittleEndian.getInt(block, blockOffset + SEALED_LENGTH);
        final int at = blockOffset + PREFIX_LENGTH;
        try {
            start(Cipher.DECRYPT_MODE, frame, header, block, blockOffset);
            cipher.doFinal(block, at, sealedLength, block, at);
            return true;
        } catch (final AEADBadTagException e) {
            return false;
        } catch (final GeneralSecurityException e) {
            throw new IllegalStateException("cannot open a sealed block", e);
        }
    }

    private void start(final int mode, final byte[] frame, final int header, final byte[] block,
            final int blockOffset) throws GeneralSecurityException {
        final int index = LittleEndian.getInt(block, blockOffset + INDEX);
        LittleEndian.putLong(nonce, NONCE_COUNTER,
                LittleEndian.getLong(frame, header + FrameDescriptor.FIRST_NONCE) + index);
        cipher.init(mode, key(frame, header + SALT), new GCMParameterSpec(TAG_LENGTH * Byte.SIZE, nonce),
                NoRandom.INSTANCE);
        final int clearLength = LittleEndian.getInt(frame, header + FrameDescriptor.CLEAR_LENGTH);
        System.arraycopy(frame, header, associated, 0, FrameDescriptor.SEALED_LENGTH);
        int length = FrameDescriptor.SEALED_LENGTH;
        System.arraycopy(frame, header + HEADER_LENGTH, associated, length, clearLength);
        length += clearLength;
        System.arraycopy(block, blockOffset, associated, length, PREFIX_LENGTH);
        cipher.updateAAD(associated, 0, length + PREFIX_LENGTH);
    }

    private SecretKeySpec key(final byte[] buffer, final int offset) {
        final SecretKeySpec known = key;
        if (known != null && salt.equalTo(buffer, offset)) {
            return known;
        }
        if (keys == null) {
            throw new IllegalStateException("no keys");
        }
        final byte[] bytes = keys.blockKey(buffer, offset);
        final SecretKeySpec derived = new SecretKeySpec(bytes, "AES");
        Arrays.fill(bytes, (byte) 0);
        salt = Hash.of(buffer, offset);
        key = derived;
        return derived;
    }

    /** Forgets the keys: the JDK offers no way to wipe those that it has copied. */
    @Override
    public void close() {
        keys = null;
        key = null;
    }
}
