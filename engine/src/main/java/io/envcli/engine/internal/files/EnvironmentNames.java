package io.envcli.engine.internal.files;

import io.envcli.engine.StoreException;
import io.envcli.engine.StoreException.Kind;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * What an environment may be called: 1 to 255 bytes of UTF-8, {@code /} between segments, no control character, no empty,
 * {@code .} or {@code ..} segment. Names are case-sensitive.
 */
public final class EnvironmentNames {
    /** The longest name in bytes of UTF-8. */
    public static final int MAX_LENGTH = 255;
    /** Where variables go when nothing else is said. */
    public static final String DEFAULT = "default";

    private EnvironmentNames() {}

    /**
     * Checks a name.
     *
     * @param name to check.
     * @return its bytes in UTF-8.
     * @throws StoreException of kind INVALID, naming what is wrong, if it may not be.
     */
    public static byte[] encode(final String name) {
        final byte[] bytes = utf8(name);
        if (bytes.length == 0 || bytes.length > MAX_LENGTH) {
            throw invalid(name, "has " + bytes.length + " bytes; it must have 1 to " + MAX_LENGTH);
        }
        for (final String segment : name.split("/", -1)) {
            if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
                throw invalid(name, "has an empty, '.' or '..' segment");
            }
        }
        if (name.codePoints().anyMatch(c -> Character.getType(c) == Character.CONTROL)) {
            throw invalid(name, "has a control character");
        }
        return bytes;
    }

    private static byte[] utf8(final String name) {
        try {
            final ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(name));
            final byte[] result = new byte[bytes.remaining()];
            bytes.get(result);
            return result;
        } catch (final CharacterCodingException e) {
            throw new StoreException(Kind.INVALID, "an environment's name is not valid Unicode", e);
        }
    }

    private static StoreException invalid(final String name, final String what) {
        final String shown = name.length() > 300 ? name.substring(0, 300) + "…" : name;
        return new StoreException(Kind.INVALID,
                "environment '" + printable(shown) + "' " + what + "; choose another");
    }

    /**
     * Makes text from outside harmless for a terminal.
     *
     * @param text with any characters.
     * @return the same with control characters as escapes such as {@code \x1b}.
     */
    static String printable(final String text) {
        final StringBuilder safe = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            final char c = text.charAt(i);
            if (Character.isISOControl(c)) {
                safe.append(String.format("\\x%02x", (int) c));
            } else {
                safe.append(c);
            }
        }
        return safe.toString();
    }
}
