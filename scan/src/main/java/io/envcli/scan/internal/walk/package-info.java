/**
 * Walks source trees as ripgrep does: ignore files, hidden files, globs, symbolic links. An
 * {@link io.envcli.scan.internal.walk.IgnoreFile} holds the rules of one file, an
 * {@link io.envcli.scan.internal.walk.IgnoreLevel} those of one folder and of all above it, and the
 * {@link io.envcli.scan.internal.walk.Walker} lets several threads take folders off one stack.
 */
@NullMarked
package io.envcli.scan.internal.walk;

import org.jspecify.annotations.NullMarked;
