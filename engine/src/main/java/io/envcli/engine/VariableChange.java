package io.envcli.engine;

import java.time.Instant;

/**
 * One change of a variable: it got a value, or was unset. Holds no value; that is read at the version.
 *
 * @param version     that made the change.
 * @param time        of its commit.
 * @param isSet       false if the variable was unset.
 * @param fingerprint of the value in 32 hexadecimal digits; empty if it was unset.
 * @param source      file that it came from, {@code -} for a stream; empty for a single put or unset.
 * @param line        in the source, from 1.
 */
public record VariableChange(long version, Instant time, boolean isSet, String fingerprint, String source, int line) {}
