/**
 * {@code perf-tests/run scan}: a scan as a whole process beside programs that search for the same literals. A
 * {@link io.envcli.perf.scan.SourceTree} is generated with the truth about it, and each
 * {@link io.envcli.perf.scan.Search} must print as many lines.
 */
@NullMarked
package io.envcli.perf.scan;

import org.jspecify.annotations.NullMarked;
