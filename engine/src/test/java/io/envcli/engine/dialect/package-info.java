/** Tests of the dialects: the tools' own answers, a plain twin of each parser, and the limits. */
@NullMarked
package io.envcli.engine.dialect;

import org.jspecify.annotations.NullMarked;
