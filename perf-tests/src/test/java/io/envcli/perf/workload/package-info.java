@NullMarked
package io.envcli.perf.workload;

import org.jspecify.annotations.NullMarked;
