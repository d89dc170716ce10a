/** Every kernel against an oracle that is too simple to be wrong, and against the others. */
@NullMarked
package io.envcli.simd;

import org.jspecify.annotations.NullMarked;
