/**
 * Benchmarks of the kernels, each beside its scalar twin and beside what one would write without thinking. Every state
 * proves, before anything is timed, that all of them give the same result.
 */
@NullMarked
package io.envcli.perf.simd;

import org.jspecify.annotations.NullMarked;
