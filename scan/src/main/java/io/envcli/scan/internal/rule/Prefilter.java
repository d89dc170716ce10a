package io.envcli.scan.internal.rule;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Says whether one of several literals stands in a text, which of most files none does. Only every n-th pair of bytes is
 * looked up, where n is one less than the shortest literal is long: of n pairs in a row in a literal, one must be hit. The n
 * that are rarest in source code are taken. The lookups do not depend on each other, so that several are under way at a time.
 *
 * <p>Threading: immutable.
 */
final class Prefilter {
    private static final VarHandle PAIR = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int PAIRS = 1 << 16;
    private static final int MOST_BUCKETS = Byte.MAX_VALUE;
    private static final int LONGEST_STEP = 8;
    private static final int AT_ONCE = 4;
    /** Letters of source code, the most frequent first. */
    private static final String FREQUENT = " etarinsoclpdumgfhbv";

    private final int step;
    /** From a pair to the number of its bucket, from 1; 0 if it is in no literal. */
    private final byte[] buckets;
    private final List<List<Candidate>> candidates = new ArrayList<>();

    /** A literal that may stand so many bytes before a pair. */
    private record Candidate(String literal, boolean isWord, int offset) {}

    /**
     * What is looked for.
     *
     * @param text   ASCII, not empty.
     * @param isWord whether it is none where a letter at its end goes on.
     */
    record Literal(String text, boolean isWord) {}

    /**
     * Prepares a filter.
     *
     * @param literals to look for; if there is none, none is found.
     */
    Prefilter(final List<Literal> literals) {
        final int shortest = literals.stream().mapToInt(literal -> literal.text().length()).min().orElse(1);
        step = Math.clamp(shortest - 1L, 1, LONGEST_STEP);
        buckets = new byte[literals.isEmpty() ? 0 : PAIRS];
        literals.stream().distinct().forEach(this::add);
    }

    private void add(final Literal literal) {
        final String text = literal.text();
        if (text.length() == 1) {
            for (int second = 0; second < 256; second++) {
                add(text.charAt(0) | (second << 8), new Candidate(text, literal.isWord(), 0));
            }
            return;
        }
        int best = 0;
        for (int from = 1; from + step < text.length(); from++) {
            best = frequency(text, from) < frequency(text, best) ? from : best;
        }
        for (int at = best; at < best + step; at++) {
            add(text.charAt(at) | (text.charAt(at + 1) << 8), new Candidate(text, literal.isWord(), at));
        }
    }

    private int frequency(final String text, final int from) {
        int sum = 0;
        for (int at = from; at < from + step; at++) {
            sum += frequency(text.charAt(at)) * frequency(text.charAt(at + 1));
        }
        return sum;
    }

    private static int frequency(final char c) {
        final int rank = FREQUENT.indexOf(c);
        return rank < 0 ? 1 : FREQUENT.length() + 1 - rank;
    }

    /** Where there are more pairs than buckets, some share one: that costs time alone. */
    private void add(final int pair, final Candidate candidate) {
        if (buckets[pair] == 0) {
            if (candidates.size() < MOST_BUCKETS) {
                candidates.add(new ArrayList<>());
                buckets[pair] = (byte) candidates.size();
            } else {
                buckets[pair] = (byte) (1 + pair % MOST_BUCKETS);
            }
        }
        candidates.get(buckets[pair] - 1).add(candidate);
    }

    /**
     * Whether a literal stands in a text.
     *
     * @param text   borrowed.
     * @param length of the text.
     * @return whether one does.
     */
    boolean finds(final byte[] text, final int length) {
        if (buckets.length == 0 || length == 0) {
            return false;
        }
        final byte[] table = buckets;
        final int by = step;
        int i = 0;
        for (final int end = length - 1 - AT_ONCE * by; i < end; i += AT_ONCE * by) {
            final int any = table[pair(text, i)] | table[pair(text, i + by)] | table[pair(text, i + 2 * by)]
                    | table[pair(text, i + 3 * by)];
            if (any != 0 && anyOf(text, length, i, i + AT_ONCE * by)) {
                return true;
            }
        }
        return anyOf(text, length, i, length);
    }

    private static int pair(final byte[] text, final int at) {
        return (short) PAIR.get(text, at) & 0xFFFF;
    }

    /** Whether a literal stands around one of the pairs that begin in a part of a text. */
    private boolean anyOf(final byte[] text, final int length, final int from, final int to) {
        for (int i = from; i < to; i += step) {
            final int pair = (text[i] & 0xFF) | (i + 1 < length ? (text[i + 1] & 0xFF) << 8 : 0);
            if (buckets[pair] != 0) {
                for (final Candidate candidate : candidates.get(buckets[pair] - 1)) {
                    if (Anchors.stands(candidate.literal(), candidate.isWord(), text, length, i - candidate.offset())) {
                        return true;
                    }
                }
            }
        }
        return false;
    }
}
