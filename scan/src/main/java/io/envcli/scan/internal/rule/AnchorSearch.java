package io.envcli.scan.internal.rule;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds several literals at once: a table of all pairs of bytes says at which of them one may begin. One look a byte,
 * whatever the number of literals.
 *
 * <p>Threading: immutable.
 */
final class AnchorSearch {
    private static final int PAIRS = 1 << 16;

    /** Of the literals that begin with a pair the number of their list, from 1; 0 if there is none. */
    private final byte[] starts;
    private final List<List<String>> lists = new ArrayList<>();

    /** Is told where a literal stands. */
    interface Hits {
        void at(String anchor, int offset);
    }

    /**
     * Prepares a search.
     *
     * @param anchors ASCII, not empty; fewer than 100 that begin with different pairs.
     */
    AnchorSearch(final List<String> anchors) {
        starts = new byte[anchors.isEmpty() ? 0 : PAIRS];
        for (final String anchor : anchors) {
            final int first = anchor.charAt(0) << 8;
            if (anchor.length() > 1) {
                add(first | anchor.charAt(1), anchor);
            } else {
                for (int second = 0; second < 256; second++) {
                    add(first | second, anchor);
                }
            }
        }
    }

    private void add(final int pair, final String anchor) {
        final List<String> known = starts[pair] == 0 ? List.of() : lists.get(starts[pair] - 1);
        final List<String> with = new ArrayList<>(known);
        with.add(anchor);
        int number = lists.indexOf(with);
        if (number < 0) {
            number = lists.size();
            lists.add(with);
        }
        if (number >= Byte.MAX_VALUE) {
            throw new IllegalArgumentException("anchor=" + anchor + " is one too many for a language");
        }
        starts[pair] = (byte) (number + 1);
    }

    /** Whether a literal stands in a text. */
    boolean finds(final byte[] text, final int length) {
        return next(text, length, 0) < length;
    }

    /** The first place at or after one where a literal stands; the length if there is none. */
    private int next(final byte[] text, final int length, final int from) {
        if (starts.length == 0) {
            return length;
        }
        final byte[] table = starts;
        int pair = from < length ? text[from] & 0xFF : 0;
        for (int i = from; i < length; i++) {
            pair = (pair << 8 | (i + 1 < length ? text[i + 1] & 0xFF : 0)) & 0xFFFF;
            if (table[pair] != 0 && any(table[pair], text, length, i)) {
                return i;
            }
        }
        return length;
    }

    private boolean any(final int number, final byte[] text, final int length, final int at) {
        for (final String anchor : lists.get(number - 1)) {
            if (stands(anchor, text, length, at)) {
                return true;
            }
        }
        return false;
    }

    private static boolean stands(final String anchor, final byte[] text, final int length, final int at) {
        if (at + anchor.length() > length) {
            return false;
        }
        for (int i = 0; i < anchor.length(); i++) {
            if (text[at + i] != anchor.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Tells of every literal in a text, in order. */
    void forEach(final byte[] text, final int length, final Hits hits) {
        for (int at = next(text, length, 0); at < length; at = next(text, length, at + 1)) {
            for (final String anchor : lists.get(starts[pair(text, length, at)] - 1)) {
                if (stands(anchor, text, length, at)) {
                    hits.at(anchor, at);
                }
            }
        }
    }

    private static int pair(final byte[] text, final int length, final int at) {
        return (text[at] & 0xFF) << 8 | (at + 1 < length ? text[at + 1] & 0xFF : 0);
    }
}
