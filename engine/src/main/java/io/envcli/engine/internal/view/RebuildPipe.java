package io.envcli.engine.internal.view;

import io.envcli.journal.Checkpoint;
import io.envcli.journal.JournalReader;
import io.envcli.journal.JournalSurvey;
import io.envcli.simd.SipHash;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * A rebuild in two threads: one reads, checks and opens the journal and makes batches of it, the caller's enters them. The
 * first has about as much to do as the other and the compilers together.
 *
 * <p>There are as many places in each queue as batches, so only taking waits.
 */
final class RebuildPipe implements AutoCloseable {
    private static final int BATCHES = 4;

    private final JournalReader journal;
    private final JournalSurvey survey;
    private final SipHash names;
    private final ReplayBatch[] batches = new ReplayBatch[BATCHES];
    private final BlockingQueue<ReplayBatch> free = new ArrayBlockingQueue<>(BATCHES);
    private final BlockingQueue<Filled> filled = new ArrayBlockingQueue<>(BATCHES + 1);
    private final Thread reader = new Thread(this::read, "envcli-replay");

    /** A batch, or the end of all: where the journal ends, or what went wrong. */
    private record Filled(@Nullable ReplayBatch batch, @Nullable Checkpoint end, @Nullable Throwable failure) {}

    RebuildPipe(final JournalReader journal, final JournalSurvey survey, final SipHash names) {
        this.journal = journal;
        this.survey = survey;
        this.names = names;
        for (int i = 0; i < BATCHES; i++) {
            batches[i] = new ReplayBatch();
            free.add(batches[i]);
        }
        reader.setDaemon(true);
    }

    /** Begins to read, as far ahead as there are batches. */
    void start() {
        reader.start();
    }

    /**
     * Enters the journal into a view. {@link #start} has been called.
     *
     * @param rebuild of the view.
     * @return where the journal ends.
     * @throws IOException if the journal is damaged or cannot be read, or the view cannot grow.
     */
    Checkpoint run(final Rebuild rebuild) throws IOException {
        try {
            while (true) {
                final Filled next = filled.take();
                if (next.failure != null) {
                    throw thrown(next.failure);
                }
                if (next.end != null) {
                    return next.end;
                }
                if (next.batch != null) {
                    rebuild.enter(next.batch);
                    free.add(next.batch);
                }
            }
        } catch (final InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static IOException thrown(final Throwable failure) {
        return switch (failure) {
            case IOException e -> e;
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> new IOException(failure);
        };
    }

    private static IOException interrupted(final InterruptedException cause) {
        Thread.currentThread().interrupt();
        return (IOException) new InterruptedIOException("interrupted while the view was rebuilt").initCause(cause);
    }

    /** The other thread's work. */
    private void read() {
        try (ReplayRows rows = new ReplayRows(free.take(), names, this::swap)) {
            final Checkpoint end = journal.replayCommitted(survey, rows);
            rows.handOver();
            filled.add(new Filled(null, end, null));
        } catch (final Throwable e) { // Whatever it is, the other thread throws it.
            filled.add(new Filled(null, null, e));
        }
    }

    private ReplayBatch swap(final ReplayBatch batch) throws IOException {
        filled.add(new Filled(batch, null, null));
        try {
            return free.take();
        } catch (final InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** Ends the other thread, if it has not ended: it waits, or reads a file, and both can be interrupted. */
    @Override
    public void close() {
        boolean interrupted = false;
        while (reader.isAlive()) {
            reader.interrupt();
            try {
                reader.join();
            } catch (final InterruptedException e) {
                interrupted = true;
            }
        }
        for (final ReplayBatch batch : batches) {
            batch.close();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
