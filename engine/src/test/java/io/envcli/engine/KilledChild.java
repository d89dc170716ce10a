package io.envcli.engine;

import io.envcli.engine.StoreException.Kind;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * A writer that works until it is killed: one thread imports {@link Rounds} and rolls back, two put and unset variables. Says
 * what it begins and, once that is acknowledged, which version it has become; {@link KilledWorkload} takes it down.
 *
 * <p>Arguments are the store, its key, a folder for sources and a seed. It does nothing until it is given a line: the class of
 * its acknowledgements and the first number of its operations.
 */
final class KilledChild {
    static final int PUTTERS = 2;
    /** Variables of each thread that puts. */
    static final int NAMES = 8;
    private static final int SEGMENT_BYTES = 1 << 20;
    private static final long NAP_NS = 500_000;
    /** So far back a rollback goes at most. */
    private static final int ROLLBACK = 40;

    private final Path sources;
    private final long seed;
    private final Store store;
    private final long first;
    private final FileOutputStream out = new FileOutputStream(FileDescriptor.out);
    /** A rollback makes the store what it was: puts beside it would make that a matter of luck. */
    private final ReadWriteLock rollingBack = new ReentrantReadWriteLock();

    private KilledChild(final Path sources, final long seed, final Store store, final long first) {
        this.sources = sources;
        this.seed = seed;
        this.store = store;
        this.first = first;
    }

    static String environment(final int thread) {
        return "put/" + thread;
    }

    static String name(final long operation) {
        return "PUT_" + operation % NAMES;
    }

    /** Whether an operation unsets its variable instead of setting it. */
    static boolean unsets(final long operation) {
        return operation % 5 == 4;
    }

    static String value(final int thread, final long operation) {
        return thread + " " + operation + " " + "y".repeat((int) (operation * 13 % 500));
    }

    static StoreConfig.Builder config(final Path store, final Path key) {
        return StoreConfig.builder().directory(store).keyFile(key).segmentBytes(SEGMENT_BYTES);
    }

    public static void main(final String[] args) throws IOException {
        final String[] told = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine()
                .split(" ", -1);
        final Store store = open(config(Path.of(args[0]), Path.of(args[1])).expectedBytes(0)
                .durability(Durability.valueOf(told[0])).build());
        final KilledChild child = new KilledChild(Path.of(args[2]), Long.parseLong(args[3]), store,
                Long.parseLong(told[1]));
        child.say("open");
        for (int thread = 0; thread < PUTTERS; thread++) {
            final int number = thread;
            child.start(() -> child.put(number));
        }
        child.start(child::importAndRollBack);
    }

    /** A reader that heals the view has the lock meanwhile. */
    private static Store open(final StoreConfig config) {
        while (true) {
            try {
                return Store.open(config);
            } catch (final StoreException e) {
                if (e.kind() != Kind.LOCKED) {
                    throw e;
                }
                LockSupport.parkNanos(NAP_NS);
            }
        }
    }

    private void start(final Runnable work) {
        Thread.ofPlatform().start(() -> {
            try {
                work.run();
            } catch (final RuntimeException | Error e) {
                say("failed " + e);
            }
        });
    }

    /** In one system call, so that no line is ever there in part. */
    private void say(final String line) {
        try {
            out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void put(final int thread) {
        for (long operation = first;; operation++) {
            rollingBack.readLock().lock();
            try {
                say("begin " + thread + " " + operation);
                final long version = unsets(operation) ? store.unset(environment(thread), name(operation))
                        : store.put(environment(thread), name(operation), value(thread, operation));
                say("done " + thread + " " + operation + " " + version);
            } finally {
                rollingBack.readLock().unlock();
            }
        }
    }

    private void importAndRollBack() {
        final Random random = new Random(seed);
        long newest = 0;
        for (long round = first;; round++) {
            if (newest > 0 && random.nextInt(4) == 0) {
                rollBack(Math.max(0, newest - random.nextInt(ROLLBACK)));
            }
            try {
                final Path folder = Rounds.write(sources, round);
                say("begin import " + round);
                newest = store.importFrom(ImportRequest.of(folder), ImportProgress.NONE).version();
                say("done import " + round + " " + newest);
                Folders.delete(folder);
            } catch (final IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void rollBack(final long target) {
        rollingBack.writeLock().lock();
        try {
            say("begin rollback " + target);
            final long version = store.rollback(target);
            say("done rollback " + target + " " + version);
        } finally {
            rollingBack.writeLock().unlock();
        }
    }
}
