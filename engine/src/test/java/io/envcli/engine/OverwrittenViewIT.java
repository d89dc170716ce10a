package io.envcli.engine;

import io.envcli.engine.StoreException.Kind;
import io.envcli.offheap.testing.LeakCheck;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * A view is overwritten on disk, all but its header, so that it looks whole to whoever opens it: no reader is refused for that,
 * or answers wrong, whoever has the store's lock.
 */
@ExtendWith(LeakCheck.class)
@Timeout(120)
final class OverwrittenViewIT {
    private static final int HEADER = 4096;
    /** Of its header: where entries begin, and the whole length. */
    private static final int ENTRIES_OFFSET = 72;
    private static final int FILE_LENGTH = 88;
    private static final int READERS = 6;
    private static final long SEED = Long.getLong("overwritten.seed", System.nanoTime());

    @TempDir
    private Path top;
    private final Random random = new Random(SEED);
    private StoreConfig config;

    /** What is overwritten, and with what. */
    enum Damage {
        BUCKETS_ZEROED, BUCKETS_GARBAGE, ALL_ZEROED, ALL_GARBAGE;

        void of(final Path view, final Random random) throws IOException {
            try (FileChannel channel = FileChannel.open(view, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                final ByteBuffer header = ByteBuffer.allocate(HEADER).order(ByteOrder.LITTLE_ENDIAN);
                channel.read(header, 0);
                final boolean all = this == ALL_ZEROED || this == ALL_GARBAGE;
                final byte[] bytes = new byte[(int) header.getLong(all ? FILE_LENGTH : ENTRIES_OFFSET) - HEADER];
                if (this == BUCKETS_GARBAGE || this == ALL_GARBAGE) {
                    random.nextBytes(bytes);
                }
                channel.write(ByteBuffer.wrap(bytes), HEADER);
            }
        }
    }

    @BeforeEach
    void makeStore() throws IOException {
        System.out.println("overwritten.seed=" + SEED);
        config = StoreConfig.builder().directory(top.resolve("store")).keyFile(top.resolve("key"))
                .durability(Durability.PROCESS).expectedBytes(0).build();
        importRound(1);
        importRound(2);
    }

    private void importRound(final long round) throws IOException {
        try (Store store = Store.open(config)) {
            store.importFrom(ImportRequest.of(Rounds.write(top.resolve("sources"), round)), ImportProgress.NONE);
        }
    }

    private Path newestView() throws IOException {
        try (Stream<Path> files = Files.list(config.directory().resolve("view"))) {
            return files.filter(Files::isRegularFile).max(Path::compareTo).orElseThrow();
        }
    }

    @ParameterizedTest
    @EnumSource
    void readersAreAnsweredBesideAWriterThatKeepsADamagedView(final Damage damage) throws IOException {
        try (StoreReader before = StoreReader.open(config)) {
            if (damage == Damage.BUCKETS_GARBAGE || damage == Damage.BUCKETS_ZEROED) {
                damage.of(newestView(), random);
            }
            try (Store store = Store.open(config)) {
                damage.of(newestView(), random);
                assertEquals(2, Rounds.check(before, random));
                before.moveTo(1);
                assertEquals(1, Rounds.check(before, random));
                try (StoreReader reader = StoreReader.open(config)) {
                    assertEquals(2, Rounds.check(reader, random));
                    reader.refresh();
                    assertEquals(2, Rounds.check(reader, random));
                }
                before.refresh();
                assertEquals(2, Rounds.check(before, random));
                assertEquals(Kind.DAMAGED,
                        assertThrows(StoreException.class, () -> store.unset("round/a", "NAME_0")).kind());
            }
        }
        importRound(3);
        try (StoreReader reader = StoreReader.open(config)) {
            assertEquals(3, Rounds.check(reader, random));
        }
        assertTrue(StoreVerifier.verify(config).intact());
    }

    @ParameterizedTest
    @EnumSource
    void manyReadersThatFindItAtOnceHealIt(final Damage damage) throws Exception {
        final ExecutorService threads = Executors.newFixedThreadPool(READERS);
        try {
            final CyclicBarrier damaged = new CyclicBarrier(READERS + 1);
            final List<Future<Long>> answers = new ArrayList<>();
            for (int i = 0; i < READERS; i++) {
                final long seed = SEED + i;
                answers.add(threads.submit(() -> {
                    try (StoreReader reader = StoreReader.open(config)) {
                        damaged.await();
                        damaged.await();
                        return Rounds.check(reader, new Random(seed));
                    }
                }));
            }
            damaged.await(60, TimeUnit.SECONDS);
            damage.of(newestView(), random);
            damaged.await(60, TimeUnit.SECONDS);
            for (final Future<Long> answer : answers) {
                assertEquals(2, answer.get(60, TimeUnit.SECONDS));
            }
        } finally {
            threads.shutdownNow();
            assertTrue(threads.awaitTermination(60, TimeUnit.SECONDS));
        }
        try (StoreReader reader = StoreReader.openAsItIs(config)) {
            assertEquals(2, Rounds.check(reader, random));
        }
    }

    /** Whoever visits an environment goes on where it was, though the new view numbers its entries otherwise. */
    @ParameterizedTest
    @EnumSource
    void aListGoesOnThoughItsViewIsOverwritten(final Damage damage) throws IOException {
        try (StoreReader reader = StoreReader.open(config)) {
            final List<String> names = new ArrayList<>();
            reader.forEach("round/a", variable -> {
                names.add(variable.name());
                if (names.size() == 7) {
                    try {
                        damage.of(newestView(), random);
                    } catch (final IOException e) {
                        throw new AssertionError(e);
                    }
                }
            });
            final List<String> expected = new ArrayList<>();
            for (int i = 0; i < Rounds.VARIABLES; i++) {
                expected.add("NAME_" + i);
            }
            assertEquals(expected, names);
        }
    }
}
