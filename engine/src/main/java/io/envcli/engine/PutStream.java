package io.envcli.engine;

import io.envcli.engine.internal.files.Variables;
import io.envcli.engine.internal.pipeline.EnvironmentKey;
import io.envcli.engine.internal.pipeline.Pipeline;
import io.envcli.engine.internal.pipeline.Put;
import io.envcli.engine.internal.store.Failures;

import java.nio.file.Path;

/**
 * Puts into one environment without waiting for each to be acknowledged: what {@link Store#put} does in one step is two
 * here. A put gets a <em>position</em> when it has its place in the pipeline, and is acknowledged once
 * {@link #acknowledged()} has come to it. Puts that are under way together share commits.
 *
 * <pre>
 * PutStream stream = store.stream("services/api/production");
 * long position = stream.put("LOG_LEVEL", value);
 * …
 * stream.await(position);
 * </pre>
 *
 * <p>Once the store has failed, a put above the last position acknowledged may be set or not, as after the end of a process.
 * A stream has nothing to close; closing the store waits for all puts. At high rates a ring of more slots
 * ({@link StoreConfig.Builder#slots}) lets more puts be under way, and share a commit.
 *
 * <p>Allocation: some hundred bytes a put, on the caller's thread; the same where {@link #offer} refuses it.
 *
 * <p>Threading: any thread; what one thread puts keeps its order. Ownership: belongs to its store, and must not be used once
 * that is closed.
 */
public final class PutStream {
    /** Answer of {@link #offer}: the ring is full; try again. */
    public static final long FULL = Pipeline.FULL;

    private final Path directory;
    private final Pipeline pipeline;
    private final EnvironmentKey environment;

    PutStream(final Path directory, final Pipeline pipeline, final EnvironmentKey environment) {
        this.directory = directory;
        this.pipeline = pipeline;
        this.environment = environment;
    }

    /**
     * Sets a variable, unless the ring is full. Never waits.
     *
     * @param name  as {@link Store#put(String, String, byte[])}.
     * @param value as there; copied.
     * @return the put's position, from 0; or {@link #FULL}, and then nothing was done.
     * @throws StoreException if an argument cannot be, or the store has failed.
     */
    public long offer(final String name, final byte[] value) {
        final byte[] utf8 = check(name, value);
        try {
            return pipeline.offer(new Put(environment), utf8, value);
        } catch (final RuntimeException e) {
            throw Failures.of(directory, e);
        }
    }

    /**
     * Sets a variable. Waits for its place in the ring if that is full, and for nothing else.
     *
     * @param name  as {@link #offer}.
     * @param value as there.
     * @return the put's position, from 0.
     * @throws StoreException as there.
     */
    public long put(final String name, final byte[] value) {
        final byte[] utf8 = check(name, value);
        try {
            return pipeline.put(new Put(environment), utf8, value);
        } catch (final RuntimeException e) {
            throw Failures.of(directory, e);
        }
    }

    private static byte[] check(final String name, final byte[] value) {
        final byte[] utf8 = Variables.name(name);
        Variables.checkValue(utf8, value);
        return utf8;
    }

    /**
     * {@return the position up to which everything is acknowledged at the store's class, -1 before the first; at class
     * {@code memory}: journaled} Puts at this position and below are visible to readers that open now.
     *
     * @throws StoreException if the store has failed: what is above the last answer may be set or not.
     */
    public long acknowledged() {
        try {
            return pipeline.acknowledged();
        } catch (final RuntimeException e) {
            throw Failures.of(directory, e);
        }
    }

    /**
     * Waits until {@link #acknowledged()} has come to a position. Not interruptible; waits for ever for one never given out.
     *
     * @param position from {@link #put} or {@link #offer}.
     * @throws IllegalArgumentException if it is no position: {@link #FULL}, for example.
     * @throws StoreException           if the store has failed, before or after it came there.
     */
    public void await(final long position) {
        if (position < 0) {
            throw new IllegalArgumentException("position=" + position + " is none; a put that was refused has none");
        }
        try {
            pipeline.await(position);
        } catch (final RuntimeException e) {
            throw Failures.of(directory, e);
        }
    }
}
