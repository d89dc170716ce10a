package io.envcli.perf.files;

import io.envcli.engine.StoreReader;
import io.envcli.engine.Variable;
import io.envcli.perf.workload.FolderWorkload;
import io.envcli.perf.workload.Profile;
import io.envcli.perf.workload.Truth;
import io.envcli.perf.workload.Variables;
import io.envcli.perf.workload.WorkloadGenerator;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * Proves that an import of a folder did its work.
 *
 * @param workload in the folder.
 * @param truth    about all files together.
 */
record FilesProof(FolderWorkload workload, Truth truth) {
    /**
     * Checks an import's own account.
     *
     * @param variables counted by it.
     * @param files     counted by it.
     * @param rejected  counted by it.
     */
    void requireCounts(final long variables, final long files, final long rejected) {
        require(truth.variables(), variables, "variables");
        require(workload.files(), files, "files");
        require(0, rejected, "rejected");
    }

    /**
     * Reads the first and the last variable of each file back.
     *
     * @param reader at the version to check.
     * @throws IOException never.
     */
    void requireValues(final StoreReader reader) throws IOException {
        for (int file = 0; file < workload.files(); file++) {
            final long seed = workload.seedOf(file);
            final Variables variables = new Variables(Profile.REALISTIC, seed);
            final long assignments = new WorkloadGenerator(Profile.REALISTIC, seed)
                    .generate(workload.variables(), OutputStream.nullOutputStream()).assignments();
            for (final long position : new long[]{0, assignments - 1}) {
                final String name = variables.name(position);
                final @Nullable Variable variable = reader.get(workload.environment(file), name);
                if (variable == null
                        || !Arrays.equals(variable.valueBytes(), variables.lastValue(position, assignments))) {
                    throw new IllegalStateException(
                            "the store has not the value of " + name + " of " + workload.path(file));
                }
            }
        }
    }

    private static void require(final long expected, final long actual, final String what) {
        if (expected != actual) {
            throw new IllegalStateException(what + " is " + actual + " after the import, but must be " + expected);
        }
    }
}
