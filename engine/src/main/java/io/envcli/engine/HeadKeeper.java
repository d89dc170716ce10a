package io.envcli.engine;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Writes down now and then, while a writer has a store open, how far it has come: that may be for months, and when the writer
 * is killed nobody else does.
 *
 * <p>Threading: any thread; one of them does it, the others do not wait.
 */
final class HeadKeeper {
    private static final long PACE_NS = TimeUnit.SECONDS.toNanos(10);

    private final StoreConfig config;
    private final long paceNs;
    private final AtomicLong due;

    HeadKeeper(final StoreConfig config) {
        this(config, PACE_NS);
    }

    /** With another least time between two records. */
    HeadKeeper(final StoreConfig config, final long paceNs) {
        this.config = config;
        this.paceNs = paceNs;
        this.due = new AtomicLong(System.nanoTime() + paceNs);
    }

    /**
     * Notes that a version was acknowledged.
     *
     * @param version which survives a power cut if that is the store's class; 0 if there is none.
     */
    void acknowledged(final long version) {
        if (version == 0 || config.durability() != Durability.POWER) {
            return; // What power may still take away is not what the store must have the next time.
        }
        final long now = System.nanoTime();
        final long before = due.get();
        if (now - before < 0 || !due.compareAndSet(before, now + paceNs)) {
            return;
        }
        try (StoreReader reader = StoreReader.openAsItIs(config)) { // Whoever puts must not wait for a view to be rebuilt.
            reader.moveTo(version);
            reader.tryRecordHead();
        } catch (final StoreException _) {
            return; // The change itself is safe; whoever reads next will find what is wrong.
        }
    }

    /**
     * Has a store that was just put in its place knowingly expected as it is there, whatever was there before.
     *
     * @param config of the store.
     */
    static void accept(final StoreConfig config) {
        try (StoreReader reader = StoreReader.openOlder(config)) {
            reader.tryRecordHead();
        } catch (final StoreException _) {
            return; // It is whole, and in its place; whoever reads it will find what is in the way.
        }
    }
}
