package io.envcli.engine.internal.view;

import io.envcli.engine.StoreException;
import io.envcli.engine.StoreException.Kind;
import io.envcli.journal.JournalDamagedException;
import io.envcli.journal.JournalSurvey;
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
import java.util.function.Consumer;

/**
 * Opens the view for a reader, healing it first where that is called for: it takes the writer's lock, and rebuilds. Where the
 * store cannot be written, or its disk is full, or a writer keeps a view that only looks whole, a private view is built in a
 * temporary folder.
 *
 * <p>Threading: one thread.
 */
public final class ViewOpening implements AutoCloseable {
    /** How long to wait for another process to rebuild the view. */
    private static final long PATIENCE_NS = 120_000_000_000L;
    /** Whoever has the lock to heal deletes the view at once; who has left it there so long keeps it. */
    private static final long GRACE_NS = 200_000_000;
    private static final long POLL_NS = 5_000_000;

    private final Path store;
    private final UserKey key;
    private final byte[] storeId;
    private final SipHash names;
    private final boolean salvaging;
    private final Consumer<JournalSurvey> check;
    private ViewFolder folder;
    private @Nullable SalvageNote note;
    private @Nullable Path privateFolder;
    /** Generation of the view of which a reader has found out that it only looks whole; 0 if of none. */
    private long damaged;
    private long damagedSince;
    private long healingNanos;

    /**
     * Prepares to open.
     *
     * @param store   its folder.
     * @param key     of the user; borrowed while this is in use.
     * @param storeId of the store.
     * @param names   hasher of names.
     * @param salvaging whether a view of what is whole will do where the journal is damaged.
     * @param check     is asked before a view is built, and throws if none is to be.
     */
    public ViewOpening(final Path store, final UserKey key, final byte[] storeId, final SipHash names,
            final boolean salvaging, final Consumer<JournalSurvey> check) {
        this.salvaging = salvaging;
        this.check = check;
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
                heal();
            } else if (isKeptDamaged()) {
                rebuildPrivately();
            } else if (System.nanoTime() - deadline > 0) {
                throw new StoreException(Kind.LOCKED, store + ": process " + state.writerPid()
                        + " has been rebuilding the view for minutes; wait for it, or end it");
            } else {
                LockSupport.parkNanos(POLL_NS);
            }
        }
    }

    /** A writer looks at what it needs of a view, and may never come upon what is damaged of it. */
    private boolean isKeptDamaged() throws IOException {
        return damaged != 0 && !isPrivate() && System.nanoTime() - damagedSince > GRACE_NS
                && folder.newestGeneration() == damaged;
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

    private @Nullable HashIndexReader trusted(final boolean writerActive) throws IOException {
        HashIndexReader reader = null;
        boolean trusted = false;
        note = null;
        try {
            reader = folder.openNewest();
            if (reader != null && folder.isSalvaged(reader)) {
                note = salvaging ? salvaged(reader) : null;
                trusted = note != null;
            } else {
                trusted = reader != null && isTrusted(reader, writerActive);
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

    /** One of our own was made a moment ago, and is not out of date because a writer has gone on since. */
    private @Nullable SalvageNote salvaged(final HashIndexReader reader) throws IOException {
        return isPrivate() ? folder.salvagedBefore(reader) : folder.salvaged(reader);
    }

    /** A living writer deletes a view that it cannot trust before anything else, and then keeps its own as it should be. */
    private boolean isTrusted(final HashIndexReader reader, final boolean writerActive) throws IOException {
        if (privateFolder != null) {
            return true; // It was built a moment ago; since then a writer may have gone on.
        }
        if (reader.generation() == damaged) {
            return false;
        }
        return writerActive ? folder.isOfThisBoot(reader) : folder.isWhole(reader) || folder.isReadable(reader);
    }

    /**
     * Opens another view than one that looks whole, and of which a reader has found out that it is not: one that somebody
     * has put in its place since, or one that is built now.
     *
     * @param found the view that is damaged.
     * @return a reader, which the caller closes.
     * @throws IOException as {@link #open}.
     */
    public HashIndexReader openOther(final HashIndexReader found) throws IOException {
        if (!isPrivate() && damaged != found.generation()) {
            damaged = found.generation();
            damagedSince = System.nanoTime();
        }
        return open();
    }

    /**
     * Whether a view that was opened here has all that the journal has.
     *
     * @param opened the view.
     * @return true if so.
     * @throws IOException if the journal cannot be read.
     */
    public boolean isCurrent(final HashIndexReader opened) throws IOException {
        return isPrivate() ? note == null && folder.isWhole(opened)
                : !opened.isSuperseded() && folder.newestGeneration() == opened.generation();
    }

    /** Rebuilds the view where it is not whole, or only looks so. */
    private void heal() throws IOException {
        final long start = System.nanoTime();
        try (StoreLock lock = StoreLock.acquire(store)) {
            if (folder.newestGeneration() == damaged || !folder.isWhole()) {
                folder = new ViewFolder(lock.store(), storeId);
                if (!rebuild(folder) && !folder.isWhole()) {
                    throw new StoreException(Kind.DAMAGED, store + ": the view that was just rebuilt does not end where"
                            + " the journal does; run verify");
                }
                damaged = 0;
            }
            healingNanos = System.nanoTime() - start;
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
    }

    /** Rebuilds a view; true if the journal is damaged, so that only what is whole is in it. */
    private boolean rebuild(final ViewFolder of) throws IOException {
        of.discard();
        try {
            final JournalSurvey all = JournalSurvey.of(store);
            final JournalSurvey survey = isPrivate() ? all.whileWritten() : all;
            check.accept(survey);
            of.rebuild(key, names, survey).close();
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
        final long start = System.nanoTime();
        close();
        final Path temporary = Files.createTempDirectory("env-cli-view");
        privateFolder = temporary;
        folder = new ViewFolder(store, temporary, storeId);
        rebuild(folder);
        healingNanos = System.nanoTime() - start;
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

    private boolean isPrivate() {
        return privateFolder != null;
    }

    /** {@return what healing took in nanoseconds; 0 if nothing was to be healed} */
    public long healingNanos() {
        return healingNanos;
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
