@NullMarked
package io.envcli.perf.put;

import org.jspecify.annotations.NullMarked;
