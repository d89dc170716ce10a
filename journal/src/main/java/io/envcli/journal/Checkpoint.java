package io.envcli.journal;

import java.util.List;

/**
 * A place between two frames of the journal, and what must be known there to go on reading and checking.
 *
 * @param segment          from 1; 0 before the first.
 * @param position         byte position in the segment's file behind the last frame read.
 * @param nextChange       number of the next change.
 * @param lastVersion      of the last commit; 0 if there was none.
 * @param chainHash        of the last commit.
 * @param nextTransaction  higher than every transaction number seen.
 * @param salt             of the opening that wrote the last frame: a change of it ends all open transactions.
 * @param openTransactions that may still commit, by number.
 */
public record Checkpoint(int segment, long position, long nextChange, long lastVersion, Hash chainHash,
        long nextTransaction, Hash salt, List<OpenTransaction> openTransactions) {
    /** Before the first frame of a store. */
    public static final Checkpoint START = new Checkpoint(0, 0, 0, 0, Hash.ZERO, 1, Hash.ZERO, List.of());

    /** Copies the list. */
    public Checkpoint {
        openTransactions = List.copyOf(openTransactions);
    }
}
