package io.envcli.journal;

/**
 * A commit as it is read back.
 *
 * @param transaction     that it ends.
 * @param version         that it makes.
 * @param frames          CHANGES frames of the transaction.
 * @param changes         in them.
 * @param transactionHash over them.
 * @param chainHash       over this and all commits before.
 * @param location        of the commit's frame.
 * @param info            what the writer said.
 */
public record Commit(long transaction, long version, long frames, long changes, Hash transactionHash, Hash chainHash,
        long location, CommitInfo info) {}
