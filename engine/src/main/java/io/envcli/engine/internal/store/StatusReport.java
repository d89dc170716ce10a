package io.envcli.engine.internal.store;

import io.envcli.affinity.AllowedCpus;
import io.envcli.engine.StoreConfig;
import io.envcli.engine.StoreStatus;
import io.envcli.engine.internal.pipeline.Pipeline;
import io.envcli.engine.internal.view.StoreSize;
import io.envcli.journal.StoreLock;
import io.envcli.offheap.HashIndexReader;
import io.envcli.simd.Kernels;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.stream.Stream;

/** Puts together what a store is like. */
public final class StatusReport {
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
        final Path directory = config.directory();
        final AllowedCpus cpus = AllowedCpus.current();
        final int ordinal = view.version() == 0 ? 0 : view.ordinalOfVersion(view.version());
        return new StoreStatus(directory, HexFormat.of().formatHex(storeId), view.version(),
                ordinal > 0 ? view.timeMillis(ordinal) : 0, view.variableCount(), (int) view.environmentCount(),
                segments(directory.resolve("journal")), StoreSize.of(directory.resolve("journal")),
                StoreSize.of(directory.resolve("view")), StoreLock.state(directory).writerActive(),
                Kernels.describe(), cpus.cpus(), cpus.usable(), Pipeline.layout(config, cpus), recoveryNanos);
    }

    private static int segments(final Path journal) throws IOException {
        try (Stream<Path> folders = Files.list(journal)) {
            return (int) folders.filter(Files::isDirectory).count();
        }
    }
}
