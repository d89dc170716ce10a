package io.envcli.journal;

import org.junit.jupiter.api.Test;

import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

class JdkAlgorithmsTest {
    private static final byte[] TEXT = "a text of more than one block of any kind, for it has more than 64 bytes"
            .getBytes(
                    StandardCharsets.US_ASCII);

    @Test
    void sealsAsTheJdksOwnProviderDoes() throws GeneralSecurityException {
        assertArrayEquals(sealed(Cipher.getInstance("AES/GCM/NoPadding")), sealed(JdkAlgorithms.aesGcm()));
    }

    private static byte[] sealed(final Cipher cipher) throws GeneralSecurityException {
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(new byte[32], "AES"),
                new GCMParameterSpec(128, new byte[12]),
                NoRandom.INSTANCE);
        cipher.updateAAD(TEXT, 0, 20);
        return cipher.doFinal(TEXT);
    }

    @Test
    void digestsAsTheJdksOwnProviderDoes() throws GeneralSecurityException {
        assertArrayEquals(MessageDigest.getInstance("SHA-256").digest(TEXT), JdkAlgorithms.sha256().digest(TEXT));
    }

    /** Else a new process would take the long way, and nobody would notice. */
    @Test
    void asksNoProviderButItsOwn() {
        assumeFalse(System.getProperty("java.vendor", "").contains("Oracle"),
                "takes ciphers from signed providers alone");
        assertEquals("env-cli", JdkAlgorithms.aesGcm().getProvider().getName());
        assertEquals("env-cli", JdkAlgorithms.sha256().getProvider().getName());
    }
}
