/**
 * Seeded workloads and the truth about them.
 *
 * <p>Everything in a workload is a pure function of seed and position: {@link io.envcli.perf.workload.Variables} gives the
 * variable at any position without the ones before it. So a file of any size is written in a stream, and a benchmark can
 * prove its work against single variables, against the number of them ({@link io.envcli.perf.workload.Truth}) and against
 * a checksum over all, without keeping any of it.
 */
@NullMarked
package io.envcli.perf.workload;

import org.jspecify.annotations.NullMarked;
