package io.envcli.engine.internal.view;

import io.envcli.engine.StoreVersion;
import io.envcli.journal.Commit;
import io.envcli.journal.CommitInfo;
import io.envcli.journal.CommitReader;
import io.envcli.journal.UserKey;
import io.envcli.offheap.HashIndexReader;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.function.Predicate;

/** Reads what commits say of themselves: the view says where each stands in the journal. */
public final class VersionLog {
    private VersionLog() {}

    /**
     * Visits the versions that a view shows, the newest first.
     *
     * @param store   its folder.
     * @param key     of the user; borrowed.
     * @param storeId of the store.
     * @param view    at a version.
     * @param visitor of each; false ends the visit.
     * @throws ViewDamagedException if the view is.
     * @throws IOException          if a commit cannot be read or proved.
     */
    public static void forEach(final Path store, final UserKey key, final byte[] storeId, final HashIndexReader view,
            final Predicate<StoreVersion> visitor) throws IOException {
        final int @Nullable [] ordinals = Versions.newestFirst(view);
        if (ordinals == null) {
            throw new ViewDamagedException(store, "the view fails its checks");
        }
        try (CommitReader commits = CommitReader.open(store, key, storeId)) {
            for (final int ordinal : ordinals) {
                final long location = view.commitLocation(ordinal);
                final @Nullable Commit commit = location < 0 ? null : commits.read(location);
                if (commit == null || commit.version() != view.version(ordinal)) {
                    throw new ViewDamagedException(store, "the view points to another commit in the journal");
                }
                if (!visitor.test(versionOf(commit))) {
                    return;
                }
            }
        }
    }

    /**
     * Reads the commit of one version.
     *
     * @param store   its folder.
     * @param key     of the user; borrowed.
     * @param storeId of the store.
     * @param view    at that version or a later one.
     * @param version from 1.
     * @return the commit.
     * @throws ViewDamagedException if the view is.
     * @throws IOException          if it cannot be read or proved.
     */
    public static Commit commit(final Path store, final UserKey key, final byte[] storeId, final HashIndexReader view,
            final long version) throws IOException {
        final int ordinal = view.ordinalOfVersion(version);
        final long location = ordinal <= 0 ? ordinal : view.commitLocation(ordinal);
        if (location > 0) {
            try (CommitReader commits = CommitReader.open(store, key, storeId)) {
                final Commit commit = commits.read(location);
                if (commit.version() == version) {
                    return commit;
                }
            }
        }
        throw new ViewDamagedException(store, "the view points to another commit in the journal");
    }

    private static StoreVersion versionOf(final Commit commit) {
        final CommitInfo info = commit.info();
        return new StoreVersion(commit.version(), Instant.ofEpochMilli(info.timeMs()), info.variableCount(),
                info.source(), info.user(), info.host());
    }
}
