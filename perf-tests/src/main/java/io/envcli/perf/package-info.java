/**
 * Measures the product. {@link io.envcli.perf.Run} starts every benchmark by name; below it, {@code workload} generates
 * what is measured, {@code pipeline} measures imports as a whole, and each package named like a module measures that
 * module's parts with JMH. Nothing depends on this module.
 */
@NullMarked
package io.envcli.perf;

import org.jspecify.annotations.NullMarked;
