package io.envcli.engine;

import io.envcli.offheap.testing.Strace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * A writer of class {@code power} goes on where one of class {@code process} left files that were never synced. What it
 * acknowledges stands on those, so they are synced before.
 */
@Timeout(120)
final class SyncOfInheritedFilesIT {
    private static final int SEGMENT_BYTES = 1 << 20;

    @TempDir
    private Path top;

    @Test
    void whatALesserWriterLeftIsSyncedBeforeTheFirstAcknowledgement() throws IOException {
        final Strace strace = new Strace(top.resolve("trace"));
        final Path store = top.resolve("store");
        try (Store lesser = Store.open(StoreConfig.builder().directory(store).keyFile(top.resolve("key"))
                .durability(Durability.PROCESS).segmentBytes(SEGMENT_BYTES).build())) {
            for (int i = 0; i < 30; i++) {
                lesser.put("e", "NAME_" + i, "x".repeat(100_000));
            }
        }
        final List<Path> expected = new ArrayList<>(List.of(store, store.resolve("journal")));
        try (Stream<Path> segments = Files.list(store.resolve("journal"))) {
            segments.forEach(segment -> expected.addAll(List.of(segment, segment.resolve("19700101F.cq4"))));
        }
        assertTrue(expected.size() >= 2 + 2 * 3, "too few segments: " + expected);
        try (Child child = Child.start(strace.command(List.of("-e", "trace=fsync,fdatasync,write")), store,
                top.resolve("key"))) {
            child.done("open POWER " + SEGMENT_BYTES + " 60000");
            assertEquals("31", child.done("put e NAME 10"));
        }
        final List<String> calls = strace.calls();
        final int acknowledged = indexOf(calls, "\"done 31");
        for (final Path path : expected) {
            final int synced = indexOf(calls, "sync(", "<" + path.toRealPath() + ">", " = 0");
            assertTrue(synced >= 0 && synced < acknowledged, () -> path + " is not synced: " + calls);
        }
    }

    private static int indexOf(final List<String> calls, final String... words) {
        for (int i = 0; i < calls.size(); i++) {
            if (Stream.of(words).allMatch(calls.get(i)::contains)) {
                return i;
            }
        }
        return -1;
    }
}
