package io.envcli.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * How many columns of a terminal a text takes: two for what Unicode's East Asian Width calls wide or full, none for marks
 * that combine with the character before, one for the rest. Terminals disagree about sequences that make one picture of
 * several characters; those are counted as the sum.
 */
final class DisplayWidth {
    private static final int FIRST_WIDE = 0x1100;
    /** First and last of each range that is wide: EastAsianWidth.txt of Unicode 14.0.0, W and F. */
    private static final int[] WIDE = {
        0x1100, 0x115F, 0x231A, 0x231B, 0x2329, 0x232A, 0x23E9, 0x23EC, 0x23F0, 0x23F0, 0x23F3, 0x23F3,
        0x25FD, 0x25FE, 0x2614, 0x2615, 0x2648, 0x2653, 0x267F, 0x267F, 0x2693, 0x2693, 0x26A1, 0x26A1,
        0x26AA, 0x26AB, 0x26BD, 0x26BE, 0x26C4, 0x26C5, 0x26CE, 0x26CE, 0x26D4, 0x26D4, 0x26EA, 0x26EA,
        0x26F2, 0x26F3, 0x26F5, 0x26F5, 0x26FA, 0x26FA, 0x26FD, 0x26FD, 0x2705, 0x2705, 0x270A, 0x270B,
        0x2728, 0x2728, 0x274C, 0x274C, 0x274E, 0x274E, 0x2753, 0x2755, 0x2757, 0x2757, 0x2795, 0x2797,
        0x27B0, 0x27B0, 0x27BF, 0x27BF, 0x2B1B, 0x2B1C, 0x2B50, 0x2B50, 0x2B55, 0x2B55, 0x2E80, 0x303E,
        0x3041, 0x3247, 0x3250, 0x4DBF, 0x4E00, 0xA4C6, 0xA960, 0xA97C, 0xAC00, 0xD7A3, 0xF900, 0xFAFF,
        0xFE10, 0xFE19, 0xFE30, 0xFE6B, 0xFF01, 0xFF60, 0xFFE0, 0xFFE6, 0x16FE0, 0x18CD5, 0x18D00, 0x18D08,
        0x1AFF0, 0x1B122, 0x1B150, 0x1B2FB, 0x1F004, 0x1F004, 0x1F0CF, 0x1F0CF, 0x1F18E, 0x1F18E, 0x1F191, 0x1F19A,
        0x1F200, 0x1F265, 0x1F300, 0x1F320, 0x1F32D, 0x1F335, 0x1F337, 0x1F37C, 0x1F37E, 0x1F393, 0x1F3A0, 0x1F3CA,
        0x1F3CF, 0x1F3D3, 0x1F3E0, 0x1F3F0, 0x1F3F4, 0x1F3F4, 0x1F3F8, 0x1F43E, 0x1F440, 0x1F440, 0x1F442, 0x1F4FC,
        0x1F4FF, 0x1F53D, 0x1F54B, 0x1F54E, 0x1F550, 0x1F567, 0x1F57A, 0x1F57A, 0x1F595, 0x1F596, 0x1F5A4, 0x1F5A4,
        0x1F5FB, 0x1F64F, 0x1F680, 0x1F6C5, 0x1F6CC, 0x1F6CC, 0x1F6D0, 0x1F6D2, 0x1F6D5, 0x1F6DF, 0x1F6EB, 0x1F6EC,
        0x1F6F4, 0x1F6FC, 0x1F7E0, 0x1F7F0, 0x1F90C, 0x1F93A, 0x1F93C, 0x1F945, 0x1F947, 0x1F9FF, 0x1FA70, 0x1FAF6,
        0x20000, 0x3FFFD};

    private DisplayWidth() {}

    /**
     * The columns that a text takes.
     *
     * @param text without control characters.
     * @return its width.
     */
    static int of(final String text) {
        int width = 0;
        for (int i = 0; i < text.length();) {
            final int c = text.codePointAt(i);
            width += of(c);
            i += Character.charCount(c);
        }
        return width;
    }

    /**
     * Cuts a text to a width; what is cut ends in an ellipsis.
     *
     * @param text  without control characters.
     * @param width in columns, at least 1.
     * @return the text, or its beginning.
     */
    static String cut(final String text, final int width) {
        if (text.length() * 2 <= width || of(text) <= width) {
            return text;
        }
        final int end = fitting(text, width - 1);
        return text.substring(0, end) + "\u2026";
    }

    /**
     * Breaks a text into lines between its words, and a word that is too long for a line anywhere.
     *
     * @param text  without control characters.
     * @param width of a line in columns, at least 2.
     * @return the lines; one at least.
     */
    static List<String> wrap(final String text, final int width) {
        final List<String> lines = new ArrayList<>();
        final StringBuilder line = new StringBuilder();
        for (final String word : text.split(" ", -1)) {
            if (!line.isEmpty() && of(line.toString()) + 1 + of(word) > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
            while (of(line.toString()) > width) {
                final int end = Math.max(fitting(line.toString(), width), Character.charCount(line.codePointAt(0)));
                lines.add(line.substring(0, end));
                line.delete(0, end);
            }
        }
        lines.add(line.toString());
        return lines;
    }

    /**
     * Cuts a text to a width from its end, where a path says most; what is cut begins with an ellipsis.
     *
     * @param text  without control characters.
     * @param width in columns, at least 1.
     * @return the text, or its end.
     */
    static String cutFront(final String text, final int width) {
        if (text.length() * 2 <= width || of(text) <= width) {
            return text;
        }
        int taken = 0;
        int start = text.length();
        while (start > 0) {
            final int c = text.codePointBefore(start);
            if (taken + of(c) > width - 1) {
                break;
            }
            taken += of(c);
            start -= Character.charCount(c);
        }
        return "\u2026" + text.substring(start);
    }

    /** How many of a text's characters fit into a width. */
    private static int fitting(final String text, final int width) {
        int taken = 0;
        int end = 0;
        while (end < text.length()) {
            final int c = text.codePointAt(end);
            if (taken + of(c) > width) {
                break;
            }
            taken += of(c);
            end += Character.charCount(c);
        }
        return end;
    }

    private static int of(final int c) {
        if (c < 0x300) {
            return 1;
        }
        return switch (Character.getType(c)) {
            case Character.OTHER_LETTER -> c >= 0x1160 && c <= 0x11FF ? 0 : isWide(c) ? 2 : 1; // Jamo join the one before.
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> 0;
            default -> isWide(c) ? 2 : 1;
        };
    }

    private static boolean isWide(final int c) {
        if (c < FIRST_WIDE) {
            return false;
        }
        int low = 0;
        int high = WIDE.length / 2 - 1;
        while (low <= high) {
            final int middle = (low + high) / 2;
            if (c > WIDE[2 * middle + 1]) {
                low = middle + 1;
            } else if (c < WIDE[2 * middle]) {
                high = middle - 1;
            } else {
                return true;
            }
        }
        return false;
    }
}
