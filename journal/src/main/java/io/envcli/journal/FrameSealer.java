package io.envcli.journal;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.zip.CRC32C;

import static io.envcli.journal.FrameDescriptor.*;

/**
 * Finishes frames: header, seals, CRCs. One per opening for writing; holds the opening's salt and its nonce counter, which
 * never goes back, whatever becomes of a frame.
 *
 * <p>Threading: one thread.
 */
final class FrameSealer implements AutoCloseable {
    private final BlockCipher cipher = new BlockCipher();
    private final CRC32C crc = new CRC32C();
    private final byte[] storeId;
    private final byte[] salt;
    private long nextNonce;

    FrameSealer(final StoreKeys keys) {
        this(keys, randomSalt());
    }

    /** Under a given salt, which must never have been used before. */
    FrameSealer(final StoreKeys keys, final byte[] salt) {
        cipher.keys(keys);
        this.storeId = keys.storeId();
        this.salt = salt.clone();
    }

    private static byte[] randomSalt() {
        final byte[] salt = new byte[Hash.LENGTH];
        new SecureRandom().nextBytes(salt);
        return salt;
    }

    /** Writes what the header says of itself; called before the clear fields are hashed, and before {@link #seal}. */
    void header(final FrameBuilder frame, final int kind, final int segment, final long transaction,
            final long firstChange) {
        final byte[] to = frame.buffer();
        LittleEndian.putInt(to, MAGIC, MAGIC_VALUE);
        LittleEndian.putShort(to, VERSION, FrameDescriptor.version(kind));
        to[KIND] = (byte) kind;
        to[RESERVED] = 0;
        System.arraycopy(storeId, 0, to, STORE_ID, STORE_ID_LENGTH);
        LittleEndian.putInt(to, SEGMENT_NUMBER, segment);
        LittleEndian.putInt(to, FRAME_LENGTH, frame.length());
        LittleEndian.putLong(to, TRANSACTION, transaction);
        LittleEndian.putLong(to, FIRST_CHANGE, firstChange);
        LittleEndian.putInt(to, CHANGE_COUNT, frame.changeCount());
        LittleEndian.putInt(to, BLOCK_COUNT, frame.blockCount());
        LittleEndian.putLong(to, FIRST_NONCE, nextNonce);
        System.arraycopy(salt, 0, to, SALT, Hash.LENGTH);
        LittleEndian.putInt(to, CLEAR_LENGTH, switch (kind) {
            case SEGMENT -> SegmentDescriptor.LENGTH;
            case COMMIT, WHOLE -> CommitDescriptor.LENGTH;
            default -> 0;
        });
    }

    /** Seals every block, then writes the CRCs. */
    void seal(final FrameBuilder frame) {
        final byte[] buffer = frame.buffer();
        final int blocks = frame.blockCount();
        nextNonce += blocks;
        int at = HEADER_LENGTH + LittleEndian.getInt(buffer, CLEAR_LENGTH);
        for (int i = 0; i < blocks; i++) {
            cipher.seal(buffer, at);
            at += BlockDescriptor.length(LittleEndian.getInt(buffer, at + BlockDescriptor.SEALED_LENGTH));
        }
        LittleEndian.putInt(buffer, FRAME_CRC, crc(buffer, HEADER_LENGTH, frame.length() - HEADER_LENGTH));
        LittleEndian.putInt(buffer, HEADER_CRC, crc(buffer, 0, HEADER_CRC));
    }

    private int crc(final byte[] buffer, final int offset, final int length) {
        crc.reset();
        crc.update(buffer, offset, length);
        return (int) crc.getValue();
    }

    /** What a transaction's hash becomes with one more frame; the frame is at {@code offset}, whole and well-formed. */
    static void transactionHash(final MessageDigest digest, final Hash before, final byte[] buffer, final int offset,
            final byte[] result) {
        before.copyTo(result, 0);
        digest.update(result, 0, Hash.LENGTH);
        digest.update(buffer, offset, HEADER_LENGTH);
        final int blocks = LittleEndian.getInt(buffer, offset + BLOCK_COUNT);
        int at = offset + HEADER_LENGTH + LittleEndian.getInt(buffer, offset + CLEAR_LENGTH);
        for (int i = 0; i < blocks; i++) {
            final int sealedLength = LittleEndian.getInt(buffer, at + BlockDescriptor.SEALED_LENGTH);
            digest.update(buffer, at + BlockDescriptor.PREFIX_LENGTH + sealedLength - BlockDescriptor.TAG_LENGTH,
                    BlockDescriptor.TAG_LENGTH);
            at += BlockDescriptor.length(sealedLength);
        }
        finish(digest, result);
    }

    /** The chain hash of a frame that commits, at {@code offset}. */
    static void chainHash(final MessageDigest digest, final Hash before, final byte[] buffer, final int offset,
            final byte[] result) {
        before.copyTo(result, 0);
        digest.update(result, 0, Hash.LENGTH);
        digest.update(buffer, offset, SEALED_LENGTH);
        digest.update(buffer, offset + HEADER_LENGTH, CommitDescriptor.CHAIN_HASH);
        finish(digest, result);
    }

    private static void finish(final MessageDigest digest, final byte[] result) {
        try {
            digest.digest(result, 0, Hash.LENGTH);
        } catch (final DigestException e) {
            throw new IllegalStateException("SHA-256 does not fit 32 bytes", e);
        }
    }

    @Override
    public void close() {
        cipher.close();
    }
}
