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
    OpenTransaction with(final int moreChanges, final Hash newHash) {
        return new OpenTransaction(number, frames + 1, changes + moreChanges, newHash);
    }
}
