/** All benchmarks in one run, and their figures as the table of the README. */
@NullMarked
package io.envcli.perf.table;

import org.jspecify.annotations.NullMarked;
