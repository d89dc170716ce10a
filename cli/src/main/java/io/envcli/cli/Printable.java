package io.envcli.cli;

import java.nio.charset.StandardCharsets;

/**
 * Text from outside, made harmless for a terminal: a control character, a line or paragraph separator or a change of
 * writing direction is shown as its escape instead of being obeyed.
 */
final class Printable {
    private static final String HEX = "0123456789abcdef";

    private Printable() {}

    /**
     * Makes a single-line text harmless.
     *
     * @param text from a file, an argument or the store.
     * @return the same text if it was harmless, else one with escapes such as {@code \x1b} or <code>&#92;u202e</code>.
     */
    static String line(final String text) {
        return escape(text, false);
    }

    /**
     * Makes a text of several lines harmless: line feeds and tabs stay.
     *
     * @param text from a file, an argument or the store.
     * @return the same text if it was harmless, else one with escapes.
     */
    static String lines(final String text) {
        return escape(text, true);
    }

    /**
     * Decodes bytes from outside.
     *
     * @param utf8 well-formed or not: what is not becomes U+FFFD.
     * @return the text, not yet harmless.
     */
    static String decode(final byte[] utf8) {
        return new String(utf8, StandardCharsets.UTF_8);
    }

    private static String escape(final String text, final boolean multiLine) {
        for (int i = 0; i < text.length(); i++) {
            if (harmful(text.charAt(i), multiLine)) {
                return escapeFrom(i, text, multiLine);
            }
        }
        return text;
    }

    private static String escapeFrom(final int first, final String text, final boolean multiLine) {
        final StringBuilder escaped = new StringBuilder(text.length() + 16).append(text, 0, first);
        for (int i = first; i < text.length(); i++) {
            final char c = text.charAt(i);
            if (!harmful(c, multiLine)) {
                escaped.append(c);
            } else if (c < 0x100) {
                escaped.append("\\x").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
            } else {
                escaped.append("\\u");
                for (int shift = 12; shift >= 0; shift -= 4) {
                    escaped.append(HEX.charAt(c >> shift & 15));
                }
            }
        }
        return escaped.toString();
    }

    private static boolean harmful(final char c, final boolean multiLine) {
        if (c < 0x20) {
            return !(multiLine && (c == '\n' || c == '\t'));
        }
        return within(c, 0x7F, 0x9F) // DEL and C1, where ESC has its one-byte twin
                || within(c, 0x2028, 0x202E) // separators, embeddings and overrides of direction
                || within(c, 0x2066, 0x2069) // isolates
                || c == 0x200E || c == 0x200F || c == 0x061C; // marks of direction
    }

    private static boolean within(final char c, final int first, final int last) {
        return c >= first && c <= last;
    }
}
