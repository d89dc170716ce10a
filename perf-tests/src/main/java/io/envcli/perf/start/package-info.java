/**
 * Whole processes of the command line that do little, beside others: an empty Java program on the same JDK, and tools that
 * people use for the like. All are run in turn, round by round, and each must print what it should.
 */
@NullMarked
package io.envcli.perf.start;

import org.jspecify.annotations.NullMarked;
