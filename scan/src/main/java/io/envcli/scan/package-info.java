/**
 * Source trees: which files read which environment variables, where, and with which default.
 *
 * <p>A {@link io.envcli.scan.Scanner} walks the paths of a {@link io.envcli.scan.ScanRequest} as ripgrep does
 * ({@code internal.walk}). A file whose text holds none of its language's literals is left at once; the others are masked
 * by a light lexer ({@code internal.text}), so that comments and strings do not count as code, and matched against the
 * language's table of rules ({@code internal.rule}). The answer is a {@link io.envcli.scan.ScanReport}, the same for any
 * number of threads.
 */
@NullMarked
package io.envcli.scan;

import org.jspecify.annotations.NullMarked;
