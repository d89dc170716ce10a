package io.envcli.scan.internal.text;

import java.nio.charset.StandardCharsets;

/**
 * The bytes of a file. Past the end every byte reads as 0.
 *
 * @param bytes  borrowed.
 * @param length of the text in them.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Text(byte[] bytes, int length) {
    /**
     * A byte.
     *
     * @param at its place.
     * @return the byte, or 0 where there is none.
     */
    public byte at(final int at) {
        return at >= 0 && at < length ? bytes[at] : 0;
    }

    /**
     * Whether a byte may be part of a name in code.
     *
     * @param c the byte.
     * @return whether it may; all beyond ASCII may.
     */
    public static boolean isNamePart(final byte c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c < 0;
    }

    /**
     * Whether some bytes stand at a place.
     *
     * @param what ASCII.
     * @param from the place.
     * @return whether they do.
     */
    public boolean startsWith(final String what, final int from) {
        if (from < 0 || from + what.length() > length) {
            return false;
        }
        for (int i = 0; i < what.length(); i++) {
            if (bytes[from + i] != what.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Finds bytes.
     *
     * @param what ASCII, not empty.
     * @param from where to begin.
     * @return the first place, or -1.
     */
    public int indexOf(final String what, final int from) {
        return indexOf(what, from, length);
    }

    /**
     * Finds bytes in a part.
     *
     * @param what ASCII, not empty.
     * @param from where to begin.
     * @param to   where the part ends.
     * @return the first place, or -1.
     */
    public int indexOf(final String what, final int from, final int to) {
        final byte first = (byte) what.charAt(0);
        for (int i = Math.max(0, from); i <= Math.min(to, length) - what.length(); i++) {
            if (bytes[i] == first && startsWith(what, i)) {
                return i;
            }
        }
        return -1;
    }

    /**
     * Where a line ends.
     *
     * @param from a place in it.
     * @return the place of its line feed, or the end of the text.
     */
    public int lineEnd(final int from) {
        int i = from;
        while (i < length && bytes[i] != '\n') {
            i++;
        }
        return i;
    }

    /**
     * Where a line begins.
     *
     * @param from a place in it.
     * @return the place after the line feed before it, or 0.
     */
    public int lineStart(final int from) {
        int i = Math.min(from, length);
        while (i > 0 && bytes[i - 1] != '\n') {
            i--;
        }
        return i;
    }

    /**
     * Part of the text.
     *
     * @param from its beginning.
     * @param to   its end.
     * @return as UTF-8; what is not becomes U+FFFD.
     */
    public String string(final int from, final int to) {
        return new String(bytes, from, Math.max(0, Math.min(to, length) - from), StandardCharsets.UTF_8);
    }
}
