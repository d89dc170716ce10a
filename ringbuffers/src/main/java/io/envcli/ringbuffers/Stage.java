package io.envcli.ringbuffers;

import io.envcli.offheap.Slab;

/**
 * One step of the way of a slab. All methods are called on one thread, which may run other stages too.
 *
 * <p>A stage that throws stops the pipeline for good.
 */
public interface Stage {
    /** {@return what the stage is called in the names of threads} */
    String name();

    /**
     * Once, before the first slab.
     *
     * @throws Exception stops the pipeline.
     */
    default void onStart() throws Exception {}

    /**
     * Takes a slab, which the stages before have done with. The slab is borrowed until {@link #endOfBatch} returns: after
     * that a later stage, and then a producer, has it.
     *
     * @param slab     committed by its producer.
     * @param sequence of the slab in the ring; aborted slabs leave gaps.
     * @throws Exception stops the pipeline.
     */
    void onSlab(Slab slab, long sequence) throws Exception;

    /**
     * After the last slab that is ready now. Nothing of the batch is handed on before all stages of the thread have returned
     * from this.
     *
     * @param sequence of the last slab, committed or aborted.
     * @throws Exception stops the pipeline.
     */
    default void endOfBatch(final long sequence) throws Exception {}

    /** Once, after the last slab, also when the pipeline has failed. Releases what the stage holds. */
    default void onClose() {}
}
