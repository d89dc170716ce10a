/**
 * Slabs in an LMAX Disruptor.
 *
 * <p>{@link io.envcli.ringbuffers.SlabRing} owns the slabs. Producers claim one, fill it, and commit or abort it; the
 * {@link io.envcli.ringbuffers.Stage}s take each committed slab in order. A {@link io.envcli.ringbuffers.Layout} says which
 * stages share a thread. Disruptor's types stay in this package.
 */
@NullMarked
package io.envcli.ringbuffers;

import org.jspecify.annotations.NullMarked;
