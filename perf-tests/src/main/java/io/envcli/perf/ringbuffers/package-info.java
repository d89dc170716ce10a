/** Benchmarks of the hand-off of slabs between threads, beside a blocking queue. Every state proves the work right before it is timed. */
@NullMarked
package io.envcli.perf.ringbuffers;

import org.jspecify.annotations.NullMarked;
