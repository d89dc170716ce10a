/** Starts the JMH benchmarks and compares their scores. */
@NullMarked
package io.envcli.perf.jmh;

import org.jspecify.annotations.NullMarked;
