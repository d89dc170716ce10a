@NullMarked
package io.envcli.perf.table;

import org.jspecify.annotations.NullMarked;
