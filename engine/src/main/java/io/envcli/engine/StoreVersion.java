package io.envcli.engine;

import java.time.Instant;

/**
 * One version of a store: what a commit says about itself.
 *
 * @param version   from 1.
 * @param time      of the commit, by the writer's clock, in milliseconds.
 * @param variables distinct variables that it set or unset.
 * @param source    where they came from: the paths of an import, {@code -} for a stream, {@code put} for single changes.
 * @param user      who; empty if the system did not say.
 * @param host      where; empty if the system did not say.
 */
public record StoreVersion(long version, Instant time, long variables, String source, String user, String host) {}
