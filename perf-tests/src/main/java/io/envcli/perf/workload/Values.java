package io.envcli.perf.workload;

import java.nio.charset.StandardCharsets;

/**
 * Writes values as a reader will have them: quotes, escapes and line ends of the file are not in them.
 *
 * <p>Threading: immutable.
 */
final class Values {
    /** All may stand in a value without quotes. */
    private static final byte[] TOKEN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
            .getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NON_ASCII = "éß日本😀".getBytes(StandardCharsets.UTF_8);
    private static final byte[] BEGIN = ascii("-----BEGIN PRIVATE KEY-----\n");
    private static final byte[] END = ascii("-----END PRIVATE KEY-----\n");
    private static final byte[] REFERENCE = ascii("${BASE_URL}/");
    private static final byte[] APOSTROPHE = ascii("it's \"");
    private static final byte[] FIELD = ascii("  \"field\": \"");
    private static final byte[] FIELD_END = ascii("\",\n");
    private static final int CERTIFICATE_LINE = 64;
    private static final int FIELD_LENGTH = 24;

    /** The purposes of draws from here on are the words of tokens. */
    private static final int KIND = 16;
    private static final int SIZE = 17;
    private static final int WORDS = 18;
    private static final int FIRST_WORD = 32;
    private static final int CHARACTERS_A_WORD = 10;

    private final Draws draws;

    Values(final Draws draws) {
        this.draws = draws;
    }

    /**
     * Writes a value.
     *
     * @param position of the assignment.
     * @param form     how it will be written.
     * @param length   wanted, in bytes; some forms have lengths of their own.
     * @param into     receives the value from its start.
     * @return its length in bytes.
     */
    int write(final long position, final Form form, final int length, final byte[] into) {
        return switch (form) {
            case EMPTY -> 0;
            case DOUBLE_QUOTED, SINGLE_QUOTED -> text(Texts.QUOTED, position, length, into);
            case BACKTICK_QUOTED -> token(position, put(APOSTROPHE, into, 0), length, into);
            case REFERENCE -> token(position, put(REFERENCE, into, 0), length, into);
            case NON_ASCII -> token(position, put(NON_ASCII, into, 0), length, into);
            case LONG_SECRET -> token(position, 0, secretLength(position), into);
            case CERTIFICATE, ESCAPED_CERTIFICATE -> certificate(position, into);
            case JSON -> json(position, into);
            case PLAIN, CRLF, INLINE_COMMENT -> plain(position, length, into);
        };
    }

    /** Half of the short ones are words that many variables share, as in life; what is longer is mostly secrets. */
    private int plain(final long position, final int length, final byte[] into) {
        if (length <= 32 && draws.below(position, KIND, 2) == 0) {
            return text(Texts.PLAIN, position, length, into);
        }
        return token(position, 0, length, into);
    }

    private int text(final Texts words, final long position, final int length, final byte[] into) {
        words.copy(draws.bits(position, WORDS), into, 0, length);
        return length;
    }

    /** Random characters from an offset up to the length wanted, at least one. */
    private int token(final long position, final int offset, final int length, final byte[] into) {
        int word = FIRST_WORD;
        final int end = Math.max(offset + 1, length);
        int at = offset;
        for (; at + CHARACTERS_A_WORD <= end; at += CHARACTERS_A_WORD) {
            characters(draws.bits(position, word++), into, at, CHARACTERS_A_WORD);
        }
        characters(draws.bits(position, word), into, at, end - at);
        return end;
    }

    private static void characters(final long bits, final byte[] into, final int offset, final int length) {
        long rest = bits;
        for (int i = 0; i < length; i++) {
            into[offset + i] = TOKEN[(int) rest & 63];
            rest >>>= 6;
        }
    }

    /** 200 to 4,000 bytes, short ones oftener: evenly distributed by their logarithm. */
    private int secretLength(final long position) {
        return (int) (200 * Math.pow(20, draws.below(position, SIZE, 10_001) / 10_000.0));
    }

    private int certificate(final long position, final byte[] into) {
        final int lines = 2 + draws.below(position, SIZE, 26);
        int at = put(BEGIN, into, 0);
        for (int line = 0; line < lines; line++) {
            at = token(position + line, at, at + CERTIFICATE_LINE, into);
            into[at++] = '\n';
        }
        return put(END, into, at);
    }

    private int json(final long position, final byte[] into) {
        final int fields = 1 + draws.below(position, SIZE, 30);
        into[0] = '{';
        into[1] = '\n';
        int at = 2;
        for (int field = 0; field < fields; field++) {
            at = put(FIELD, into, at);
            at = token(position + field, at, at + FIELD_LENGTH, into);
            at = put(FIELD_END, into, at);
        }
        into[at++] = '}';
        return at;
    }

    private static int put(final byte[] text, final byte[] into, final int offset) {
        System.arraycopy(text, 0, into, offset, text.length);
        return offset + text.length;
    }

    private static byte[] ascii(final String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
