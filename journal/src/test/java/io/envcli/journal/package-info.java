/** Tests of the journal. */
@NullMarked
package io.envcli.journal;

import org.jspecify.annotations.NullMarked;
