/**
 * The kernels themselves. Not API.
 *
 * <p>Scalar code reads memory through {@link io.envcli.simd.internal.Memory}, which is fast even in the interpreter and
 * C1. Vector code reads through one segment over all memory, and no class with a vector type in a field or signature may
 * be touched before {@link io.envcli.simd.internal.VectorModule} has found or loaded the module.
 */
@NullMarked
package io.envcli.simd.internal;

import org.jspecify.annotations.NullMarked;
