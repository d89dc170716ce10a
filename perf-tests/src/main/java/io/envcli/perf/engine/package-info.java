/** Benchmarks of the parser, beside the naive one that one would write without thinking. Every state proves the work right before it is timed. */
@NullMarked
package io.envcli.perf.engine;

import org.jspecify.annotations.NullMarked;
