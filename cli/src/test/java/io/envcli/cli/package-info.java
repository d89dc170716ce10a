/** Tests of the command line: most run a command inside this JVM, the {@code IT}s run {@code bin/env-cli} itself. */
@NullMarked
package io.envcli.cli;

import org.jspecify.annotations.NullMarked;
