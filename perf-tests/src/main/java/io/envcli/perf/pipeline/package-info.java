/**
 * Imports measured as a whole, each beside what the machine itself needs for the same file in the same minute: {@code cp}
 * for imports that the page cache may keep, {@code dd conv=fdatasync} for those that must survive a power cut.
 *
 * <p>Every import is proven right before its time counts: as many variables as were generated, none rejected, and a sample
 * of values read back equal.
 */
@NullMarked
package io.envcli.perf.pipeline;

import org.jspecify.annotations.NullMarked;
