package io.envcli.engine.internal.store;

import io.envcli.engine.RekeyProgress;
import io.envcli.engine.StoreConfig;
import io.envcli.engine.StoreException;
import io.envcli.engine.StoreException.Kind;
import io.envcli.engine.internal.view.ViewFolder;
import io.envcli.journal.Checkpoint;
import io.envcli.journal.JournalConfig;
import io.envcli.journal.JournalException;
import io.envcli.journal.JournalReader;
import io.envcli.journal.KeyFile;
import io.envcli.journal.Resealing;
import io.envcli.journal.StoreKeys;
import io.envcli.journal.StoreLock;
import io.envcli.journal.UserKey;
import io.envcli.offheap.FileSpace;
import io.envcli.offheap.HashIndexReader;
import io.envcli.simd.Blake3;
import io.envcli.simd.SipHash;
import org.agrona.CloseHelper;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Moves a store to the current key of its key file. In this order, each step synced before the next:
 *
 * <ol>
 * <li>the store is locked, and its view made whole, since readers go on with it;
 * <li>if it has the current key already, the key file gets a new one, before the others;
 * <li>journal and view are written anew, sealed with that key, in the folder {@code sealing};
 * <li>that folder is renamed to the store's next home: this is the moment;
 * <li>what was before is deleted.
 * </ol>
 *
 * Wherever that ends, the store is as before or as after, and the key file opens both: it loses a key only by
 * {@link #retire}.
 *
 * <p>Threading: one thread.
 */
public final class Rekeying {
    private final StoreConfig config;
    private final Path store;

    private Rekeying(final StoreConfig config) {
        this.config = config;
        this.store = config.directory();
    }

    /**
     * Rekeys a store.
     *
     * @param config   where it is; it must exist.
     * @param progress told while it is sealed anew.
     * @return the newest version, which is the same as before.
     * @throws StoreException if another writer has it, or it is damaged, or not to be written.
     * @throws IOException    if something cannot be read or written.
     */
    public static long rekey(final StoreConfig config, final RekeyProgress progress) throws IOException {
        StoreFiles.require(config.directory());
        final Rekeying rekeying = new Rekeying(config);
        try (StoreLock lock = OpenStore.lockHome(config.directory())) {
            return rekeying.rekey(lock.store(), progress);
        }
    }

    private long rekey(final Path home, final RekeyProgress progress) throws IOException {
        try (UserKey key = StoreFiles.existingKey(config.keyFile())) {
            final byte[] storeId;
            final StoreHead.Head before;
            try (JournalReader journal = JournalReader.open(home, key)) {
                storeId = journal.keys().storeId();
                before = healedHead(home, key, journal.keys());
            }
            StoreFiles.deleteOldHomes(store, home); // proved to be such, and what an earlier rekeying has left
            final StoreHead head = StoreHead.of(config, storeId);
            // From here on nobody retires the key that the store has.
            record(head, key.id(), before);
            if (key.isCurrent()) {
                addKey();
            }
            try (UserKey keys = StoreFiles.existingKey(config.keyFile()); UserKey current = keys.current()) {
                final StoreHead.Head after = reseal(home, key, current, progress);
                try {
                    record(head, key.id(), before, after);
                } catch (final IOException | RuntimeException | Error e) {
                    deleteAfter(e, store.resolve(StoreFiles.WORKSHOP));
                    throw e;
                }
                publish(home);
                head.tryWrite(current.id(), after);
                return after.version();
            }
        }
    }

    /** Readers trust the view of a store that is locked, so it is made whole first. */
    private StoreHead.Head healedHead(final Path home, final UserKey key, final StoreKeys keys) throws IOException {
        final ViewFolder folder = new ViewFolder(home, keys.storeId());
        final StoreHead head = StoreHead.of(config, keys.storeId());
        if (!folder.isWhole() || !OpenStore.isChecked(head, folder, key)) {
            OpenStore.rebuild(head, folder, key, Hashers.names(keys));
        }
        try (HashIndexReader view = folder.openNewest()) {
            if (view == null) {
                throw new IOException(home + ": the view has vanished");
            }
            return head.head(home, key, view);
        }
    }

    private void record(final StoreHead head, final String keyId, final StoreHead.Head... heads) throws IOException {
        try {
            head.writeSynced(keyId, heads);
        } catch (final FileSystemException e) {
            throw keyNotChanged(e);
        }
    }

    private void addKey() {
        try (KeyFile file = KeyFile.change(config.keyFile())) {
            file.add();
        } catch (final FileSystemException e) {
            throw keyNotChanged(e);
        } catch (final IOException e) {
            throw new StoreException(Kind.KEY, String.valueOf(e.getMessage()), e);
        }
    }

    private StoreException keyNotChanged(final FileSystemException e) {
        final String reason = e.getReason() == null ? "permission denied" : e.getReason();
        return new StoreException(Kind.KEY, config.keyFile() + ": the key file cannot be changed (" + e.getFile() + ": "
                + reason + "); nothing was changed; make its folder writable, or name a copy with --key-file", e);
    }

    private StoreHead.Head reseal(final Path home, final UserKey key, final UserKey current,
            final RekeyProgress progress) throws IOException {
        final Path workshop = store.resolve(StoreFiles.WORKSHOP);
        try (StoreLock lock = StoreLock.acquire(workshop)) {
            final Checkpoint end = Resealing.reseal(home, key, lock, current,
                    JournalConfig.DEFAULT.withSegmentBytes(config.segmentBytes()), Rekeying::fingerprints,
                    progress::onProgress);
            makeView(workshop, current, end);
            return StoreHead.Head.of(end);
        } catch (final IOException | RuntimeException | Error e) {
            deleteAfter(e, workshop);
            throw e;
        }
    }

    private static void makeView(final Path workshop, final UserKey current, final Checkpoint end) throws IOException {
        try (JournalReader journal = JournalReader.open(workshop, current)) {
            final SipHash names = Hashers.names(journal.keys());
            final ViewFolder folder = new ViewFolder(workshop, journal.keys().storeId());
            folder.rebuild(current, names).close();
            try (HashIndexReader view = folder.openNewest()) {
                if (view == null || view.version() != end.lastVersion() || !folder.isWhole(view)) {
                    throw new JournalException(
                            workshop + ": what was resealed does not read back; nothing was changed");
                }
            }
        }
    }

    private static Resealing.Fingerprints fingerprints(final StoreKeys keys) {
        final byte[] key = keys.fingerprintKey();
        final Blake3 hash = new Blake3(key);
        Arrays.fill(key, (byte) 0);
        return hash::hash;
    }

    private static void deleteAfter(final Throwable thrown, final Path workshop) {
        try {
            StoreFiles.deleteTree(workshop);
        } catch (final IOException e) {
            thrown.addSuppressed(e); // The next writer deletes it.
        }
    }

    private void publish(final Path home) throws IOException {
        final Path next = StoreFiles.nextHome(store);
        FileSpace.syncDirectory(store.resolve(StoreFiles.WORKSHOP));
        Files.move(store.resolve(StoreFiles.WORKSHOP), next, StandardCopyOption.ATOMIC_MOVE);
        try {
            FileSpace.syncDirectory(store);
            if (!home.equals(next)) {
                StoreFiles.deleteOldHomes(store, next);
            }
            FileSpace.syncDirectory(store);
        } catch (final IOException e) {
            throw new StoreException(Kind.IO,
                    store + ": rekeyed to " + next.getFileName() + ", but what it replaced could not be"
                            + " synced or deleted: " + e.getMessage() + "; the next writer deletes it",
                    e);
        }
    }

    /**
     * Drops all keys of a key file but the current one.
     *
     * @param config with the key file, and a store, which must be there.
     * @return how many were dropped.
     * @throws StoreException of kind KEY if this store, or another that was used with this key file, needs one of them.
     * @throws IOException    if something cannot be read or written.
     */
    public static int retire(final StoreConfig config) throws IOException {
        StoreFiles.require(config.directory());
        final Rekeying rekeying = new Rekeying(config);
        try (StoreLock lock = OpenStore.lockHome(config.directory())) {
            try (UserKey key = StoreFiles.existingKey(config.keyFile())) {
                CloseHelper.close(JournalReader.open(lock.store(), key));
                if (!key.isCurrent()) {
                    throw new StoreException(Kind.KEY, config.directory()
                            + ": it still has an older key; nothing was retired; run: env-cli rekey");
                }
            }
            // What it replaced may be there still, if its rekeying was killed at the very end.
            StoreFiles.deleteOldHomes(config.directory(), lock.store());
            return rekeying.retireKeys();
        }
    }

    private int retireKeys() throws IOException {
        try (KeyFile file = KeyFile.change(config.keyFile());
                UserKey keys = StoreFiles.existingKey(config.keyFile())) {
            final List<String> needing = needing(keys);
            if (!needing.isEmpty()) {
                throw new StoreException(Kind.KEY, config.keyFile() + ": an older key is still needed by "
                        + String.join(", ", needing)
                        + "; nothing was retired; rekey each with --store DIR, or delete the record in brackets if"
                        + " the store is gone");
            }
            if (keys.count() > 1) {
                file.retire();
            }
            return keys.count() - 1;
        } catch (final FileSystemException e) {
            throw keyNotChanged(e);
        }
    }

    /** Stores that are not known to have the current key; one that is not there may be on a disk that is not, today. */
    private List<String> needing(final UserKey keys) throws IOException {
        final List<String> needing = new ArrayList<>();
        for (final StoreHead.Content record : StoreHead.ofOtherKeys(config.keyFile(), keys.id())) {
            if (!hasCurrentKey(Path.of(record.store()))) {
                needing.add(record.store() + " (" + record.file() + ")");
            }
        }
        return needing;
    }

    private boolean hasCurrentKey(final Path other) {
        try (UserKey keys = StoreFiles.existingKey(config.keyFile())) {
            CloseHelper.close(JournalReader.open(StoreFiles.home(other), keys));
            return keys.isCurrent();
        } catch (final NoSuchFileException | StoreException e) {
            return false;
        } catch (final IOException e) {
            return false;
        }
    }
}
