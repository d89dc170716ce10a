package io.envcli.scan.internal.rule;

import io.envcli.scan.internal.text.Text;

/** What it means that a literal stands in a text. */
final class Anchors {
    private Anchors() {}

    /**
     * Whether a literal stands at a place.
     *
     * @param literal ASCII.
     * @param isWord  whether it is none where a letter at its beginning or end goes on.
     * @param text    borrowed.
     * @param length  of the text.
     * @param at      the place; may lie outside.
     * @return whether it does.
     */
    static boolean stands(final String literal, final boolean isWord, final byte[] text, final int length,
            final int at) {
        final int end = at + literal.length();
        if (at < 0 || end > length) {
            return false;
        }
        for (int i = 0; i < literal.length(); i++) {
            if (text[at + i] != literal.charAt(i)) {
                return false;
            }
        }
        return !isWord || !((at > 0 && Text.isNamePart(text[at - 1]) && Element.isWord(literal.charAt(0)))
                || (end < length && Text.isNamePart(text[end])
                        && Element.isWord(literal.charAt(literal.length() - 1))));
    }
}
