package io.envcli.engine.internal.pipeline;

import io.envcli.journal.CommitInfo;

import java.util.function.LongSupplier;

/** Who commits, and when: what a commit frame says besides counts and hashes. */
final class Author {
    /** The source path of a put. */
    static final byte[] NO_SOURCE = {};
    /** The commit summary of a group of puts. */
    static final String PUT_SUMMARY = "put";

    private final String user;
    private final String host;
    private final LongSupplier clock;

    /**
     * An author.
     *
     * @param user  name.
     * @param host  name.
     * @param clock milliseconds since 1970.
     */
    Author(final String user, final String host, final LongSupplier clock) {
        this.user = user;
        this.host = host;
        this.clock = clock;
    }

    /**
     * What a commit now says.
     *
     * @param summary   of where the change came from.
     * @param variables set or unset.
     * @return the information for its frame.
     */
    CommitInfo commit(final String summary, final long variables) {
        return new CommitInfo(clock.getAsLong(), variables, summary, user, host);
    }
}
