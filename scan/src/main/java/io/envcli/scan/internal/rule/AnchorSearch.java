package io.envcli.scan.internal.rule;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds several literals at once: a table of all pairs of bytes says at which of them one may begin. One look a byte,
 * whatever the number of literals.
 *
 * <p>Threading: immutable.
 */
public final class AnchorSearch {
    private static final int PAIRS = 1 << 16;

    /** Of the literals that begin with a pair the number of their list, from 1; 0 if there is none. */
    private final byte[] starts;
    private final List<List<Integer>> lists = new ArrayList<>();
    private final List<String> anchors;
    private final boolean areWords;

    /** Is told where a literal stands. */
    @FunctionalInterface
    public interface Hits {
        /**
         * A literal.
         *
         * @param anchor that stands there: its place among those given.
         * @param offset of its first byte.
         */
        void at(int anchor, int offset);
    }

    /**
     * Prepares a search.
     *
     * @param anchors ASCII, not empty; fewer than 100 that begin with different pairs.
     * @param areWords whether one is none where a letter at its beginning or end goes on.
     */
    public AnchorSearch(final List<String> anchors, final boolean areWords) {
        this.areWords = areWords;
        this.anchors = List.copyOf(anchors);
        starts = new byte[anchors.isEmpty() ? 0 : PAIRS];
        for (int number = 0; number < anchors.size(); number++) {
            final String anchor = anchors.get(number);
            final int first = anchor.charAt(0) << 8;
            if (anchor.length() > 1) {
                add(first | anchor.charAt(1), number);
            } else {
                for (int second = 0; second < 256; second++) {
                    add(first | second, number);
                }
            }
        }
    }

    private void add(final int pair, final int anchor) {
        final List<Integer> known = starts[pair] == 0 ? List.of() : lists.get(starts[pair] - 1);
        final List<Integer> with = new ArrayList<>(known);
        with.add(anchor);
        int number = lists.indexOf(with);
        if (number < 0) {
            number = lists.size();
            lists.add(with);
        }
        if (number >= Byte.MAX_VALUE) {
            throw new IllegalArgumentException("anchor=" + anchors.get(anchor) + " is one too many for a language");
        }
        starts[pair] = (byte) (number + 1);
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
        for (final int anchor : lists.get(number - 1)) {
            if (Anchors.stands(anchors.get(anchor), areWords, text, length, at)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Tells of every literal in a text, in order.
     *
     * @param text   borrowed.
     * @param length of the text.
     * @param hits   is told.
     */
    public void forEach(final byte[] text, final int length, final Hits hits) {
        for (int at = next(text, length, 0); at < length; at = next(text, length, at + 1)) {
            for (final int anchor : lists.get(starts[pair(text, length, at)] - 1)) {
                if (Anchors.stands(anchors.get(anchor), areWords, text, length, at)) {
                    hits.at(anchor, at);
                }
            }
        }
    }

    private static int pair(final byte[] text, final int length, final int at) {
        return (text[at] & 0xFF) << 8 | (at + 1 < length ? text[at + 1] & 0xFF : 0);
    }
}
