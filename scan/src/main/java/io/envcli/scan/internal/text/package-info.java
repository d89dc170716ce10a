/**
 * Tells code from comments and strings: a {@link io.envcli.scan.internal.text.Lexer} reads a file by the
 * {@link io.envcli.scan.internal.text.Syntax} of its language and writes, for every byte, what it belongs to.
 */
@NullMarked
package io.envcli.scan.internal.text;

import org.jspecify.annotations.NullMarked;
