/** Whole scans. */
@NullMarked
package io.envcli.scan;

import org.jspecify.annotations.NullMarked;
