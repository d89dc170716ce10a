package io.envcli.engine;

import io.envcli.offheap.testing.Strace;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The disk is full at the very moment when the journal begins another segment. */
@Timeout(120)
final class FullDiskAtRollIT {
    private static final int SEGMENT_BYTES = 1 << 20;
    private static final int VALUE_LENGTH = 100_000;
    private static final String OPEN = "open POWER " + SEGMENT_BYTES + " 60000";

    @TempDir
    private Path top;

    @ParameterizedTest
    @ValueSource(strings = {"19700101F.precreated", "metadata.cq4t"})
    void theStoreIsAsBeforeAndReadable(final String refused) throws IOException {
        final Path store = top.resolve("store");
        final Strace strace = new Strace(top.resolve("trace"));
        final List<String> tracer = strace.command(List.of("-P",
                top.toRealPath().resolve("store/journal/000002").resolve(refused).toString(), "-e",
                "trace=fallocate", "-e", "inject=fallocate:error=ENOSPC"));
        final int acknowledged;
        try (Child child = Child.start(tracer, store, top.resolve("key"))) {
            child.done(OPEN);
            acknowledged = putUntilFull(child);
            assertTrue(child.ask(put(0)).startsWith(StoreChild.REFUSED), "the journal takes no more writes");
            assertFalse(child.ask("close").startsWith(StoreChild.THROWN));
        }
        assertEquals(1, strace.injected().size());
        check(acknowledged);
        FaultTable.once("the disk is full", () -> {
            try (Child child = Child.start(List.of(), store, top.resolve("key"))) {
                child.done(OPEN);
                assertEquals(String.valueOf(acknowledged + 1), child.done(put(acknowledged)), "with space it goes on");
            }
            check(acknowledged + 1);
        });
    }

    private static int putUntilFull(final Child child) throws IOException {
        for (int i = 0; i < 20; i++) {
            final String answer = child.ask(put(i));
            if (!answer.startsWith(StoreChild.DONE)) {
                assertTrue(answer.startsWith(StoreChild.REFUSED + " DISK_FULL disk full: "), answer);
                assertTrue(answer.contains("000002"), answer);
                return i;
            }
        }
        throw new AssertionError("the journal never began another segment");
    }

    private static String put(final int number) {
        return "put e NAME_" + number + " " + VALUE_LENGTH;
    }

    private void check(final int acknowledged) {
        final StoreConfig config = StoreConfig.builder().directory(top.resolve("store")).keyFile(top.resolve("key"))
                .build();
        try (StoreReader reader = StoreReader.open(config)) {
            assertEquals(acknowledged, reader.version());
            for (int i = 0; i < acknowledged; i++) {
                final String name = "NAME_" + i;
                assertEquals(StoreChild.value(name, VALUE_LENGTH),
                        Objects.requireNonNull(reader.get("e", name), name).value());
            }
        }
        assertEquals(List.of(), StoreVerifier.verify(config).findings());
    }
}
