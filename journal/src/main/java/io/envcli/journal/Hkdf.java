package io.envcli.journal;

import java.security.MessageDigest;
import java.util.Arrays;

/**
 * HKDF with SHA-256 (RFC 5869) for outputs of up to 32 bytes.
 *
 * <p>Made of {@link MessageDigest} alone: it costs a cold process a tenth of what the JDK's own key derivation does, which
 * starts the whole provider machinery.
 */
final class Hkdf {
    private static final int BLOCK = 64;

    private Hkdf() {}

    /** Length up to 32. The caller wipes the result. */
    static byte[] derive(final byte[] key, final byte[] salt, final byte[] info, final int length) {
        final byte[] pseudoRandom = hmac(salt, key);
        final byte[] message = Arrays.copyOf(info, info.length + 1);
        message[info.length] = 1;
        final byte[] output = hmac(pseudoRandom, message);
        final byte[] result = Arrays.copyOf(output, length);
        Arrays.fill(pseudoRandom, (byte) 0);
        Arrays.fill(output, (byte) 0);
        return result;
    }

    static byte[] hmac(final byte[] key, final byte[] message) {
        final MessageDigest digest = JdkAlgorithms.sha256();
        final byte[] padded = Arrays.copyOf(key.length > BLOCK ? digest.digest(key) : key, BLOCK);
        xor(padded, 0x36);
        digest.update(padded);
        final byte[] inner = digest.digest(message);
        xor(padded, 0x36 ^ 0x5C);
        digest.update(padded);
        final byte[] outer = digest.digest(inner);
        Arrays.fill(padded, (byte) 0);
        Arrays.fill(inner, (byte) 0);
        return outer;
    }

    private static void xor(final byte[] bytes, final int mask) {
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] ^= (byte) mask;
        }
    }
}
