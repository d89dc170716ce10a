package io.envcli.engine.internal.files;

import io.envcli.engine.StoreException;
import io.envcli.engine.StoreException.Kind;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * What a single variable may be, whatever its dialect: a name of 1 to 65,535 bytes without {@code =}, NUL or newline, a
 * value of valid UTF-8 without NUL, and name, {@code =} and value together at most 131,071 bytes, since Linux refuses
 * longer ones in a process environment.
 */
public final class Variables {
    /** The longest name in bytes of UTF-8. */
    public static final int MAX_NAME_LENGTH = 65_535;
    /** The most that name, {@code =} and value may have together, in bytes. */
    public static final int MAX_LENGTH = 131_071;

    private Variables() {}

    /**
     * Checks a name.
     *
     * @param name to check.
     * @return its bytes in UTF-8.
     * @throws StoreException of kind INVALID if it may not be.
     */
    public static byte[] name(final String name) {
        final byte[] utf8 = encode("name", name);
        if (utf8.length == 0 || utf8.length > MAX_NAME_LENGTH) {
            throw invalid("the name has " + utf8.length + " bytes; it must have 1 to " + MAX_NAME_LENGTH);
        }
        for (final byte b : utf8) {
            if (b == '=' || b == 0 || b == '\n' || b == '\r') {
                throw invalid("the name has a byte 0x" + hex(b) + "; it must be without '=', NUL and newline");
            }
        }
        return utf8;
    }

    /**
     * Checks a value.
     *
     * @param name  checked before.
     * @param value to check; never shown.
     * @throws StoreException of kind INVALID if it may not be.
     */
    public static void checkValue(final byte[] name, final byte[] value) {
        Objects.requireNonNull(value, "value"); // From callers whose compiler does not know.
        int bits = 0;
        for (int i = 0; i < value.length; i++) {
            if (value[i] == 0) {
                throw invalid("the value has a NUL at byte " + i + "; no process environment can hold it");
            }
            bits |= value[i];
        }
        if (bits < 0) { // Not ASCII, as most values are.
            checkUtf8(value);
        }
        final long length = name.length + 1L + value.length;
        if (length > MAX_LENGTH) {
            throw invalid("name, '=' and value have " + length + " bytes together; Linux takes at most " + MAX_LENGTH);
        }
    }

    private static void checkUtf8(final byte[] value) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value));
        } catch (final CharacterCodingException e) {
            throw invalid("the value is not valid UTF-8; encode it, as base64 for example");
        }
    }

    /**
     * The bytes of a value.
     *
     * @param value as text; never shown.
     * @return the same in UTF-8.
     * @throws StoreException of kind INVALID if it is no valid Unicode.
     */
    public static byte[] encodeValue(final String value) {
        return encode("value", value);
    }

    private static byte[] encode(final String what, final String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return encodeStrictly(what, text);
            }
        }
        return text.getBytes(StandardCharsets.UTF_8); // Nothing else is there that it could replace silently.
    }

    private static byte[] encodeStrictly(final String what, final String text) {
        try {
            final ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            final byte[] result = new byte[bytes.remaining()];
            bytes.get(result);
            return result;
        } catch (final CharacterCodingException e) {
            throw invalid("the " + what + " is not valid Unicode");
        }
    }

    private static String hex(final byte b) {
        return String.format("%02X", b);
    }

    private static StoreException invalid(final String what) {
        return new StoreException(Kind.INVALID, what);
    }
}
