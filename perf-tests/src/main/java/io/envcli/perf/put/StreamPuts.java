package io.envcli.perf.put;

import io.envcli.engine.PutStream;
import io.envcli.engine.Store;

/** Puts through a stream of the embedded API: the thread waits for none. */
final class StreamPuts implements Puts {
    private final PutStream stream;
    private final Inputs inputs;

    /**
     * Puts into a store.
     *
     * @param store  borrowed; nobody else puts into it.
     * @param inputs to put.
     */
    StreamPuts(final Store store, final Inputs inputs) {
        this.stream = store.stream(Inputs.ENVIRONMENT);
        this.inputs = inputs;
    }

    @Override
    public boolean offer(final long number) {
        return stream.offer(inputs.name(number), inputs.value(number)) != PutStream.FULL;
    }

    /** Positions begin at 0, and all are ours. */
    @Override
    public long acknowledged() {
        return stream.acknowledged() + 1;
    }
}
