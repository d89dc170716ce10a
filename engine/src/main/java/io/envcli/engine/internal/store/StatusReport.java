package io.envcli.engine.internal.store;

import io.envcli.affinity.AllowedCpus;
import io.envcli.engine.StoreConfig;
import io.envcli.engine.StoreStatus;
import io.envcli.engine.internal.pipeline.Pipeline;
import io.envcli.engine.internal.view.StoreSize;
import io.envcli.engine.internal.view.ViewFolder;
import io.envcli.journal.JournalReader;
import io.envcli.journal.StoreLock;
import io.envcli.offheap.HashIndexReader;
import io.envcli.offheap.IndexDamagedException;
import io.envcli.simd.Kernels;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.stream.Stream;

/** Puts together what a store is like. */
public final class StatusReport {
    private static final int STORE_ID_LENGTH = 16;

    private StatusReport() {}

    /**
     * Looks at a store.
     *
     * @param config        where it is.
     * @param storeId       of the store.
     * @param view          at the version to tell of.
     * @param recoveryNanos what healing took; 0 if nothing was to be healed.
     * @return the status.
     * @throws IOException if something cannot be read.
     */
    public static StoreStatus of(final StoreConfig config, final byte[] storeId, final HashIndexReader view,
            final long recoveryNanos) throws IOException {
        return of(config, HexFormat.of().formatHex(storeId), Counts.of(view), recoveryNanos);
    }

    /**
     * Looks at a store whose key is not there.
     *
     * @param config where it is.
     * @return the status; what only the view knows is unknown unless that can be trusted as it is.
     * @throws IOException if something cannot be read.
     */
    public static StoreStatus withoutKey(final StoreConfig config) throws IOException {
        // Whose view it is would be asked with the store's id, which no key proves here.
        final Path home = StoreFiles.home(config.directory());
        final ViewFolder folder = new ViewFolder(home, new byte[STORE_ID_LENGTH]);
        try (HashIndexReader view = openNewest(folder)) {
            final Counts counts = view != null && isUpToDate(home, folder, view) ? Counts.of(view)
                    : Counts.NONE;
            return of(config, "", counts, 0);
        }
    }

    private static @Nullable HashIndexReader openNewest(final ViewFolder folder) throws IOException {
        try {
            return folder.newestGeneration() == 0 ? null : HashIndexReader.openOnce(folder.newestFile());
        } catch (final IndexDamagedException | NoSuchFileException e) {
            return null; // The writer has just replaced it, or somebody with the key has to rebuild it.
        }
    }

    /** Unlike an answer, a count may come from a view of another boot or machine: such as that of a copy. */
    private static boolean isUpToDate(final Path store, final ViewFolder folder, final HashIndexReader view)
            throws IOException {
        if (StoreLock.state(store).writerActive()) {
            return folder.isOfThisBoot(view);
        }
        final long[] applied = new long[2];
        return !view.isDirty() && view.applied(applied)
                && JournalReader.endsAt(store, (int) applied[0], applied[1]);
    }

    private static StoreStatus of(final StoreConfig config, final String storeId, final Counts counts,
            final long recoveryNanos) throws IOException {
        final Path home = StoreFiles.home(config.directory());
        final AllowedCpus cpus = AllowedCpus.current();
        return new StoreStatus(config.directory(), storeId, counts.version, counts.timeMillis, counts.variables,
                (int) counts.environments, segments(home.resolve("journal")),
                StoreSize.of(home.resolve("journal")), StoreSize.of(home.resolve("view")),
                StoreLock.state(home).writerActive(), Kernels.describe(), cpus.cpus(), cpus.usable(),
                Pipeline.layout(config, cpus), recoveryNanos);
    }

    /** What the view knows of a store. */
    private record Counts(long version, long timeMillis, long variables, long environments) {
        static final Counts NONE = new Counts(StoreStatus.UNKNOWN, 0, StoreStatus.UNKNOWN, StoreStatus.UNKNOWN);

        static Counts of(final HashIndexReader view) {
            final int ordinal = view.version() == 0 ? 0 : view.ordinalOfVersion(view.version());
            return new Counts(view.version(), ordinal > 0 ? view.timeMillis(ordinal) : 0, view.variableCount(),
                    inUse(view));
        }

        /** Environments that have variables at this version: an import under way, or given up, may have made others. */
        private static long inUse(final HashIndexReader view) {
            final long[] inUse = new long[1];
            final long found = view.forEachEnvironment((number, _, _) -> inUse[0] += view.any(number) == 0 ? 0 : 1);
            return found < 0 ? StoreStatus.UNKNOWN : inUse[0];
        }
    }

    private static int segments(final Path journal) throws IOException {
        try (Stream<Path> folders = Files.list(journal)) {
            return (int) folders.filter(Files::isDirectory).count();
        }
    }
}
