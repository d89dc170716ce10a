package io.envcli.journal;

import java.io.Serial;
import java.security.SecureRandom;
import java.security.SecureRandomSpi;

/**
 * For a cipher that needs no randomness, as GCM with a nonce of ours: without one the JDK makes its default source of it, by
 * reflection, and a cold process spends 10 ms of processor on that. Whoever asks this one for a byte has made a mistake, and
 * is told so.
 */
final class NoRandom extends SecureRandom {
    static final NoRandom INSTANCE = new NoRandom();

    @Serial
    private static final long serialVersionUID = 1;

    private NoRandom() {
        super(new Refusing(), null);
    }

    private static final class Refusing extends SecureRandomSpi {
        @Serial
        private static final long serialVersionUID = 1;

        @Override
        protected void engineSetSeed(final byte[] seed) {
            throw new IllegalStateException("a cipher with a nonce of its own seeds a source of randomness");
        }

        @Override
        protected void engineNextBytes(final byte[] bytes) {
            throw new IllegalStateException("a cipher with a nonce of its own asks for randomness");
        }

        @Override
        protected byte[] engineGenerateSeed(final int count) {
            throw new IllegalStateException("a cipher with a nonce of its own asks for a seed");
        }
    }
}
