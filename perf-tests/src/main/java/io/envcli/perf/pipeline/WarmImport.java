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
public record WarmImport(Path file, Proof proof) {
    /**
     * One import.
     *
     * @param nanos        from the call to the acknowledgement; opening the store is not in it.
     * @param journalBytes written.
     * @param viewBytes    of the view afterwards.
     */
    public record Sample(long nanos, long journalBytes, long viewBytes) {}

    /** Told when the time begins and ends: the pipeline's threads are there then. */
    public interface Observer {
        /** The import is about to begin. */
        void begins();

        /** The import is acknowledged. */
        void ended();
    }

    private static final Observer NOBODY = new Observer() {
        @Override
        public void begins() {}

        @Override
        public void ended() {}
    };

    /**
     * Imports, and proves it.
     *
     * @param folder     for store and key.
     * @param durability class to acknowledge at.
     * @return the figures.
     */
    public Sample run(final Path folder, final Durability durability) {
        return run(folder, durability, NOBODY);
    }

    /**
     * Imports, and proves it.
     *
     * @param folder     for store and key.
     * @param durability class to acknowledge at.
     * @param observer   told of the beginning and the end.
     * @return the figures.
     */
    public Sample run(final Path folder, final Durability durability, final Observer observer) {
        final StoreConfig config = StoreConfig.builder().directory(folder.resolve("store"))
                .keyFile(folder.resolve("key")).durability(durability).build();
        try (Store store = Store.open(config)) {
            final ImportRequest request = ImportRequest.of(file).withEnvironment(Proof.ENVIRONMENT);
            observer.begins();
            final long start = System.nanoTime();
            final ImportReport report = store.importFrom(request, ImportProgress.NONE);
            final long nanos = System.nanoTime() - start;
            observer.ended();
            proof.requireCounts(report.variables(), report.rejected());
            try (StoreReader reader = store.reader()) {
                proof.requireValues(reader);
            }
            return new Sample(nanos, report.journalBytes(), store.status().viewBytes());
        }
    }
}
