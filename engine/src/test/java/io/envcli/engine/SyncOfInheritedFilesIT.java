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

    /** What PowerLossTest assumes, as the kernel sees it: in docs/durability.md, in this order. */
    @Test
    void aNewStoreIsSyncedFromItsKeyToTheFoldersAboveAndThenTheFirstCommitWithTheLockFile() throws IOException {
        final Strace strace = new Strace(top.resolve("trace"));
        final Path data = top.resolve("data");
        final Path store = data.resolve("store");
        try (Child child = Child.start(strace.command(List.of("-e", "trace=fsync,fdatasync,write")), store,
                top.resolve("configuration/key"))) {
            child.done("open POWER " + SEGMENT_BYTES + " 60000");
            assertEquals("1", child.done("put e NAME 10"));
        }
        final Path real = top.toRealPath();
        final String queue = real.resolve("data/store/journal/000001/19700101F.cq4").toString();
        final List<String> expected = List.of(real.resolve("configuration/.key.").toString(),
                real.resolve("configuration") + ">", real + ">", queue, real.resolve("data/store/journal/000001") + ">",
                real.resolve("data/store/journal") + ">", real.resolve("data/store") + ">", real.resolve("data") + ">",
                real + ">", queue, real.resolve("data/store/lock") + ">", "\"done 1");
        final List<String> calls = strace.calls();
        int next = 0;
        for (final String call : calls) {
            final boolean wanted = call.contains("sync(") ? call.contains("<" + expected.get(next))
                    : call.contains(expected.get(next));
            next += next < expected.size() - 1 && wanted ? 1 : 0;
        }
        assertEquals(expected.size() - 1, next, () -> "not in this order: " + calls);
        assertTrue(indexOf(calls, "\"done 1") > indexOf(calls, "sync(", "lock>", " = 0"), calls::toString);
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
