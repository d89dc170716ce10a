package io.envcli.journal;

import javax.crypto.Cipher;

import java.io.Serial;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Provider;

/**
 * The JDK's AES-256-GCM and SHA-256, and nothing beside them: a provider of two entries that name the JDK's own classes. The
 * providers that have them, SunJCE and SUN, enter some five hundred algorithms when they are asked for one, which is a
 * tenth of what a {@code get} in a new process takes.
 *
 * <p>A JDK that has these classes elsewhere, or that takes ciphers from signed providers alone, is asked in the usual way.
 *
 * <p>Threading: any thread.
 */
public final class JdkAlgorithms extends Provider {
    private static final String AES_GCM = "AES/GCM/NoPadding";
    private static final String SHA_256 = "SHA-256";
    private static final JdkAlgorithms PROVIDER = new JdkAlgorithms();

    @Serial
    private static final long serialVersionUID = 1;

    private JdkAlgorithms() {
        super("env-cli", "1", "AES-256-GCM and SHA-256 of the JDK");
        putService(
                new Service(this, "Cipher", AES_GCM, "com.sun.crypto.provider.GaloisCounterMode$AESGCM", null, null));
        putService(new Service(this, "MessageDigest", SHA_256, "sun.security.provider.SHA2$SHA256", null, null));
    }

    /** {@return a new cipher that is not initialised yet} */
    static Cipher aesGcm() {
        try {
            return Cipher.getInstance(AES_GCM, PROVIDER);
        } catch (final GeneralSecurityException | SecurityException e) {
            return usualAesGcm();
        }
    }

    private static Cipher usualAesGcm() {
        try {
            return Cipher.getInstance(AES_GCM);
        } catch (final GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no " + AES_GCM, e);
        }
    }

    /** {@return a new digest} */
    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance(SHA_256, PROVIDER);
        } catch (final GeneralSecurityException | SecurityException e) {
            return usualSha256();
        }
    }

    private static MessageDigest usualSha256() {
        try {
            return MessageDigest.getInstance(SHA_256);
        } catch (final GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no " + SHA_256, e);
        }
    }
}
