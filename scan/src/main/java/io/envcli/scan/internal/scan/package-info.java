/**
 * One thread's share of a scan: a {@link io.envcli.scan.internal.scan.Collector} opens what a walk finds, leaves out what is
 * binary or too large, and keeps the uses.
 */
@NullMarked
package io.envcli.scan.internal.scan;

import org.jspecify.annotations.NullMarked;
