package io.envcli.engine;

import io.envcli.engine.internal.pipeline.NameHasher;
import io.envcli.engine.internal.store.Failures;
import io.envcli.engine.internal.store.Hashers;
import io.envcli.engine.internal.store.JvmFlags;
import io.envcli.engine.internal.store.StoreFiles;
import io.envcli.engine.internal.store.StoreHead;
import io.envcli.engine.internal.view.SalvageNote;
import io.envcli.engine.internal.view.ViewDamagedException;
import io.envcli.engine.internal.view.ViewOpening;
import io.envcli.journal.BlockReader;
import io.envcli.journal.JournalDamagedException;
import io.envcli.journal.JournalReader;
import io.envcli.journal.JournalSalvage;
import io.envcli.journal.NotAJournalException;
import io.envcli.journal.SegmentMissingException;
import io.envcli.journal.StoreKeys;
import io.envcli.journal.UserKey;
import io.envcli.offheap.HashIndexReader;
import io.envcli.simd.SipHash;
import org.agrona.CloseHelper;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;

/**
 * What a reader has open of a store: its key, the newest view, and the blocks of its journal. All are of one home, the folder
 * where journal and view are; a store that is rekeyed gets another.
 *
 * <p>Threading: one thread at a time.
 */
final class OpenHome implements AutoCloseable {
    private final StoreConfig config;
    private final Path path;
    private final UserKey key;
    private final ReadAccess access;
    private final byte[] storeId;
    private final NameHasher hasher;
    private final BlockReader blocks;
    private final ViewOpening opening;
    private HashIndexReader view;

    /** Opens a store where it is now. The key is taken over. */
    private OpenHome(final StoreConfig config, final Path path, final UserKey key, final ReadAccess access)
            throws IOException {
        this.config = config;
        this.path = path;
        this.key = key;
        this.access = access;
        final boolean salvaging = access == ReadAccess.SALVAGED;
        final SipHash names;
        try (StoreKeys keys = keys(path, key, salvaging)) {
            names = Hashers.names(keys);
            storeId = keys.storeId();
        }
        final boolean anyState = access == ReadAccess.OLDER || access == ReadAccess.AS_IT_IS;
        final StoreHead head = head();
        // Of a damaged store its headers do not tell how far it has come; one that is not is checked once it is open.
        opening = new ViewOpening(path, key, storeId, names, salvaging, anyState || salvaging ? _ -> {} : head::check);
        HashIndexReader opened = null;
        try {
            opened = openView();
            opened = anyState ? opened : checkHead(opened);
            blocks = BlockReader.open(path, key);
        } catch (final IOException | RuntimeException | Error e) {
            CloseHelper.quietCloseAll(opened, opening);
            throw e;
        }
        view = opened;
        hasher = new NameHasher(names);
    }

    /**
     * Opens a store.
     *
     * @param config where it is.
     * @param access how.
     * @return what is open; the caller closes it.
     * @throws StoreException if it cannot be opened so.
     */
    static OpenHome open(final StoreConfig config, final ReadAccess access) {
        JvmFlags.require();
        try {
            while (true) {
                StoreFiles.require(config.directory());
                final Path path = StoreFiles.home(config.directory());
                final UserKey key = StoreFiles.existingKey(config.keyFile());
                try {
                    final OpenHome home = new OpenHome(config, path, key, access);
                    if (access != ReadAccess.SALVAGED || path.equals(StoreFiles.home(config.directory()))) {
                        return home;
                    }
                    home.close(); // What is deleted after a rekeying is not what is left of a damaged store.
                } catch (final IOException | RuntimeException | Error e) {
                    key.close();
                    if (path.equals(StoreFiles.home(config.directory()))) {
                        throw e;
                    } // else it was rekeyed in this moment
                }
            }
        } catch (final IOException | RuntimeException e) {
            throw Failures.of(config, e);
        }
    }

    private static StoreKeys keys(final Path home, final UserKey key, final boolean salvaging) throws IOException {
        try (JournalReader journal = JournalReader.open(home, key)) {
            return StoreKeys.derive(key, journal.keys().storeId());
        } catch (final JournalDamagedException | SegmentMissingException | NotAJournalException e) {
            if (!salvaging) {
                throw e;
            }
            try (JournalSalvage journal = JournalSalvage.open(home, key)) {
                return StoreKeys.derive(key, journal.keys().storeId());
            }
        }
    }

    private HashIndexReader openView() throws IOException {
        return access == ReadAccess.AS_IT_IS ? opening.openAsItIs() : opening.open();
    }

    /** Answers with the view, or with another one: of the one given only the check may tell that it is damaged. */
    private HashIndexReader checkHead(final HashIndexReader opened) throws IOException {
        if (opening.note() != null) {
            return opened;
        }
        try {
            head().check(path, key, opened);
            return opened;
        } catch (final ViewDamagedException | JournalDamagedException _) {
            final HashIndexReader whole = opening.openOther(opened);
            opened.close();
            return opening.note() == null ? checked(whole) : whole;
        } catch (final StoreException e) {
            return newerThan(opened, e);
        }
    }

    private HashIndexReader checked(final HashIndexReader opened) throws IOException {
        try {
            head().check(path, key, opened);
            return opened;
        } catch (final IOException | RuntimeException | Error e) {
            opened.close();
            throw e;
        }
    }

    /** A writer may have made a version, and written the head record, since the view was opened: then that is no older state. */
    private HashIndexReader newerThan(final HashIndexReader opened, final StoreException older) throws IOException {
        final HashIndexReader newest = openView();
        final boolean isNewer = newest.version() > opened.version();
        opened.close();
        if (isNewer) {
            return checkHead(newest);
        }
        newest.close();
        throw older;
    }

    private StoreHead head() {
        return StoreHead.of(config, storeId);
    }

    /** Whether the store has what its head record says: of a damaged one, what is lost may be just that. */
    boolean hasKnownHead() {
        try {
            head().check(path, key, view);
            return true;
        } catch (final IOException | StoreException | ViewDamagedException _) {
            return false;
        }
    }

    /** Why the store is refused, as one in an older state than it was; null if it is not. */
    @Nullable
    String older() throws IOException {
        try {
            head().check(path, key, view);
            return null;
        } catch (final StoreException e) {
            return e.getMessage();
        }
    }

    /** Has the store expected from now on to have come as far as a view of it shows. */
    void recordHead(final HashIndexReader at) throws IOException {
        head().record(path, key, at);
    }

    /** Whether the store was rekeyed since this was opened. */
    boolean isLeft() {
        try {
            return !path.equals(StoreFiles.home(config.directory()));
        } catch (final IOException e) {
            return false; // Then it is not there at all, and whoever asked has seen why.
        }
    }

    /** Whether the view that is open is the newest. */
    boolean isCurrent() throws IOException {
        return opening.isCurrent(view);
    }

    /** Opens the newest view. */
    void openNewestView() throws IOException {
        replaceView(openView());
    }

    /** Opens another view than the one that is open, which is damaged. */
    void openOtherView() throws IOException {
        replaceView(opening.openOther(view));
    }

    private void replaceView(final HashIndexReader other) throws IOException {
        view.close();
        view = other;
    }

    /** The folder where journal and view are. */
    Path path() {
        return path;
    }

    UserKey key() {
        return key;
    }

    byte[] storeId() {
        return storeId.clone();
    }

    NameHasher hasher() {
        return hasher;
    }

    BlockReader blocks() {
        return blocks;
    }

    /** The view, at its newest version; owned by this. */
    HashIndexReader view() {
        return view;
    }

    /** What is lost to the view; null if it is whole. */
    @Nullable
    SalvageNote note() {
        return opening.note();
    }

    long healingNanos() {
        return opening.healingNanos();
    }

    /** Unmaps the view, closes files and wipes keys. Idempotent. */
    @Override
    public void close() {
        CloseHelper.quietCloseAll(blocks, view, opening, hasher, key);
    }
}
