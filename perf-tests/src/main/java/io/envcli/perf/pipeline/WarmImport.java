package io.envcli.perf.pipeline;

import io.envcli.engine.Durability;
import io.envcli.engine.ImportProgress;
import io.envcli.engine.ImportReport;
import io.envcli.engine.ImportRequest;
import io.envcli.engine.Store;
import io.envcli.engine.StoreConfig;
import io.envcli.engine.StoreReader;

import java.nio.file.Path;

/**
 * An import through the embedded API in this process, into a new store, so that no value is there already.
 *
 * @param file  to import.
 * @param proof of the import.
 */
record WarmImport(Path file, Proof proof) {
    /**
     * One import.
     *
     * @param nanos        from the call to the acknowledgement; opening the store is not in it.
     * @param journalBytes written.
     * @param viewBytes    of the view afterwards.
     */
    record Sample(long nanos, long journalBytes, long viewBytes) {}

    /**
     * Imports, and proves it.
     *
     * @param folder     for store and key.
     * @param durability class to acknowledge at.
     * @return the figures.
     */
    Sample run(final Path folder, final Durability durability) {
        final StoreConfig config = StoreConfig.builder().directory(folder.resolve("store"))
                .keyFile(folder.resolve("key")).durability(durability).build();
        try (Store store = Store.open(config)) {
            final ImportRequest request = ImportRequest.of(file).withEnvironment(Proof.ENVIRONMENT);
            final long start = System.nanoTime();
            final ImportReport report = store.importFrom(request, ImportProgress.NONE);
            final long nanos = System.nanoTime() - start;
            proof.requireCounts(report.variables(), report.rejected());
            try (StoreReader reader = store.reader()) {
                proof.requireValues(reader);
            }
            return new Sample(nanos, report.journalBytes(), store.status().viewBytes());
        }
    }
}
