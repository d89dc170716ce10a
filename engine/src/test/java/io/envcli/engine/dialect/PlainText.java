package io.envcli.engine.dialect;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Text decoded the plain way: one number per character, or per byte that belongs to none, and places in the source. */
final class PlainText {
    /** A byte that is not UTF-8 is this plus its value. */
    static final int INVALID = 0x110000;

    private final byte[] bytes;
    private final int[] offsets;
    /** Characters as they stand in the source. */
    private final int[] raw;
    /** Which of them each normalised character was; one more than there are. */
    private final int[] origins;
    /** Characters with CRLF and CR turned into LF. */
    private final int[] normal;

    PlainText(final byte[] bytes) {
        this.bytes = bytes;
        final int[] characters = new int[bytes.length];
        final int[] starts = new int[bytes.length + 1];
        int count = 0;
        for (int i = 0; i < bytes.length;) {
            final int length = characterLength(i);
            starts[count] = i;
            characters[count++] = length == 0 ? INVALID + (bytes[i] & 0xFF) : decode(i, length);
            i += Math.max(1, length);
        }
        starts[count] = bytes.length;
        raw = Arrays.copyOf(characters, count);
        offsets = Arrays.copyOf(starts, count + 1);
        origins = new int[count + 1];
        normal = normalise();
    }

    private int[] normalise() {
        final int[] result = new int[raw.length];
        int count = 0;
        for (int i = 0; i < raw.length; i++) {
            origins[count] = i;
            result[count++] = raw[i] == '\r' ? '\n' : raw[i];
            i += raw[i] == '\r' && i + 1 < raw.length && raw[i + 1] == '\n' ? 1 : 0;
        }
        origins[count] = raw.length;
        return Arrays.copyOf(result, count);
    }

    int[] normal() {
        return normal;
    }

    /** Bytes of a range of normalised characters, as they stand in the source. */
    int rawLength(final int from, final int to) {
        return offsets[origins[to]] - offsets[origins[from]];
    }

    /** Line of a normalised character. */
    int line(final int index) {
        int line = 1;
        for (int i = 0; i < index; i++) {
            line += normal[i] == '\n' ? 1 : 0;
        }
        return line;
    }

    /** Column of a normalised character. */
    int column(final int index) {
        int column = 1;
        for (int i = index - 1; i >= 0 && normal[i] != '\n'; i--) {
            final boolean mark = i == 0 && normal[0] == 0xFEFF;
            final boolean continues = normal[i] >= INVALID + 0x80 && normal[i] < INVALID + 0xC0;
            column += mark || continues ? 0 : 1;
        }
        return column;
    }

    /** First byte of a normalised character. */
    int firstByte(final int index) {
        return bytes[offsets[origins[index]]] & 0xFF;
    }

    /** 1 to 4, or 0 if none begins here. */
    private int characterLength(final int at) {
        for (int length = 1; length <= 4 && at + length <= bytes.length; length++) {
            if (isCharacter(at, length)) {
                return length;
            }
        }
        return 0;
    }

    private boolean isCharacter(final int at, final int length) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, at, length)).length() > 0;
        } catch (final CharacterCodingException e) {
            return false;
        }
    }

    private int decode(final int at, final int length) {
        return new String(bytes, at, length, StandardCharsets.UTF_8).codePointAt(0);
    }
}
