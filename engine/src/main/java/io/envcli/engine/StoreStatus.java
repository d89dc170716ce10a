package io.envcli.engine;

import java.nio.file.Path;
import java.util.List;

/**
 * What a store is like now, without a name or a value.
 *
 * @param directory        of the store.
 * @param storeId          16 bytes in hexadecimal digits, drawn when it was made.
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

    /** Copies the list. */
    public StoreStatus {
        allowedCpus = List.copyOf(allowedCpus);
    }
}
