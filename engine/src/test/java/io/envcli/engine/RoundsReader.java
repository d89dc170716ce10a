package io.envcli.engine;

import io.envcli.engine.StoreException.Kind;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Reads a store again and again while others write to it, are killed, and heal it: every version that it sees obeys
 * {@link Rounds} and {@link PutSequence}, no version is older than one that it has seen, and a version never changes once it was seen. As a process of
 * its own it goes on until its standard input ends; arguments are the store, its key, and a seed.
 */
final class RoundsReader {
    /** Begins what the process says in the end if all was well. */
    static final String SEEN = "seen";
    private static final long NAP_NS = 2_000_000;
    private static final int CHECKS_PER_OPENING = 10;

    private final StoreConfig config;
    private final Random random;

    /** What a version holds: a round, and so many puts. */
    private record Seen(long round, long puts) {}

    /** By version. */
    private final TreeMap<Long, Seen> seenAt = new TreeMap<>();
    private long checks;
    private long openings;

    RoundsReader(final StoreConfig config, final long seed) {
        this.config = config;
        this.random = new Random(seed);
    }

    @SuppressWarnings("SystemOut") // Standard output is how the parent is told.
    public static void main(final String[] args) {
        final StoreConfig config = StoreConfig.builder().directory(Path.of(args[0])).keyFile(Path.of(args[1])).build();
        final RoundsReader reader = new RoundsReader(config, Long.parseLong(args[2]));
        final Thread input = Thread.ofPlatform().daemon().start(() -> {
            try {
                System.in.transferTo(OutputStream.nullOutputStream());
            } catch (final IOException e) {
                throw new IllegalStateException(e);
            }
        });
        try {
            reader.run(input::isAlive);
            System.out.println(SEEN + " " + reader);
        } catch (final StoreException | AssertionError e) {
            System.out.println("wrong: " + e);
            e.printStackTrace(System.out);
        }
    }

    /** Reads as long as is said, and once more. */
    void run(final BooleanSupplier goOn) {
        do {
            try (StoreReader reader = StoreReader.open(config)) {
                openings++;
                for (int i = 0; i < CHECKS_PER_OPENING; i++) {
                    check(reader);
                    reader.refresh();
                }
            } catch (final StoreException e) {
                if (e.kind() != Kind.NOT_A_STORE || !seenAt.isEmpty()) {
                    throw e;
                }
                LockSupport.parkNanos(NAP_NS); // The first writer has not made it yet.
            }
        } while (goOn.getAsBoolean());
    }

    private void check(final StoreReader reader) {
        final long version = reader.version();
        assertTrue(seenAt.isEmpty() || version >= seenAt.lastKey(),
                () -> "version " + version + " after " + seenAt.lastKey());
        same(reader);
        final Map.Entry<Long, Seen> earlier = seenAt.floorEntry(random.nextLong(version + 1));
        if (earlier != null) {
            reader.moveTo(earlier.getKey());
            same(reader);
        }
    }

    private void same(final StoreReader reader) {
        final Seen seen = new Seen(Rounds.check(reader, random), PutSequence.check(reader));
        final Seen before = seenAt.put(reader.version(), seen);
        assertTrue(before == null || before.equals(seen),
                () -> "version " + reader.version() + " was " + before + " and is " + seen);
        checks++;
    }

    /** {@return how many different versions it has seen} */
    int versions() {
        return seenAt.size();
    }

    @Override
    public String toString() {
        return seenAt.size() + " versions in " + checks + " checks and " + openings + " openings";
    }
}
