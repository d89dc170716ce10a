package io.envcli.engine.internal.pipeline;

import io.envcli.affinity.AllowedCpus;
import io.envcli.engine.Durability;
import io.envcli.engine.StoreConfig;
import io.envcli.engine.dialect.DialectParser;
import io.envcli.engine.internal.view.LiveView;
import io.envcli.journal.JournalWriter;
import io.envcli.offheap.Slab;
import io.envcli.offheap.VariableTable;
import io.envcli.ringbuffers.Layout;
import io.envcli.ringbuffers.RingConfig;
import io.envcli.ringbuffers.RingDescription;
import io.envcli.ringbuffers.SlabRing;
import io.envcli.ringbuffers.Stage;
import io.envcli.simd.Blake3Lanes;
import io.envcli.simd.SipHash;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Locale;

/**
 * The four stages in a ring.
 *
 * <p>Threading: {@link #put} may be called by any thread; imports go through {@link #ring()} one at a
 * time. Ownership: borrows journal and view, which are used by the stages until {@link #close()} returns.
 */
public final class Pipeline implements AutoCloseable {
    /**
     * What a variable costs at parse, fingerprint, journal and apply, in nanoseconds of a warm import: by the figures of
     * {@code perf-tests/run stages}, the journal's with the kernel's part.
     */
    private static final List<Integer> COSTS = List.of(32, 52, 70, 50);
    private static final List<String> STAGE_NAMES = List.of("parse", "fingerprint", "journal", "apply");

    /** Answer of {@link #offer}: there is no free slot. No sequence is negative. */
    public static final long FULL = -1;

    private final SlabRing ring;

    /**
     * Starts the pipeline.
     *
     * @param config         of the store.
     * @param journal        to append to.
     * @param view           to keep.
     * @param fingerprints   hasher of values; closed with the pipeline.
     * @param names          hasher of names.
     * @param drainTimeoutNs how long closing waits for what is under way.
     */
    public Pipeline(final StoreConfig config, final JournalWriter journal, final LiveView view,
            final Blake3Lanes fingerprints, final SipHash names, final long drainTimeoutNs) {
        final ApplyStage apply = new ApplyStage(view, config.slots());
        final Author author = new Author(System.getProperty("user.name", ""), HostName.current(),
                System::currentTimeMillis);
        final List<Stage> stages = List.of(new ParseStage(), new FingerprintStage(fingerprints, names),
                new JournalStage(journal, view, apply::applied, config.durability() == Durability.POWER, author,
                        config.slots()),
                apply);
        ring = SlabRing.start(RingConfig.builder().slots(config.slots()).textCapacity(config.slabBytes())
                .headroom(DialectParser.MAX_TAIL).layout(config.layout()).costs(COSTS).pinned(pinned())
                .drainTimeoutNs(drainTimeoutNs).build(), stages);
    }

    /**
     * Two pinned threads leave no core to the importing thread and the JIT: on two CPUs an import of 10 million variables
     * took 1.1 times as long pinned.
     */
    private static boolean pinned() {
        return AllowedCpus.current().usable() > 2;
    }

    /** {@return the ring, for imports} */
    public SlabRing ring() {
        return ring;
    }

    /**
     * Puts a variable into the ring.
     *
     * @param put   of the environment; told the version.
     * @param name  checked by the caller.
     * @param value checked by the caller; null to unset.
     * @return the ring's sequence, to wait for.
     */
    public long put(final Put put, final byte[] name, final byte @Nullable [] value) {
        return put(ring.claim(), put, name, value);
    }

    /**
     * Puts a variable into the ring unless that is full.
     *
     * @param put   of the environment; told the version.
     * @param name  checked by the caller.
     * @param value checked by the caller.
     * @return the ring's sequence, or {@link #FULL}.
     */
    public long offer(final Put put, final byte[] name, final byte[] value) {
        final Slab slab = ring.tryClaim();
        return slab == null ? FULL : put(slab, put, name, value);
    }

    private long put(final Slab slab, final Put put, final byte[] name, final byte @Nullable [] value) {
        final int valueLength = value == null ? 0 : value.length;
        slab.kind(SlabKind.PUT);
        slab.source(put);
        slab.textLength(name.length + valueLength);
        slab.putText(0, name, name.length);
        if (value != null) {
            slab.putText(name.length, value, value.length);
        }
        slab.table().set(0, slab.textOffset(), name.length, slab.textOffset() + name.length, valueLength, 1,
                value == null ? VariableTable.UNSET : 0);
        slab.rowCount(1);
        return ring.commit(slab);
    }

    /** {@return the last sequence that is journaled and applied, with everything before it; -1 before the first} */
    public long acknowledged() {
        final long processed = ring.processed();
        ring.check();
        return processed;
    }

    /**
     * Waits until a sequence is journaled and applied.
     *
     * @param sequence from {@link #put}.
     */
    public void await(final long sequence) {
        ring.awaitProcessed(sequence);
    }

    /**
     * Says which stages would share a thread.
     *
     * @param config of a store.
     * @param cpus   that the process may use.
     * @return the layout, for people.
     */
    public static String layout(final StoreConfig config, final AllowedCpus cpus) {
        final Layout layout = config.layout().resolve(cpus.usable(), COSTS);
        return layout.toString().toLowerCase(Locale.ROOT) + ": " + layout.describe(STAGE_NAMES, COSTS);
    }

    /** {@return what the ring obtained of threads and CPUs} */
    public RingDescription describe() {
        return ring.describe();
    }

    /** {@return whether nothing uses journal and view any more} */
    public boolean isStopped() {
        return ring.isStopped();
    }

    /** {@return whether a stage has thrown} */
    public boolean hasFailed() {
        return ring.hasFailed();
    }

    /** Lets everything committed run through, then stops the threads. */
    @Override
    public void close() {
        ring.close();
    }
}
