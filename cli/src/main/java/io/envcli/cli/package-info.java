/**
 * The command line: thin commands over the embedded engine.
 *
 * <p>The idea: {@code bin/env-cli} starts {@link io.envcli.cli.Main}, which hands arguments and surroundings to
 * {@link io.envcli.cli.Cli}. That builds the one command named, and no other, since building all of them would take
 * longer than most commands run. A command turns raw options into checked, immutable arguments, calls the engine, and
 * writes through {@link io.envcli.cli.Output}: the result to stdout, everything else to stderr. It ends with an
 * {@link io.envcli.cli.ExitStatus}.
 *
 * <p>What a verb declares once, its options and its {@link io.envcli.cli.Manual}, is what the parser reads, what the help and
 * the manual pages say ({@link io.envcli.cli.ManPages}), and what the tab key offers ({@link io.envcli.cli.Completion}).
 *
 * <p>No value of a variable is printed that was not asked for, nor does one ever appear in an error.
 */
@NullMarked
package io.envcli.cli;

import org.jspecify.annotations.NullMarked;
