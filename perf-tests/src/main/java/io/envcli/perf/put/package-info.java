/**
 * How long a single put takes, at a fixed rate. Every latency counts from the moment at which the put was meant to begin,
 * so that a put which had to wait for a slow one before it counts in full (no coordinated omission).
 *
 * <p>{@link io.envcli.perf.put.OfferedLoad} offers the puts, {@link io.envcli.perf.put.Puts} takes them: once by
 * {@code Store.put}, where a thread waits for each of its puts, and once by a {@code PutStream}, where it does not.
 */
@NullMarked
package io.envcli.perf.put;

import org.jspecify.annotations.NullMarked;
