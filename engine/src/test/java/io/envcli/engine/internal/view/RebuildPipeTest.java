package io.envcli.engine.internal.view;

import io.envcli.engine.ImportProgress;
import io.envcli.engine.ImportRequest;
import io.envcli.engine.Store;
import io.envcli.engine.StoreConfig;
import io.envcli.journal.JournalReader;
import io.envcli.journal.JournalSurvey;
import io.envcli.journal.UserKey;
import io.envcli.offheap.testing.LeakCheck;
import io.envcli.simd.SipHash;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.junit.jupiter.api.Assertions.assertTrue;

@ExtendWith(LeakCheck.class)
@Timeout(60)
final class RebuildPipeTest {
    /** More than all batches hold, so that the reading thread waits for one. */
    private static final int VARIABLES = 6 * ReplayBatch.ROWS;

    @TempDir
    private Path top;

    @Test
    void aPipeThatNobodyEmptiesEnds() throws IOException {
        final StringBuilder text = new StringBuilder();
        for (int i = 0; i < VARIABLES; i++) {
            text.append("NAME_").append(i).append("=value\n");
        }
        final Path store = top.resolve("store");
        try (Store writer = Store.open(StoreConfig.builder().directory(store).keyFile(top.resolve("key")).build())) {
            writer.importFrom(ImportRequest.of(Files.writeString(top.resolve("source.env"), text)),
                    ImportProgress.NONE);
        }
        try (UserKey key = UserKey.load(top.resolve("key")); JournalReader journal = JournalReader.open(store, key)) {
            final RebuildPipe pipe = new RebuildPipe(journal, JournalSurvey.of(store), new SipHash(1, 2));
            pipe.start();
            pipe.close();
        }
        assertTrue(
                Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().equals("envcli-replay")),
                "the reading thread has ended");
    }
}
