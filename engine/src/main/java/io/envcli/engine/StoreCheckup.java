package io.envcli.engine;

import io.envcli.engine.internal.store.Failures;
import io.envcli.engine.internal.store.StoreFiles;
import io.envcli.engine.internal.view.ViewFolder;
import io.envcli.journal.JournalException;
import io.envcli.journal.JournalReader;
import io.envcli.journal.StoreLock;
import io.envcli.journal.StoreState;
import io.envcli.journal.UserKey;
import io.envcli.offheap.HashIndexReader;
import io.envcli.offheap.IndexDamagedException;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * The state that a store was left in, seen without opening it: nothing is healed, and the key need not be right.
 *
 * @param exists       whether there is a store at all; without one, all else is as of an empty one.
 * @param writerActive whether a writer has it open now.
 * @param writerPid    process id of that writer, or of the last one; 0 if none is known.
 * @param clean        whether the last writer left everything whole, in this boot of the machine.
 * @param view         what the view is like.
 * @param key          whether the key is this store's; {@link Key#FITS} if there is no store.
 * @param keyProblem   why it is not, or could not be tried; empty if it fits.
 */
public record StoreCheckup(boolean exists, boolean writerActive, long writerPid, boolean clean, View view, Key key,
        String keyProblem) {
    private static final int STORE_ID_LENGTH = 16;

    /** What is known of the key. */
    public enum Key {
        /** It opens the store. */
        FITS,
        /** It is missing, not to be used, or another store's. */
        REFUSED,
        /** The store could not be opened for a reason that is not the key's, so nobody knows. */
        UNKNOWN
    }

    /** What a view is like. All but {@link #WHOLE} and {@link #IN_USE} are rebuilt by whoever opens the store next. */
    public enum View {
        /** It can be answered from. */
        WHOLE,
        /** A writer keeps it. */
        IN_USE,
        /** There is none. */
        NONE,
        /** A writer ended without closing it. */
        DIRTY,
        /** It was written before this machine started, so that parts may never have reached the disk. */
        OTHER_BOOT,
        /** It ends elsewhere than the journal. */
        BEHIND,
        /** It fails its checks. */
        DAMAGED
    }

    /**
     * Looks at a store.
     *
     * @param config where it is, and its key.
     * @return its state.
     * @throws StoreException if the folder holds something else, or cannot be read.
     */
    public static StoreCheckup of(final StoreConfig config) {
        final Path store = config.directory();
        try {
            while (true) {
                if (!StoreFiles.exists(store)) {
                    return new StoreCheckup(false, false, 0, true, View.NONE, Key.FITS, "");
                }
                final Path home = StoreFiles.home(store);
                try {
                    final StoreCheckup checkup = ofHome(config, home);
                    if (home.equals(StoreFiles.home(store))) {
                        return checkup;
                    }
                } catch (final IOException | RuntimeException e) {
                    if (home.equals(StoreFiles.home(store))) {
                        throw e;
                    }
                } // else it was rekeyed in this moment
            }
        } catch (final IOException | RuntimeException e) {
            throw Failures.of(store, e);
        }
    }

    private static StoreCheckup ofHome(final StoreConfig config, final Path home) throws IOException {
        final StoreState state = StoreLock.state(home);
        final View view = state.writerActive() ? View.IN_USE : judge(home);
        Key key = Key.FITS;
        String problem = "";
        try {
            tryKey(config, home);
        } catch (final IOException | RuntimeException e) {
            final StoreException failure = Failures.of(config, e);
            key = failure.kind() == StoreException.Kind.KEY ? Key.REFUSED : Key.UNKNOWN;
            problem = String.valueOf(failure.getMessage());
        }
        return new StoreCheckup(true, state.writerActive(), state.writerPid(), state.clean(), view, key, problem);
    }

    private static View judge(final Path home) throws IOException {
        // Whose view it is would be asked with the store's id, which no key proves here.
        final ViewFolder folder = new ViewFolder(home, new byte[STORE_ID_LENGTH]);
        if (folder.newestGeneration() == 0) {
            return View.NONE;
        }
        try (HashIndexReader view = HashIndexReader.openOnce(folder.newestFile())) {
            if (view.isDirty()) {
                return View.DIRTY;
            }
            if (!folder.isOfThisBoot(view)) {
                return View.OTHER_BOOT;
            }
            final long[] applied = new long[2];
            return view.applied(applied) && JournalReader.endsAt(home, (int) applied[0], applied[1]) ? View.WHOLE
                    : View.BEHIND;
        } catch (final NoSuchFileException e) {
            return View.NONE; // A writer has just replaced it.
        } catch (final IndexDamagedException e) {
            return View.DAMAGED;
        }
    }

    private static void tryKey(final StoreConfig config, final Path home) throws IOException {
        try (UserKey key = StoreFiles.existingKey(config.keyFile());
                JournalReader journal = JournalReader.open(home, key)) {
            if (journal.keys().storeId().length != STORE_ID_LENGTH) {
                throw new JournalException(home + ": the store has no id");
            }
        }
    }
}
