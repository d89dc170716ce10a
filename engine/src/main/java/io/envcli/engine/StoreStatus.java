package io.envcli.engine;

import io.envcli.engine.internal.store.Failures;
import io.envcli.engine.internal.store.StatusReport;
import io.envcli.engine.internal.store.StoreFiles;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * What a store is like now, without a name or a value. Without the store's key some of it may be unknown; the numbers are
 * {@link #UNKNOWN} then.
 *
 * @param directory        of the store.
 * @param storeId          16 bytes in hexadecimal digits, drawn when it was made; empty if unknown.
 * @param version          the newest.
 * @param lastCommitMillis when that was committed, in milliseconds since 1970; 0 if nothing was.
 * @param variables        set at the newest version.
 * @param environments     that variables were ever in.
 * @param segments         of the journal.
 * @param journalBytes     on disk.
 * @param viewBytes        on disk.
 * @param writerActive     whether another process writes to it.
 * @param kernels          in use in this process, and why.
 * @param allowedCpus      that this process may use.
 * @param usableCpus       how many of them its quota pays for.
 * @param layout           of the pipeline that an import would get here: its threads, and what shares one.
 * @param recoveryNanos    what healing the view took on opening; 0 if it was whole.
 */
public record StoreStatus(Path directory, String storeId, long version, long lastCommitMillis, long variables,
        int environments, int segments, long journalBytes, long viewBytes, boolean writerActive, String kernels,
        List<Integer> allowedCpus, int usableCpus, String layout, long recoveryNanos) {

    /** In place of a number: the view that would tell it cannot be trusted, and cannot be rebuilt without the key. */
    public static final long UNKNOWN = -1;

    /** Copies the list. */
    public StoreStatus {
        allowedCpus = List.copyOf(allowedCpus);
    }

    /**
     * Looks at a store without its key. Changes nothing: a view that cannot be trusted is not healed.
     *
     * @param config where it is; its key file is not looked at.
     * @return the status.
     * @throws StoreException if there is no store, or it cannot be read.
     */
    public static StoreStatus withoutKey(final StoreConfig config) {
        try {
            StoreFiles.require(config.directory());
            return StatusReport.withoutKey(config);
        } catch (final IOException | RuntimeException e) {
            throw Failures.of(config.directory(), e);
        }
    }

    /** {@return whether version, time and counts are known} */
    public boolean isCounted() {
        return version >= 0 && variables >= 0 && environments >= 0;
    }
}
