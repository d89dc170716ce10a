@NullMarked
package io.envcli.perf.pipeline;

import org.jspecify.annotations.NullMarked;
