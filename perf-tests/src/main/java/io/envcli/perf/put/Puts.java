package io.envcli.perf.put;

/** Takes puts, numbered from 0. Threading: one thread. */
interface Puts {
    /**
     * Begins a put, and may wait until it is acknowledged.
     *
     * @param number of the put, one more than the one before.
     * @return false if it cannot begin now; it is to be offered again.
     */
    boolean offer(long number);

    /** {@return how many puts are acknowledged at the store's class; always the first ones} */
    long acknowledged();
}
