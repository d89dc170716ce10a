package io.envcli.engine;

import io.envcli.engine.StoreException.Kind;
import io.envcli.offheap.testing.LeakCheck;
import io.envcli.ringbuffers.Layout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

@ExtendWith(LeakCheck.class)
@Timeout(60)
final class PutStreamTest {
    private static final int PUTS = 5_000;
    private static final int NAMES = 100;

    @TempDir
    private Path top;

    private StoreConfig.Builder config() {
        return StoreConfig.builder().directory(top.resolve("store")).keyFile(top.resolve("config/key"))
                .durability(Durability.PROCESS);
    }

    private static byte[] utf8(final String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @EnumSource(Layout.class)
    void whatIsAcknowledgedIsThere(final Layout layout) {
        try (Store store = Store.open(config().layout(layout).build())) {
            final PutStream stream = store.stream("production");
            long last = -1;
            for (int i = 0; i < PUTS; i++) {
                final long position = stream.put("NAME_" + i % NAMES, utf8("grün " + i));
                assertTrue(position > last, position + " follows " + last);
                last = position;
            }
            stream.await(last);
            assertTrue(stream.acknowledged() >= last);
            try (StoreReader reader = store.reader()) {
                assertTrue(reader.version() <= PUTS, "a version a put at most");
                for (int i = PUTS - NAMES; i < PUTS; i++) {
                    assertEquals("grün " + i,
                            Objects.requireNonNull(reader.get("production", "NAME_" + i % NAMES)).value());
                }
            }
        }
    }

    /** A ring of two slots is full most of the time: what is refused was not done, what is taken is. */
    @Test
    void offersAreTakenOrRefused() {
        final StoreConfig config = config().slots(2).build();
        long full = 0;
        try (Store store = Store.open(config)) {
            final PutStream stream = store.stream("e");
            long last = -1;
            for (int i = 0; i < PUTS; i++) {
                long position = stream.offer("A" + i % NAMES, utf8("v" + i));
                while (position == PutStream.FULL) {
                    full++;
                    Thread.onSpinWait();
                    position = stream.offer("A" + i % NAMES, utf8("v" + i));
                }
                assertEquals(last + 1, position);
                last = position;
            }
        }
        assertTrue(full > 0, "never full");
        try (StoreReader reader = StoreReader.open(config)) {
            for (int i = PUTS - NAMES; i < PUTS; i++) {
                assertEquals("v" + i, Objects.requireNonNull(reader.get("e", "A" + i % NAMES)).value());
            }
        }
    }

    @Test
    void severalThreadsShareCommits() throws InterruptedException {
        final StoreConfig config = config().slots(128).build();
        try (Store store = Store.open(config)) {
            final List<Thread> threads = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                final String name = "T" + t;
                final PutStream stream = store.stream("shared");
                threads.add(Thread.ofPlatform().start(() -> {
                    for (int i = 0; i < PUTS; i++) {
                        stream.put(name, utf8("v" + i));
                    }
                }));
            }
            for (final Thread thread : threads) {
                thread.join();
            }
        }
        try (StoreReader reader = StoreReader.open(config)) {
            for (int t = 0; t < 4; t++) {
                assertEquals("v" + (PUTS - 1), Objects.requireNonNull(reader.get("shared", "T" + t)).value());
            }
            assertTrue(reader.version() < 4 * PUTS, "no commit was shared in " + reader.version() + " versions");
        }
    }

    @Test
    void badArgumentsAreRefused() {
        try (Store store = Store.open(config().build())) {
            assertEquals(Kind.INVALID, assertThrows(StoreException.class, () -> store.stream("a//b")).kind());
            final PutStream stream = store.stream("e");
            assertEquals(Kind.INVALID, assertThrows(StoreException.class, () -> stream.put("A=B", utf8("x"))).kind());
            final StoreException nul = assertThrows(StoreException.class, () -> stream.offer("A", utf8("secret\0")));
            assertEquals(Kind.INVALID, nul.kind());
            assertFalse(nul.toString().contains("secret"), nul::toString);
            final byte[] latin1 = {'s', (byte) 0xE4};
            assertEquals(Kind.INVALID, assertThrows(StoreException.class, () -> stream.put("A", latin1)).kind());
            assertEquals(-1, stream.acknowledged());
        }
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void everyClassIsAnswered(final Durability durability) {
        final StoreConfig config = config().durability(durability).build();
        try (Store store = Store.open(config)) {
            final PutStream stream = store.stream("e");
            final byte[] value = utf8("first");
            final long position = stream.put("A", value);
            Arrays.fill(value, (byte) 'x'); // It was copied.
            stream.await(position);
            try (StoreReader reader = store.reader()) {
                assertEquals("first", Objects.requireNonNull(reader.get("e", "A")).value());
            }
        }
    }

    @Test
    void whatWasRefusedCannotBeAwaited() {
        try (Store store = Store.open(config().build())) {
            final PutStream stream = store.stream("e");
            assertThrows(IllegalArgumentException.class, () -> stream.await(PutStream.FULL));
        }
    }

    @Test
    void aClosedStoreTakesNoMore() {
        final Store store = Store.open(config().build());
        final PutStream stream = store.stream("e");
        stream.await(stream.put("A", utf8("1")));
        store.close();
        assertThrows(StoreException.class, () -> stream.put("A", utf8("2")));
        assertThrows(StoreException.class, () -> store.stream("e"));
    }
}
