package io.envcli.journal;

/**
 * A transaction that has frames but no commit yet.
 *
 * @param number  of the transaction.
 * @param frames  CHANGES frames so far.
 * @param changes in them.
 * @param hash    over them.
 */
public record OpenTransaction(long number, long frames, long changes, Hash hash) {
    /** One without frames. */
    static OpenTransaction empty(final long number) {
        return new OpenTransaction(number, 0, 0, Hash.ZERO);
    }

    /** One that a single frame holds, which proves itself: no hash is needed. */
    static OpenTransaction whole(final long number, final long changes) {
        return new OpenTransaction(number, 1, changes, Hash.ZERO);
    }

    OpenTransaction with(final int moreChanges, final Hash newHash) {
        return new OpenTransaction(number, frames + 1, changes + moreChanges, newHash);
    }
}
