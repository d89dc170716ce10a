@NullMarked
package io.envcli.perf.stages;

import org.jspecify.annotations.NullMarked;
