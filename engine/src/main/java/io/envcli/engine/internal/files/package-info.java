/** Which files an import takes, and which environment each goes into. Names only: nothing here opens a file. */
@NullMarked
package io.envcli.engine.internal.files;

import org.jspecify.annotations.NullMarked;
