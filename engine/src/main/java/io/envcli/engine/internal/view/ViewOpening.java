package io.envcli.engine.internal.view;

import io.envcli.engine.StoreException;
import io.envcli.engine.StoreException.Kind;
import io.envcli.journal.JournalDamagedException;
import io.envcli.journal.NotAJournalException;
import io.envcli.journal.SegmentMissingException;
import io.envcli.journal.StoreLock;
import io.envcli.journal.StoreLockedException;
import io.envcli.journal.StoreState;
import io.envcli.journal.UserKey;
import io.envcli.offheap.DiskFullException;
import io.envcli.offheap.HashIndexReader;
import io.envcli.offheap.IndexDamagedException;
import io.envcli.simd.SipHash;
import org.agrona.CloseHelper;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.concurrent.locks.LockSupport;

/**
 * Opens the view for a reader, healing it first where that is called for: it takes the writer's lock, and rebuilds. Where the
 * store cannot be written, or its disk is full, a private view is built in a temporary folder.
 *
 * <p>Threading: one thread.
 */
public final class ViewOpening implements AutoCloseable {
    /** How long to wait for another process to rebuild the view. */
    private static final long PATIENCE_NS = 120_000_000_000L;
    private static final long POLL_NS = 5_000_000;

    private final Path store;
    private final UserKey key;
    private final byte[] storeId;
    private final SipHash names;
    private final boolean salvaging;
    private ViewFolder folder;
    private @Nullable SalvageNote note;
    private @Nullable Path privateFolder;
    private long healingNanos;

    /**
     * Prepares to open.
     *
     * @param store   its folder.
     * @param key     of the user; borrowed while this is in use.
     * @param storeId of the store.
     * @param names   hasher of names.
     * @param salvaging whether a view of what is whole will do where the journal is damaged.
     */
    public ViewOpening(final Path store, final UserKey key, final byte[] storeId, final SipHash names,
            final boolean salvaging) {
        this.salvaging = salvaging;
        this.store = store;
        this.key = key;
        this.storeId = storeId.clone();
        this.names = names;
        this.folder = new ViewFolder(store, storeId);
    }

    /**
     * Opens a view that can be trusted.
     *
     * @return its reader, which the caller closes.
     * @throws StoreException if another process has been rebuilding it for minutes.
     * @throws IOException          if the journal is damaged, or nothing can be read.
     */
    public HashIndexReader open() throws IOException {
        leavePrivateFolder();
        final long deadline = System.nanoTime() + PATIENCE_NS;
        while (true) {
            final StoreState state = StoreLock.state(store);
            final HashIndexReader reader = trusted(state.writerActive());
            if (reader != null) {
                return reader;
            }
            if (!state.writerActive()) {
                heal(false);
            } else if (System.nanoTime() - deadline > 0) {
                throw new StoreException(Kind.LOCKED, store + ": process " + state.writerPid()
                        + " has been rebuilding the view for minutes; wait for it, or end it");
            } else {
                LockSupport.parkNanos(POLL_NS);
            }
        }
    }

    /**
     * Opens the view as it is, at once: nothing is healed, waited for or written.
     *
     * @return its reader, which the caller closes.
     * @throws StoreException of kind DAMAGED if it cannot be trusted.
     * @throws IOException    if it cannot be read.
     */
    public HashIndexReader openAsItIs() throws IOException {
        final HashIndexReader reader = trusted(StoreLock.state(store).writerActive());
        if (reader == null) {
            throw new StoreException(Kind.DAMAGED, store + ": the view must be rebuilt first; any query does so");
        }
        return reader;
    }

    /** A living writer deletes a view that it cannot trust before anything else, and then keeps its own as it should be. */
    private @Nullable HashIndexReader trusted(final boolean writerActive) throws IOException {
        HashIndexReader reader = null;
        boolean trusted = false;
        note = null;
        try {
            reader = folder.openNewest();
            final boolean kept = writerActive && privateFolder == null;
            if (reader != null && folder.isSalvaged(reader)) {
                note = salvaging ? folder.salvaged(reader) : null;
                trusted = note != null;
            } else {
                trusted = reader != null && (kept ? folder.isOfThisBoot(reader)
                        : folder.isWhole(reader) || folder.isReadable(reader));
            }
            return trusted ? reader : null;
        } catch (final IndexDamagedException e) {
            return null; // Rebuilt by us or, if there is a writer, after that one has failed on it too.
        } finally {
            if (!trusted) {
                CloseHelper.close(reader);
            }
        }
    }

    /**
     * Opens a view that has been rebuilt since a reader has found the one that is there damaged, which only looking into it
     * could tell. If there is a writer, that one will fail on it too, and the view is as it is.
     *
     * @return its reader, which the caller closes.
     * @throws IOException as {@link #open}.
     */
    public HashIndexReader openRebuilt() throws IOException {
        leavePrivateFolder();
        heal(true);
        final HashIndexReader kept = privateFolder == null || salvaging ? null : folder.openNewest();
        return kept == null ? open() : kept;
    }

    /** Rebuilds the view where it is not whole, or in any case. */
    private void heal(final boolean always) throws IOException {
        final long start = System.nanoTime();
        try (StoreLock lock = StoreLock.acquire(store)) {
            if (always || !folder.isWhole()) {
                folder = new ViewFolder(lock.store(), storeId);
                if (!rebuild(folder) && !folder.isWhole()) {
                    throw new StoreException(Kind.DAMAGED, store + ": the view that was just rebuilt does not end where"
                            + " the journal does; run verify");
                }
            }
        } catch (final StoreLockedException e) {
            return; // Somebody else heals it, or writes: look again.
        } catch (final AccessDeniedException | ReadOnlyFileSystemException | DiskFullException e) {
            rebuildPrivately();
        } catch (final FileSystemException e) {
            if (!String.valueOf(e.getReason()).contains("Read-only")) {
                throw e;
            }
            rebuildPrivately();
        }
        healingNanos = System.nanoTime() - start;
    }

    /** Rebuilds a view; true if the journal is damaged, so that only what is whole is in it. */
    private boolean rebuild(final ViewFolder of) throws IOException {
        try {
            of.rebuild(key, names).close();
            return false;
        } catch (final JournalDamagedException | SegmentMissingException | NotAJournalException e) {
            if (!salvaging) {
                throw e;
            }
            of.salvage(key, names);
            return true;
        }
    }

    private void rebuildPrivately() throws IOException {
        final Path temporary = Files.createTempDirectory("env-cli-view");
        privateFolder = temporary;
        folder = new ViewFolder(store, temporary, storeId);
        rebuild(folder);
    }

    /** Each opening begins at the store's own folder: a writer may have made a view there since. */
    private void leavePrivateFolder() throws IOException {
        close();
        folder = new ViewFolder(store, storeId);
    }

    /** {@return what is lost to the view that was opened last; null if it is whole} */
    public @Nullable SalvageNote note() {
        return note;
    }

    /** {@return whether the view is a private one, which no writer keeps} */
    public boolean isPrivate() {
        return privateFolder != null;
    }

    /** {@return what healing took in nanoseconds; 0 if nothing was to be healed} */
    public long healingNanos() {
        return healingNanos;
    }

    /** {@return number of the newest generation; 0 if there is none} */
    public long newestGeneration() throws IOException {
        return folder.newestGeneration();
    }

    /** Deletes a private view. */
    @Override
    public void close() throws IOException {
        final Path temporary = privateFolder;
        if (temporary != null) {
            privateFolder = null;
            folder.deleteAll();
            Files.delete(temporary);
        }
    }
}
