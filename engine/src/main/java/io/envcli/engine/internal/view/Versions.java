package io.envcli.engine.internal.view;

import io.envcli.offheap.HashIndexReader;
import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/** The versions that a view knows. Their records are in the order in which transactions began, which is nearly theirs. */
public final class Versions {
    private Versions() {}

    /**
     * The records of all versions that a reader sees.
     *
     * @param view at a version.
     * @return ordinals of their transactions, the newest version first; null if the view is damaged.
     */
    public static int @Nullable [] newestFirst(final HashIndexReader view) {
        final int count = view.transactionCount();
        if (count < 0) {
            return null;
        }
        final long[] versions = new long[count + 1];
        final Integer[] ordinals = new Integer[count];
        int seen = 0;
        boolean sorted = true;
        for (int ordinal = count; ordinal > 0; ordinal--) {
            final long version = view.version(ordinal);
            if (version < 0) {
                return null;
            }
            if (version != 0 && version <= view.version()) {
                versions[ordinal] = version;
                sorted &= seen == 0 || versions[ordinals[seen - 1]] > version;
                ordinals[seen++] = ordinal;
            }
        }
        if (!sorted) {
            Arrays.sort(ordinals, 0, seen, (a, b) -> Long.compare(versions[b], versions[a]));
        }
        final int[] result = new int[seen];
        for (int i = 0; i < seen; i++) {
            result[i] = ordinals[i];
        }
        return result;
    }

    /**
     * The version that a store had at a time: the highest one committed by then. A clock that was set back does not hide a
     * version from the time after it.
     *
     * @param view       at a version.
     * @param timeMillis since 1970.
     * @return the version; 0 if none was committed by then; negative if the view is damaged.
     */
    public static long at(final HashIndexReader view, final long timeMillis) {
        final int count = view.transactionCount();
        long best = Math.min(count, 0);
        for (int ordinal = count; ordinal > 0 && best >= 0; ordinal--) {
            final long version = view.version(ordinal);
            if (version > best && version <= view.version()) {
                final long committed = view.timeMillis(ordinal);
                if (committed < 0) {
                    return committed;
                }
                best = committed <= timeMillis ? version : best;
            } else if (version < 0) {
                return version;
            }
        }
        return best;
    }
}
