/**
 * What each stage of an import costs: as threads of a whole import in a warm process, as the kernel counts them, and each
 * stage by itself on one thread, over the same generated text.
 *
 * <p>Stages by themselves take slab after slab through all of them, with a clock between two stages, so that each finds its
 * slab in the caches as it would with all stages on one thread. Their work is proved: parsing by the workload's checksum,
 * hashes by twins, the journal by a replay, the index by finding all that was put in.
 */
@NullMarked
package io.envcli.perf.stages;

import org.jspecify.annotations.NullMarked;
