package io.envcli.perf.put;

import io.envcli.engine.StoreConfig;
import io.envcli.engine.internal.pipeline.EnvironmentKey;
import io.envcli.engine.internal.pipeline.NameHasher;
import io.envcli.engine.internal.pipeline.Pipeline;
import io.envcli.engine.internal.pipeline.Put;
import io.envcli.engine.internal.store.OpenStore;

/**
 * Puts straight into the engine's pipeline: claimed from the ring, filled and committed without waiting. A put is
 * acknowledged when the last stage has done with it: journaled at the store's class, and in the view. This is what an
 * embedded API that does not wait could reach.
 */
final class PipelinePuts implements Puts, AutoCloseable {
    private static final long DRAIN_TIMEOUT_NS = 60_000_000_000L;

    private final OpenStore open;
    private final Pipeline pipeline;
    private final EnvironmentKey environment;
    private final Inputs inputs;
    private final int slots;
    private long begun;

    /**
     * Opens a store.
     *
     * @param config of the store.
     * @param inputs to put.
     */
    PipelinePuts(final StoreConfig config, final Inputs inputs) {
        this.inputs = inputs;
        slots = config.slots();
        open = OpenStore.open(config);
        pipeline = new Pipeline(config, open.journal(), open.view(), open.fingerprints(), open.names(),
                DRAIN_TIMEOUT_NS);
        try (NameHasher hasher = new NameHasher(open.names())) {
            environment = hasher.environment(Inputs.ENVIRONMENT);
        }
    }

    /** A claim of a full ring would nap: the thread would see no acknowledgement meanwhile. */
    @Override
    public boolean offer(final long number) {
        if (begun - acknowledged() >= slots) {
            return false;
        }
        pipeline.put(new Put(environment), inputs.encodedName(number), inputs.value(number));
        begun++;
        return true;
    }

    /** The ring's sequences begin at 0, and all are ours. */
    @Override
    public long acknowledged() {
        if (pipeline.hasFailed()) {
            throw new IllegalStateException("the pipeline has stopped");
        }
        return pipeline.ring().processed() + 1;
    }

    @Override
    public void close() {
        pipeline.close();
        open.close();
    }
}
