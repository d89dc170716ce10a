package io.envcli.engine;

import io.envcli.engine.internal.store.Failures;
import io.envcli.engine.internal.store.JvmFlags;
import io.envcli.engine.internal.store.NewFolder;
import io.envcli.engine.internal.store.StoreFiles;
import io.envcli.journal.JournalRepair;
import io.envcli.journal.JournalReport;
import io.envcli.journal.JournalVerifier;
import io.envcli.journal.SalvageReport;
import io.envcli.journal.UserKey;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Saves what is whole of a damaged store into a new one, with the same key.
 *
 * <p>Every version whose transaction is whole is saved under its own number, whatever is damaged before or behind it. One
 * that is not stays in the log as an empty one, and later versions stand on what was before it. So values that only a lost
 * version has set are missing, and those that it replaced are back: the report names each such version.
 *
 * <p>Threading: any thread.
 */
public final class StoreRepair {
    private StoreRepair() {}

    /**
     * Repairs. Reads the damaged store only, without a lock and on read-only media, too.
     *
     * @param config  of the damaged store.
     * @param target  folder of the new store: nothing, or an empty folder. It is there whole or not at all.
     * @param partial whether changes that are whole are saved of transactions that are not, too.
     * @return what was saved and what was not.
     * @throws StoreException if the target is taken, the key is not the store's key, or nothing can be saved.
     */
    public static RepairReport repair(final StoreConfig config, final Path target, final boolean partial) {
        JvmFlags.require();
        final long start = System.nanoTime();
        try {
            final RepairReport report = NewFolder.make(config.directory(), target,
                    (home, folder) -> repair(config, home, folder, partial, start));
            HeadKeeper.accept(StoreConfig.builder().directory(target).keyFile(config.keyFile()).build());
            return report;
        } catch (final IOException | RuntimeException e) {
            throw Failures.of(config, e);
        }
    }

    private static RepairReport repair(final StoreConfig config, final Path home, final Path folder,
            final boolean partial, final long start) throws IOException {
        try (UserKey key = StoreFiles.existingKey(config.keyFile())) {
            final SalvageReport salvaged = JournalRepair.repair(home, key, folder, partial);
            final JournalReport written = JournalVerifier.verify(folder, key);
            if (!written.isIntact() || written.versions() != salvaged.lastVersion()) {
                throw new StoreException(StoreException.Kind.IO,
                        folder + ": what was written does not verify; check that disk, and repair into another folder");
            }
            return report(salvaged, written, partial, System.nanoTime() - start);
        }
    }

    private static RepairReport report(final SalvageReport salvaged, final JournalReport written, final boolean partial,
            final long nanos) {
        return new RepairReport(salvaged.lastVersion(), written.changes(), salvaged.openEnded(),
                salvaged.losses().stream().map(loss -> new RepairReport.Loss(loss.first(), loss.last(), loss.changes(),
                        !loss.isPartial() ? 0 : loss.changes() - loss.lost(), partial && loss.isPartial())).toList(),
                salvaged.findings().stream().map(finding -> new RepairReport.Finding(finding.file(), finding.position(),
                        finding.what())).toList(),
                nanos);
    }
}
