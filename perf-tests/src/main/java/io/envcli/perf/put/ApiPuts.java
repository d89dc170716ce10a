package io.envcli.perf.put;

import io.envcli.engine.Store;

/** Puts through the embedded API: the thread waits until each is acknowledged at the store's class. */
final class ApiPuts implements Puts {
    private final Store store;
    private final Inputs inputs;
    private long done;

    /**
     * Puts into a store.
     *
     * @param store  borrowed.
     * @param inputs to put.
     */
    ApiPuts(final Store store, final Inputs inputs) {
        this.store = store;
        this.inputs = inputs;
    }

    @Override
    public boolean offer(final long number) {
        store.put(Inputs.ENVIRONMENT, inputs.name(number), inputs.value(number));
        done++;
        return true;
    }

    @Override
    public long acknowledged() {
        return done;
    }
}
