/** Rules over the whole code base. They live in the one module that depends on every other. */
@NullMarked
package io.envcli.architecture;

import org.jspecify.annotations.NullMarked;
