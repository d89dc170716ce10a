package io.envcli.scan.internal.secret;

import java.nio.charset.StandardCharsets;

/** Bytes as characters, without a copy: a pattern's own view of a file. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Latin1(byte[] bytes, int from, int to) implements CharSequence {
    @Override
    public int length() {
        return to - from;
    }

    @Override
    public char charAt(final int index) {
        return (char) (bytes[from + index] & 0xFF);
    }

    @Override
    public CharSequence subSequence(final int start, final int end) {
        return new Latin1(bytes, from + start, from + end);
    }

    @Override
    public String toString() {
        return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }
}
