package io.envcli.scan.internal.rule;

import io.envcli.scan.internal.text.Text;
import io.envcli.simd.BytePairs;
import io.envcli.simd.Kernels;
import io.envcli.simd.PairKernel;
import org.agrona.UnsafeApi;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Says whether one of several literals stands in a text, which of most files none does. A kernel looks for pairs of bytes
 * that a {@link PairChoice} has made, so that each literal has one in it; where one stands, literals are compared.
 *
 * <p>Threading: immutable.
 */
final class Prefilter {
    private final BytePairs pairs;
    private final int[] keys;
    /** The literals of each pair. */
    private final Candidate[][] candidates;

    /**
     * A literal that stands so many bytes before a pair if it stands there.
     *
     * @param head its first bytes, as eight bytes of memory.
     * @param mask of those that are compared.
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Candidate(byte[] literal, boolean isWord, int offset, long head, long mask) {
        static Candidate of(final Literal literal, final int offset) {
            final byte[] bytes = literal.text().getBytes(StandardCharsets.US_ASCII);
            final ByteBuffer head = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.nativeOrder());
            final ByteBuffer mask = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.nativeOrder());
            for (int i = 0; i < Math.min(bytes.length, Long.BYTES); i++) {
                head.put(i, bytes[i]);
                mask.put(i, (byte) -1);
            }
            return new Candidate(bytes, literal.isWord(), offset, head.getLong(0), mask.getLong(0));
        }

        boolean stands(final long text, final int length, final int pair) {
            final int at = pair - offset;
            return at >= 0 && at + literal.length <= length && (UnsafeApi.getLong(text + at) & mask) == head
                    && endsAt(text, length, at);
        }

        private boolean endsAt(final long text, final int length, final int at) {
            for (int i = Long.BYTES; i < literal.length; i++) {
                if (UnsafeApi.getByte(text + at + i) != literal[i]) {
                    return false;
                }
            }
            final int end = at + literal.length;
            return !isWord
                    || !((at > 0 && Text.isNamePart(literal[0]) && Text.isNamePart(UnsafeApi.getByte(text + at - 1)))
                            || (end < length && Text.isNamePart(literal[literal.length - 1])
                                    && Text.isNamePart(UnsafeApi.getByte(text + end))));
        }
    }

    /**
     * What is looked for.
     *
     * @param text   ASCII, not empty.
     * @param isWord whether it is none where a letter at its beginning or end goes on.
     */
    record Literal(String text, boolean isWord) {
        /** Whether this one stands wherever another does. */
        boolean isIn(final Literal other) {
            final String longer = other.text;
            final int end = text.length();
            return !equals(other) && longer.startsWith(text) && (!isWord || (other.isWord && (end == longer.length()
                    || !Element.isWord(text.charAt(end - 1)) || !Element.isWord(longer.charAt(end)))));
        }
    }

    /**
     * What all stands in a text if a rule matches there: one of them is looked for, which one is free.
     *
     * @param literal that is rarest.
     * @param others  that are looked for instead where that makes pairs fewer.
     * @param isRare  whether the literal is so rare that another is taken only for a pair that is looked for anyway.
     */
    record Need(Literal literal, List<Literal> others, boolean isRare) {}

    /** Prepares a filter for literals. */
    static Prefilter of(final List<Literal> literals) {
        return new Prefilter(literals.stream().map(literal -> new Need(literal, List.of(), false)).toList());
    }

    /**
     * Prepares a filter.
     *
     * @param needs of rules; if there is none, none is found.
     */
    Prefilter(final List<Need> needs) {
        final PairChoice choice = new PairChoice(needs);
        final Set<Literal> sought = new HashSet<>(choice.literals());
        keys = choice.pairs().stream().mapToInt(Integer::intValue).toArray();
        pairs = new BytePairs(keys);
        candidates = new Candidate[keys.length][];
        for (int i = 0; i < keys.length; i++) {
            final int key = keys[i];
            candidates[i] = sought.stream().filter(literal -> PairChoice.offset(literal.text(), key) >= 0)
                    .sorted(Comparator.comparing(Literal::text))
                    .map(literal -> Candidate.of(literal, PairChoice.offset(literal.text(), key)))
                    .toArray(Candidate[]::new);
            sought.removeIf(literal -> PairChoice.offset(literal.text(), key) >= 0);
        }
    }

    /**
     * Whether a literal stands in a text.
     *
     * @param text   its address, borrowed; {@link PairKernel#OVER_READ} bytes after it must be readable.
     * @param length of the text.
     * @return whether one does.
     */
    boolean finds(final long text, final int length) {
        final PairKernel kernel = Kernels.current().pairs();
        for (int at = kernel.find(pairs, text, length, 0); at < length; at = kernel.find(pairs, text, length, at + 1)) {
            if (stands(text, length, at)) {
                return true;
            }
        }
        return false;
    }

    private boolean stands(final long text, final int length, final int at) {
        final int here = UnsafeApi.getByte(text + at) & 0xFF;
        final int both = here | (UnsafeApi.getByte(text + at + 1) & 0xFF) << Byte.SIZE;
        for (int i = 0; i < keys.length; i++) {
            if (keys[i] == both || keys[i] == (here | PairChoice.ANY)) {
                for (final Candidate candidate : candidates[i]) {
                    if (candidate.stands(text, length, at)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }
}
