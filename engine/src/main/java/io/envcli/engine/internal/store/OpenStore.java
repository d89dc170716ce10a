package io.envcli.engine.internal.store;

import io.envcli.engine.Durability;
import io.envcli.engine.StoreConfig;
import io.envcli.engine.StoreException;
import io.envcli.engine.StoreException.Kind;
import io.envcli.engine.internal.view.LiveView;
import io.envcli.engine.internal.view.ViewDamagedException;
import io.envcli.engine.internal.view.ViewFolder;
import io.envcli.journal.Checkpoint;
import io.envcli.journal.JournalConfig;
import io.envcli.journal.JournalDamagedException;
import io.envcli.journal.JournalReader;
import io.envcli.journal.JournalSurvey;
import io.envcli.journal.JournalWriter;
import io.envcli.journal.NotAJournalException;
import io.envcli.journal.StoreLock;
import io.envcli.journal.UserKey;
import io.envcli.offheap.FileSpace;
import io.envcli.offheap.HashIndexReader;
import io.envcli.ringbuffers.RingDescription;
import io.envcli.simd.Blake3Lanes;
import io.envcli.simd.SipHash;
import org.agrona.CloseHelper;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a writer has of a store: lock, journal and view, opened in that order and closed in the other.
 *
 * <p>Threading: opened and closed by one thread; journal and view are the pipeline's in between.
 */
public final class OpenStore {
    private final Path directory;
    private final StoreHead head;
    private final String keyId;
    private final boolean power;
    private final StoreLock lock;
    private final JournalWriter journal;
    private final LiveView view;
    private final SipHash names;
    private final Blake3Lanes fingerprints;

    private OpenStore(final StoreConfig config, final StoreLock lock, final JournalWriter journal, final LiveView view,
            final SipHash names, final StoreHead head, final String keyId) {
        this.directory = config.directory();
        this.head = head;
        this.keyId = keyId;
        this.power = config.durability() == Durability.POWER;
        this.lock = lock;
        this.journal = journal;
        this.view = view;
        this.names = names;
        this.fingerprints = Hashers.fingerprints(journal.keys());
    }

    /**
     * Opens or makes a store.
     *
     * @param config where and how.
     * @return the store; the caller closes it.
     * @throws StoreException if it cannot be opened.
     */
    public static OpenStore open(final StoreConfig config) {
        JvmFlags.require();
        try {
            final boolean exists = StoreFiles.exists(config.directory());
            if (!config.create()) {
                StoreFiles.require(config.directory());
            }
            WarmUp.begin(config.expectedBytes());
            FileSpace.startPretouching();
            try (UserKey key = exists ? StoreFiles.existingKey(config.keyFile())
                    : StoreFiles.keyForNewStore(config.keyFile())) {
                return open(config, key);
            }
        } catch (final IOException | RuntimeException e) {
            throw Failures.of(config, e);
        }
    }

    private static OpenStore open(final StoreConfig config, final UserKey key) throws IOException {
        final StoreLock lock = lockHome(config.directory());
        try {
            final boolean isNew = !StoreFiles.exists(config.directory());
            // The view is judged before the writer adds the frame that begins a segment, and made again where it must be:
            // that reads the whole journal, and to one that is damaged, or older than it was, nothing may be added.
            final boolean whole = !isNew && keepsOrMakesView(config, lock.store(), key);
            final JournalWriter journal = JournalWriter.open(lock, key,
                    JournalConfig.DEFAULT.withSegmentBytes(config.segmentBytes()));
            try {
                final SipHash names = Hashers.names(journal.keys());
                final ViewFolder folder = new ViewFolder(lock.store(), journal.keys().storeId());
                final StoreHead head = StoreHead.of(config, journal.keys().storeId());
                final LiveView view = openView(config, key, journal, names, folder, whole);
                final OpenStore open = new OpenStore(config, lock, journal, view, names, head, key.id());
                open.finishOpening(config, isNew);
                return open;
            } catch (final IOException | RuntimeException | Error e) {
                journal.close();
                throw e;
            }
        } catch (final IOException | RuntimeException | Error e) {
            lock.close();
            throw e;
        }
    }

    /** Locks the home of a store, which another process may just be moving. */
    static StoreLock lockHome(final Path store) throws IOException {
        while (true) {
            final StoreLock lock = StoreLock.acquire(StoreFiles.home(store));
            if (lock.store().equals(StoreFiles.home(store))) {
                return lock;
            }
            lock.close();
        }
    }

    /** Only where it is proved that this is the store, and all of it, is deleted what was before. */
    private void finishOpening(final StoreConfig config, final boolean isNew) throws IOException {
        try {
            if (config.expectedPuts() > 0) {
                view.ensureRoomForPuts(config.expectedPuts(), config.slots());
            }
            head.begin(keyId);
            if (!isNew) {
                StoreFiles.deleteOldHomes(directory, lock.store());
            }
        } catch (final IOException | RuntimeException | Error e) {
            closeFailed();
            throw e;
        }
    }

    /**
     * A view that cannot be trusted is deleted at once: readers trust the view of a store that has a writer. One that can
     * tells whether the store was put back to an older state, to which nothing may be written.
     */
    private static boolean keepsOrMakesView(final StoreConfig config, final Path home, final UserKey key)
            throws IOException {
        try (JournalReader reader = JournalReader.open(home, key)) {
            final ViewFolder folder = new ViewFolder(home, reader.keys().storeId());
            final StoreHead head = StoreHead.of(config, reader.keys().storeId());
            if (folder.isWhole() && isChecked(head, folder, key)) {
                return true;
            }
            rebuild(head, folder, key, Hashers.names(reader.keys()));
            return true;
        } catch (final NotAJournalException _) {
            return false; // Its first writer was killed before the first frame: the next one begins anew.
        }
    }

    /** Makes the view again, but not of a store that was put back to an older state. */
    static void rebuild(final StoreHead head, final ViewFolder folder, final UserKey key, final SipHash names)
            throws IOException {
        folder.discard();
        final JournalSurvey survey = JournalSurvey.of(folder.store());
        head.check(survey);
        folder.rebuild(key, names, survey).close();
        check(head, folder, key);
    }

    /** False if the view is to blame, which only the check may find out. */
    static boolean isChecked(final StoreHead head, final ViewFolder folder, final UserKey key)
            throws IOException {
        try {
            check(head, folder, key);
            return true;
        } catch (final ViewDamagedException | JournalDamagedException _) {
            return false;
        }
    }

    private static void check(final StoreHead head, final ViewFolder folder, final UserKey key) throws IOException {
        try (HashIndexReader view = folder.openNewest()) {
            if (view == null) {
                throw new IOException(folder.store() + ": the view has vanished");
            }
            head.check(folder.store(), key, view);
        }
    }

    private static LiveView openView(final StoreConfig config, final UserKey key, final JournalWriter journal,
            final SipHash names, final ViewFolder folder, final boolean whole) throws IOException {
        final Checkpoint begun = journal.checkpoint();
        if (begun.nextChange() == Checkpoint.START.nextChange() && begun.lastVersion() == 0) {
            return folder.create(begun);
        }
        final LiveView kept = whole ? folder.tryOpenForWriting() : null;
        if (kept != null) {
            if (kept.lastVersion() == journal.lastVersion()) {
                return kept;
            }
            kept.closeDirty();
        }
        final LiveView rebuilt = folder.rebuild(key, names);
        if (rebuilt.lastVersion() != journal.lastVersion()) {
            final String message = config.directory() + ": the journal replays to version " + rebuilt.lastVersion()
                    + " but ended at " + journal.lastVersion();
            rebuilt.closeDirty();
            throw new StoreException(Kind.DAMAGED, message + "; run verify");
        }
        return rebuilt;
    }

    /** {@return the journal} */
    public JournalWriter journal() {
        return journal;
    }

    /** {@return the view} */
    public LiveView view() {
        return view;
    }

    /** {@return the hasher of names} */
    public SipHash names() {
        return names;
    }

    /** {@return the hasher of values; the pipeline closes it} */
    public Blake3Lanes fingerprints() {
        return fingerprints;
    }

    /**
     * Says what a pipeline obtained.
     *
     * @param ring as the ring describes itself.
     * @return a line each.
     */
    public static List<String> describe(final RingDescription ring) {
        final List<String> lines = new ArrayList<>();
        lines.add("layout " + ring.layout() + ", " + ring.slots() + " slabs, waiting: " + ring.waiting());
        lines.addAll(ring.threads());
        return lines;
    }

    /**
     * Closes everything as it should be: the view is clean at the journal's end.
     *
     * @throws StoreException if that failed; the store is recovered when it is opened next.
     */
    public void close() {
        try {
            if (power) {
                journal.sync();
            }
            final Checkpoint end = journal.checkpoint();
            view.applied(end.segment(), end.position());
            journal.close();
            view.close();
            if (power) { // What power may still take away is not what the store must have the next time.
                head.tryWrite(keyId, StoreHead.Head.of(end));
            }
        } catch (final IOException | RuntimeException e) {
            view.closeDirty();
            CloseHelper.quietClose(journal);
            throw Failures.of(directory, e);
        } finally {
            CloseHelper.quietClose(lock);
        }
    }

    /**
     * Closes after a failure. What was not committed is given up. Where the view has all that the journal has committed it
     * is left clean, so that the store can be read without writing to it, on a full disk for example; else it will be
     * rebuilt.
     */
    public void closeFailed() {
        try {
            if (!view.isDamaged() && view.lastVersion() == journal.lastVersion()) {
                final Checkpoint end = journal.checkpoint();
                view.abandonAll();
                view.applied(end.segment(), end.position());
                view.close();
            }
        } finally {
            view.closeDirty();
            CloseHelper.quietCloseAll(fingerprints, journal, lock);
        }
    }
}
