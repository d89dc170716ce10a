/**
 * Kernels: the few loops over bytes that everything else waits for, each written twice.
 *
 * <p>The scalar twin is the oracle and the beginning: a process is cold for its first seconds, and vector code that C2 has
 * not compiled yet runs a hundred times slower than scalar code that C1 has. So
 * {@link io.envcli.simd.Kernels#current()} starts scalar; {@link io.envcli.simd.Kernels#warmUp()} compiles the vector twin
 * in the background, compares its answers, and switches when it is measured to be faster.
 *
 * <p>Every kernel works on absolute addresses of memory outside the heap, which the caller owns and keeps alive. Nothing
 * here checks an address, allocates, locks or throws on its hot path.
 *
 * <p>Keyed BLAKE3 comes in two shapes: {@link io.envcli.simd.Blake3} for one input at a time,
 * {@link io.envcli.simd.Blake3Lanes} for very many short ones, which share the lanes of a vector.
 *
 * <p>Searches for literals look for {@link io.envcli.simd.BytePairs} of them, with a {@link io.envcli.simd.PairKernel}.
 */
@NullMarked
package io.envcli.simd;

import org.jspecify.annotations.NullMarked;
