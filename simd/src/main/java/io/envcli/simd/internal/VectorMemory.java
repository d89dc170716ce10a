package io.envcli.simd.internal;

import java.lang.foreign.MemorySegment;

/** All memory as one segment, since vectors are read through segments alone; offsets in it are absolute addresses. */
final class VectorMemory {
    // Kernels get addresses from their callers, which own the memory; a segment for each would have to be allocated.
    @SuppressWarnings("restricted")
    static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

    private VectorMemory() {}
}
