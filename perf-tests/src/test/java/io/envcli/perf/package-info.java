@NullMarked
package io.envcli.perf;

import org.jspecify.annotations.NullMarked;
