/** What a walk takes, beside git and ripgrep where they are installed. */
@NullMarked
package io.envcli.scan.internal.walk;

import org.jspecify.annotations.NullMarked;
