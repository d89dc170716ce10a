package io.envcli.journal;

/**
 * Who writes to a store, as far as its lock file tells.
 *
 * @param writerActive whether a writer holds the lock now.
 * @param writerPid    process id of that writer, or of the last one; 0 if none is known.
 * @param clean        whether the last writer left everything whole, in this boot of the machine.
 */
public record StoreState(boolean writerActive, long writerPid, boolean clean) {}
