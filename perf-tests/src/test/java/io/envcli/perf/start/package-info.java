@NullMarked
package io.envcli.perf.start;

import org.jspecify.annotations.NullMarked;
