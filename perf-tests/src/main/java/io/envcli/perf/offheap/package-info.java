/** Benchmarks of the hash index, beside a map on the heap. Every state proves the work right before it is timed. */
@NullMarked
package io.envcli.perf.offheap;

import org.jspecify.annotations.NullMarked;
