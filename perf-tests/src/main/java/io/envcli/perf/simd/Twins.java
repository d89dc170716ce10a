package io.envcli.perf.simd;

import io.envcli.simd.Kernels;
import org.agrona.concurrent.UnsafeBuffer;

/** Finds kernels by name and compares what twins have done. */
final class Twins {
    private Twins() {}

    /**
     * The kernels of a name.
     *
     * @param name {@code scalar} or {@code vector}.
     * @return the kernels.
     * @throws IllegalStateException if this JVM has no vector module.
     */
    static Kernels kernels(final String name) {
        return switch (name) {
            case "scalar" -> Kernels.scalar();
            case "vector" -> Kernels.vector().orElseThrow(() -> new IllegalStateException(
                    "kernel=vector: this JVM has no vector module; run with --add-modules=jdk.incubator.vector"));
            default -> throw new IllegalArgumentException("kernel=" + name + " must be scalar or vector");
        };
    }

    static void requireEqual(final UnsafeBuffer expected, final UnsafeBuffer actual, final String what,
            final String by) {
        if (!expected.equals(actual)) {
            throw new IllegalStateException(what + ": " + by + " differs from its twin");
        }
    }

    static void requireEqual(final long expected, final long actual, final String what, final String by) {
        if (expected != actual) {
            throw new IllegalStateException(what + ": " + by + " gives " + actual + ", its twin " + expected);
        }
    }
}
