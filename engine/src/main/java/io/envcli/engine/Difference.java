package io.envcli.engine;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A variable in which two listings differ, told by fingerprints: no value is read.
 *
 * @param left  the variable on the left; null if it is only on the right.
 * @param right the variable on the right; null if it is only on the left.
 */
public record Difference(@Nullable ListedVariable left, @Nullable ListedVariable right) {

    /** {@return the variable's name} */
    public String name() {
        return Objects.requireNonNull(left != null ? left : right).name();
    }

    /**
     * Compares two listings of one store.
     *
     * @param left  in the order of {@link StoreReader#list}.
     * @param right in that order.
     * @return where they differ, in that order.
     */
    public static List<Difference> between(final List<ListedVariable> left, final List<ListedVariable> right) {
        final List<Difference> differences = new ArrayList<>();
        int l = 0;
        int r = 0;
        while (l < left.size() || r < right.size()) {
            final int order = l == left.size() ? 1
                    : r == right.size() ? -1 : ListedVariable.BY_NAME.compare(left.get(l), right.get(r));
            final ListedVariable onLeft = order <= 0 ? left.get(l++) : null;
            final ListedVariable onRight = order >= 0 ? right.get(r++) : null;
            if (onLeft == null || onRight == null || !onLeft.hasValueOf(onRight)) {
                differences.add(new Difference(onLeft, onRight));
            }
        }
        return differences;
    }
}
