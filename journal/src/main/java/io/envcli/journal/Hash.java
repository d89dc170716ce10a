package io.envcli.journal;

import java.util.Arrays;
import java.util.HexFormat;

/** 32 bytes that stand for something: a SHA-256 hash or a salt. Immutable. */
public final class Hash {
    /** Bytes in a hash. */
    public static final int LENGTH = 32;
    /** All zero: what the chain of commits starts from. */
    public static final Hash ZERO = new Hash(new byte[LENGTH]);

    private final byte[] bytes;

    private Hash(final byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Copies a hash out of a buffer.
     *
     * @param buffer borrowed.
     * @param offset of the first of 32 bytes.
     * @return the hash.
     */
    public static Hash of(final byte[] buffer, final int offset) {
        return new Hash(Arrays.copyOfRange(buffer, offset, offset + LENGTH));
    }

    /**
     * Copies the hash into a buffer.
     *
     * @param buffer borrowed.
     * @param offset of the first of 32 bytes.
     */
    public void copyTo(final byte[] buffer, final int offset) {
        System.arraycopy(bytes, 0, buffer, offset, LENGTH);
    }

    boolean equalTo(final byte[] buffer, final int offset) {
        return Arrays.equals(bytes, 0, LENGTH, buffer, offset, offset + LENGTH);
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof Hash hash && Arrays.equals(bytes, hash.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** {@return 64 hexadecimal digits} */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}
