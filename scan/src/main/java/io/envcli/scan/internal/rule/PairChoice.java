package io.envcli.scan.internal.rule;

import io.envcli.scan.internal.rule.Prefilter.Literal;
import io.envcli.scan.internal.rule.Prefilter.Need;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Chooses pairs of bytes, as few and as rare in source code as it finds, such that each of some needs has a literal with
 * one of them in it: greedily, as for any set cover, first what costs least for each need that it serves.
 *
 * <p>Threading: immutable.
 */
final class PairChoice {
    /** Above the first byte of what is no pair but one byte alone, as {@link io.envcli.simd.BytePairs} takes it. */
    static final int ANY = -1 << Byte.SIZE;

    /** Bytes of source code, the most frequent first; what is not named is rarer than all. */
    private static final String FREQUENT = " etrnaiosclpudm.hgf_(),bvyE=\"'SwTxkARIN;";
    /**
     * What looking for one more pair costs, in units of {@link #frequency(int)}: about as much as comparing literals where a
     * pair of two bytes of middling rank stands. A kernel compares each pair with every byte of a text, so that one frequent
     * pair in all literals is better than several rare ones: at 200 Go's literals have six pairs rather than one, at 700 C#'s
     * two. From 1,000 to 2,000 the choice is the same for all tables.
     */
    private static final int ONE_PAIR_COSTS = 1_000;

    private final List<Integer> pairs = new ArrayList<>();
    private final Set<Literal> literals = new HashSet<>();

    PairChoice(final List<Need> needs) {
        choose(needs.stream().filter(need -> !need.isRare()).toList());
        choose(needs.stream()
                .map(need -> new Need(need.literal(), with(need, pairs) == null ? List.of() : need.others(),
                        true))
                .toList());
        final Set<Literal> all = new HashSet<>();
        needs.forEach(need -> all.add(Objects.requireNonNull(with(need, pairs))));
        literals.addAll(all);
        literals.removeIf(literal -> all.stream().anyMatch(other -> other.isIn(literal)));
        prune();
    }

    /** The pairs as {@link io.envcli.simd.BytePairs} takes them. */
    List<Integer> pairs() {
        return pairs;
    }

    /** One literal of each need, but for those that stand only where another does; each has one of the pairs. */
    Set<Literal> literals() {
        return literals;
    }

    /** Adds pairs until each need has one. */
    private void choose(final List<Need> needs) {
        final List<Need> left = new ArrayList<>(needs);
        left.removeIf(need -> with(need, pairs) != null);
        while (!left.isEmpty()) {
            pairs.add(best(left));
            left.removeIf(need -> with(need, pairs) != null);
        }
    }

    /** Drops what was chosen first and has become of no use. */
    private void prune() {
        for (final Integer pair : List.copyOf(pairs)) {
            final List<Integer> rest = pairs.stream().filter(other -> !other.equals(pair)).toList();
            if (literals.stream().allMatch(literal -> hasAny(literal, rest))) {
                pairs.removeIf(pair::equals);
            }
        }
    }

    /** The first literal of a need that has one of some pairs; null if none has. */
    private static @Nullable Literal with(final Need need, final List<Integer> pairs) {
        return Stream.concat(Stream.of(need.literal()), need.others().stream()).filter(one -> hasAny(one, pairs))
                .findFirst().orElse(null);
    }

    private static boolean hasAny(final Literal literal, final List<Integer> pairs) {
        return pairs.stream().anyMatch(pair -> offset(literal.text(), pair) >= 0);
    }

    /** The pair that costs least for each need it is in, its own search and what is compared where it stands. */
    private static int best(final List<Need> needs) {
        final Set<Integer> all = new TreeSet<>();
        for (final Need need : needs) {
            addPairs(need.literal().text(), all);
            need.others().forEach(other -> addPairs(other.text(), all));
        }
        return all.stream().min(Comparator.comparingDouble(pair -> (double) (ONE_PAIR_COSTS + frequency(pair))
                / needs.stream().filter(need -> with(need, List.of(pair)) != null).count())).orElseThrow();
    }

    private static void addPairs(final String text, final Set<Integer> all) {
        for (int i = 0; i + 1 < text.length(); i++) {
            all.add(pair(text, i));
        }
        if (text.length() == 1) {
            all.add(text.charAt(0) | ANY);
        }
    }

    private static int pair(final String text, final int at) {
        return text.charAt(at) | (text.charAt(at + 1) << Byte.SIZE);
    }

    /** Where a pair stands in a literal; -1 if it does not. */
    static int offset(final String literal, final int pair) {
        if (pair < 0) {
            return literal.indexOf((char) (pair & 0xFF));
        }
        for (int i = 0; i + 1 < literal.length(); i++) {
            if (pair(literal, i) == pair) {
                return i;
            }
        }
        return -1;
    }

    /** How frequent a pair is taken to be, by the ranks of its bytes: from 1, what has no rank, to the square of all. */
    private static int frequency(final int pair) {
        return frequency((char) (pair & 0xFF))
                * (pair < 0 ? FREQUENT.length() : frequency((char) (pair >>> Byte.SIZE)));
    }

    private static int frequency(final char c) {
        final int rank = FREQUENT.indexOf(c);
        return rank < 0 ? 1 : FREQUENT.length() + 1 - rank;
    }
}
