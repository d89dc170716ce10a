package io.envcli.journal;

import java.io.IOException;

/**
 * Takes what a replay reads, in the journal's order. Frames of several transactions may alternate. Flyweights die with
 * their callback. Everything about a frame but its content has been checked before {@link #onFrame}; a block is checked
 * before its first change.
 */
public interface ReplayHandler {
    /**
     * A frame of changes begins.
     *
     * @param frame what is known of it.
     * @throws IOException ends the replay.
     */
    default void onFrame(final FrameInfo frame) throws IOException {}

    /**
     * The changes to come are of this environment and source. Said again at the start of each block.
     *
     * @param section flyweight.
     * @throws IOException ends the replay.
     */
    default void onSection(final Section section) throws IOException {}

    /**
     * A change.
     *
     * @param change flyweight.
     * @throws IOException ends the replay.
     */
    void onChange(Change change) throws IOException;

    /**
     * A transaction is committed.
     *
     * @param commit what the commit says.
     * @throws IOException ends the replay.
     */
    void onCommit(Commit commit) throws IOException;

    /**
     * A transaction that has frames will never be committed: its writer is gone.
     *
     * @param transaction its number.
     * @throws IOException ends the replay.
     */
    default void onNeverCommitted(final long transaction) throws IOException {}
}
