/** How long a store whose writer was killed takes until it answers again. */
@NullMarked
package io.envcli.perf.recovery;

import org.jspecify.annotations.NullMarked;
