/**
 * The way of a datum: from a slab of text, through parse, fingerprint, journal and apply, to its acknowledgement.
 *
 * <p>{@link io.envcli.engine.internal.pipeline.Pipeline} puts the four stages into a ring. Importers and puts use the same
 * ring and the same stages; {@link io.envcli.engine.internal.pipeline.SlabKind} says what a slab holds. Each stage is
 * used by one thread, which the ring's layout chooses. A stage that throws stops the pipeline: nothing after it is
 * journaled, so nothing is acknowledged that should not be.
 */
@NullMarked
package io.envcli.engine.internal.pipeline;

import org.jspecify.annotations.NullMarked;
