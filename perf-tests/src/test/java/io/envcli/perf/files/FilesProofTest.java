package io.envcli.perf.files;

import io.envcli.engine.ImportProgress;
import io.envcli.engine.ImportReport;
import io.envcli.engine.ImportRequest;
import io.envcli.engine.Store;
import io.envcli.engine.StoreConfig;
import io.envcli.engine.StoreReader;
import io.envcli.offheap.testing.LeakCheck;
import io.envcli.perf.workload.FolderWorkload;
import io.envcli.perf.workload.Truth;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** An import of the folder is proven, and one that missed a file or a value would be found out. */
@ExtendWith(LeakCheck.class)
class FilesProofTest {
    @TempDir
    Path folder;

    @Test
    void provesAndFindsOut() throws IOException {
        final Path source = folder.resolve("source");
        final FolderWorkload workload = new FolderWorkload(9, 12, 20);
        final Truth truth = workload.generate(source);
        final FilesProof proof = new FilesProof(workload, truth);
        final StoreConfig config = StoreConfig.builder().directory(folder.resolve("store"))
                .keyFile(folder.resolve("key")).build();
        try (Store store = Store.open(config)) {
            final ImportReport report = store.importFrom(ImportRequest.of(source), ImportProgress.NONE);
            proof.requireCounts(report.variables(), report.files(), report.rejected());
            try (StoreReader reader = store.reader()) {
                proof.requireValues(reader);
            }
            store.unset(workload.environment(7), firstName(source.resolve(workload.path(7))));
            try (StoreReader reader = store.reader()) {
                final String message = assertThrows(IllegalStateException.class, () -> proof.requireValues(reader))
                        .toString();
                assertTrue(message.endsWith(workload.path(7)), message);
            }
            assertThrows(IllegalStateException.class, () -> proof.requireCounts(240, 11, 0));
        }
    }

    private static String firstName(final Path file) throws IOException {
        return Files.readAllLines(file).stream().map(line -> line.replaceFirst("^\uFEFF?(export )?", ""))
                .filter(line -> !line.startsWith("#") && line.contains("=")).findFirst().orElseThrow()
                .replaceFirst("=.*", "").strip();
    }
}
