/** Benchmarks of sealing and appending, beside the bare write of as many bytes. The state proves the work by a replay. */
@NullMarked
package io.envcli.perf.journal;

import org.jspecify.annotations.NullMarked;
