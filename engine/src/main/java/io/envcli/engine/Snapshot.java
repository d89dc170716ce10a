package io.envcli.engine;

import io.envcli.engine.StoreException.Kind;
import io.envcli.engine.internal.store.Failures;
import io.envcli.engine.internal.view.ViewDamagedException;
import io.envcli.journal.JournalDamagedException;
import io.envcli.journal.SegmentMissingException;
import io.envcli.offheap.HashIndexReader;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;

/**
 * A store at one version, as a reader sees it. It stays what it is while the store goes on, is rekeyed, or has its view
 * rebuilt: a question that fails for that is asked again of what is there then.
 *
 * <p>Threading: one thread at a time.
 */
final class Snapshot implements AutoCloseable {
    private static final int MAX_HEALINGS = 2;

    private final StoreConfig config;
    private final ReadAccess access;
    private OpenHome home;
    /** At the version read. */
    private HashIndexReader view;
    private boolean closed;
    /** For the answer that is being looked for. */
    private int healings;
    /** What is lost of a damaged store; null for a reader that refuses what it cannot prove. */
    private final @Nullable Losses losses;
    /** Whether the version read was asked for, rather than the newest. */
    private boolean moved;

    /** A store at its newest version. */
    Snapshot(final StoreConfig config, final ReadAccess access) {
        this.config = config;
        this.access = access;
        this.losses = access == ReadAccess.SALVAGED ? new Losses(config.directory()) : null;
        this.home = OpenHome.open(config, access);
        this.view = home.view();
        note();
    }

    private void note() {
        if (losses != null) {
            losses.note(home.note(), home.note() == null || home.hasKnownHead());
        }
    }

    StoreConfig config() {
        return config;
    }

    /** What is open now: another one after each question may be. */
    OpenHome home() {
        return home;
    }

    /** The view at the version read; another one after each question may be. */
    HashIndexReader view() {
        return view;
    }

    void checkOpen() {
        if (closed) {
            throw new StoreException(Kind.CLOSED, config.directory() + ": the reader is closed");
        }
    }

    /** As {@link StoreReader#refresh()}. */
    void refresh() {
        checkOpen();
        try {
            moved = false;
            if (followed()) {
                view = home.view();
            } else if (!home.isCurrent()) {
                home.openNewestView();
                view = home.view();
                note();
            } else {
                final long newest = newest();
                view = home.view().at(newest);
            }
        } catch (final IOException e) {
            throw Failures.of(config.directory(), e);
        }
    }

    private long newest() {
        return healed(() -> intact(home.view().lastVersion()));
    }

    /** As {@link StoreReader#moveTo}. */
    void moveTo(final long version) {
        checkOpen();
        final long newest = newest();
        if (version < 0 || version > newest) {
            throw new StoreException(Kind.INVALID, "there is no version " + version + "; "
                    + (newest == 0 ? "nothing has been committed yet" : "the newest is " + newest));
        }
        view = home.view().at(version);
        moved = version < newest;
    }

    /**
     * Where the store was rekeyed since, goes on with what it is now, at the same version: versions and names are the same.
     *
     * @return whether it was.
     */
    private boolean followed() {
        if (closed || !home.isLeft()) {
            return false;
        }
        final OpenHome now = OpenHome.open(config, access);
        home.close();
        home = now;
        view = now.view().at(view.version());
        note();
        return true;
    }

    /** Asks the mapped view. Where a page of it is gone, since its file was cut, the JVM throws an error of its own. */
    <T extends @Nullable Object> T guarded(final Supplier<T> query) {
        try {
            return query.get();
        } catch (final InternalError | ViewDamagedException e) {
            throw Failures.of(config.directory(), e);
        }
    }

    /** Asks the mapped view, and if it turns out to be damaged, once more when there is another. */
    <T extends @Nullable Object> T healed(final Supplier<T> query) {
        healings = 0;
        return guarded(() -> {
            while (true) {
                try {
                    return query.get();
                } catch (final ViewDamagedException e) {
                    if (!followed()) {
                        heal(e);
                    }
                } catch (final StoreException e) {
                    if (!followed()) {
                        throw e;
                    }
                }
            }
        });
    }

    /**
     * Goes on with another view at the same version. The second may be somebody else's, damaged as the first, and the third
     * is our own: one that is damaged when it is new is not the disk's doing.
     */
    private void heal(final ViewDamagedException found) {
        if (healings++ == MAX_HEALINGS || access == ReadAccess.AS_IT_IS) {
            throw found;
        }
        try {
            home.openOtherView();
            view = home.view().at(view.version());
            note();
        } catch (final IOException e) {
            throw Failures.of(config.directory(), e);
        }
    }

    /** An answer of the view, which is negative if a check has failed. */
    long intact(final long code) {
        if (code < 0) {
            throw damaged("the view fails its checks");
        }
        return code;
    }

    ViewDamagedException damaged(final String what) {
        return new ViewDamagedException(home.path(), what);
    }

    /** What cannot be read of a damaged store is noted, and left out. */
    <T> @Nullable T orLeftOut(final Supplier<T> reading) {
        if (losses == null) {
            return reading.get();
        }
        try {
            return reading.get();
        } catch (final StoreException e) {
            final Throwable cause = e.getCause();
            if (!(cause instanceof JournalDamagedException || cause instanceof SegmentMissingException)
                    || home.isLeft()) {
                throw e;
            }
            losses.leftOut(cause);
            return null;
        }
    }

    /** As {@link StoreReader#damage()}. */
    List<String> damage() {
        return losses == null ? List.of() : losses.lines(view.version(), moved);
    }

    /** As {@link StoreReader#isProved}. */
    boolean isProved(final long version) {
        final long lost = losses == null ? 0 : losses.newest(view.version(), moved);
        return lost == 0 || version > lost;
    }

    /** As {@link StoreReader#isIncomplete()}. */
    boolean isIncomplete() {
        return losses != null && (losses.hasLeftOut() || !isProved(0));
    }

    /** Closes what is open. Idempotent. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            home.close();
        }
    }
}
