package io.envcli.engine;

import io.envcli.offheap.testing.LeakCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Reading threads, and a process that reads, beside imports and puts of several writers, while the journal rolls, the view
 * grows and, between two writers, is overwritten under the readers and healed by them: none ever sees a version in part, or
 * two in one, and none is refused.
 * {@code -Dreaders.rounds=…} makes it longer.
 */
@ExtendWith(LeakCheck.class)
@Timeout(600)
final class ConcurrentReadersIT {
    private static final int THREADS = 3;
    private static final int WRITERS = 4;
    private static final int ROUNDS = Integer.getInteger("readers.rounds", 20);
    /** Where buckets are, in any view. */
    private static final int OVERWRITTEN_FROM = 4096;
    private static final int OVERWRITTEN = 1 << 16;
    private static final long SEED = Long.getLong("readers.seed", System.nanoTime());

    @TempDir
    private Path top;
    private final AtomicBoolean writing = new AtomicBoolean(true);
    private final List<RoundsReader> readers = new ArrayList<>();
    private final List<Future<?>> running = new ArrayList<>();
    private long rounds;
    private long puts;

    private StoreConfig config() {
        return StoreConfig.builder().directory(top.resolve("store")).keyFile(top.resolve("key"))
                .durability(Durability.PROCESS).segmentBytes(1 << 20).build();
    }

    @Test
    void noReaderSeesAVersionInPart() throws Exception {
        System.out.println("readers.seed=" + SEED);
        final Process process = process();
        final ExecutorService threads = Executors.newFixedThreadPool(THREADS + 1);
        try (BufferedReader said = process.inputReader(StandardCharsets.UTF_8)) {
            for (int i = 0; i < THREADS; i++) {
                final RoundsReader reader = new RoundsReader(config(), SEED + i);
                readers.add(reader);
                running.add(threads.submit(() -> reader.run(writing::get)));
            }
            for (int writer = 0; writer < WRITERS; writer++) {
                write(threads);
                overwriteTheView();
            }
            writing.set(false);
            for (final Future<?> reader : running) {
                reader.get(60, TimeUnit.SECONDS);
            }
            process.outputWriter().close();
            final List<String> lines = said.lines().toList();
            assertTrue(lines.getFirst().startsWith(RoundsReader.SEEN), lines::toString);
            System.out.println(rounds + " rounds, " + puts + " puts; threads: " + readers + "; process: " + lines);
            readers.forEach(reader -> assertTrue(reader.versions() > WRITERS, reader::toString));
        } finally {
            writing.set(false);
            threads.shutdownNow();
            process.destroyForcibly();
            assertTrue(threads.awaitTermination(60, TimeUnit.SECONDS));
        }
    }

    private Process process() throws IOException {
        final List<String> command = Child.java();
        command.addAll(List.of(RoundsReader.class.getName(), config().directory().toString(),
                config().keyFile().toString(), String.valueOf(SEED)));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    /** One writer's life: a thread puts while this one imports. */
    private void write(final ExecutorService threads) throws Exception {
        try (Store store = open()) {
            final AtomicBoolean importing = new AtomicBoolean(true);
            final Future<?> putting = threads.submit(() -> {
                while (importing.get()) {
                    PutSequence.put(store, ++puts);
                }
            });
            try {
                for (int i = 0; i < ROUNDS; i++) {
                    final Path folder = Rounds.write(top.resolve("sources"), ++rounds);
                    store.importFrom(ImportRequest.of(folder), ImportProgress.NONE);
                    Folders.delete(folder);
                    throwWhatReadersHaveThrown();
                }
            } finally {
                importing.set(false);
                putting.get(60, TimeUnit.SECONDS);
            }
        }
    }

    /** A reader that heals has the lock for a moment. */
    private Store open() {
        while (true) {
            try {
                return Store.open(config());
            } catch (final StoreException e) {
                if (e.kind() != StoreException.Kind.LOCKED) {
                    throw e;
                }
                LockSupport.parkNanos(1_000_000);
            }
        }
    }

    private void throwWhatReadersHaveThrown() throws Exception {
        for (final Future<?> reader : running) {
            if (reader.isDone()) {
                reader.get();
            }
        }
    }

    /** Under readers that have it mapped; returns when one of them has rebuilt it. */
    private void overwriteTheView() throws Exception {
        final Path view = newestView();
        try (FileChannel channel = FileChannel.open(view, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate(OVERWRITTEN), OVERWRITTEN_FROM);
        }
        while (newestView().equals(view)) {
            throwWhatReadersHaveThrown();
            LockSupport.parkNanos(1_000_000);
        }
    }

    /** Empty while it is being rebuilt. */
    private Path newestView() throws IOException {
        try (Stream<Path> files = Files.list(top.resolve("store/view"))) {
            return files.filter(Files::isRegularFile).max(Path::compareTo).orElse(Path.of(""));
        }
    }
}
