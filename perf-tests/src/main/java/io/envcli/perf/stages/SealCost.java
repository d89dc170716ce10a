package io.envcli.perf.stages;

import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;

/**
 * What AES-256-GCM costs by itself: the JDK's cipher, over as many blocks of the journal's size. Sealing and appending are
 * one call in the journal; taking this from it leaves the append.
 *
 * <p>Threading: one thread.
 */
final class SealCost {
    private static final int TAG_BITS = 128;
    private static final int NONCE_LENGTH = 12;

    private final Cipher cipher;
    private final SecretKeySpec key = new SecretKeySpec(new byte[32], "AES");
    private final byte[] nonce = new byte[NONCE_LENGTH];
    private long counter;

    SealCost() {
        try {
            cipher = Cipher.getInstance("AES/GCM/NoPadding");
        } catch (final GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no AES/GCM/NoPadding", e);
        }
    }

    /**
     * Seals, in place, and proves the last block by opening it again.
     *
     * @param blocks      how many.
     * @param blockLength bytes of plaintext in each.
     * @return nanoseconds of processor time.
     */
    long nanos(final long blocks, final int blockLength) {
        final byte[] block = new byte[blockLength + TAG_BITS / Byte.SIZE];
        final long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        byte[] plain = block;
        try {
            for (long i = 0; i < blocks; i++) {
                if (i == blocks - 1) {
                    plain = block.clone();
                }
                run(Cipher.ENCRYPT_MODE, ++counter, block, blockLength);
            }
            final long nanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
            if (blocks > 0) {
                run(Cipher.DECRYPT_MODE, counter, block, block.length);
                if (!Arrays.equals(plain, 0, blockLength, block, 0, blockLength)) {
                    throw new IllegalStateException("a sealed block opens to another one");
                }
            }
            return nanos;
        } catch (final GeneralSecurityException e) {
            throw new IllegalStateException("cannot seal", e);
        }
    }

    private void run(final int mode, final long number, final byte[] block, final int length)
            throws GeneralSecurityException {
        ByteBuffer.wrap(nonce).putLong(0, number);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.doFinal(block, 0, length, block, 0);
    }
}
