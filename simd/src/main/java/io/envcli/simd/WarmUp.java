package io.envcli.simd;

import io.envcli.simd.internal.KernelChoice;

import java.time.Duration;

/** Stand-in. */
final class WarmUp {
    private WarmUp() {}

    static void begin() {}

    static boolean await(final Duration timeout) throws InterruptedException {
        return !timeout.isNegative();
    }

    static String story() {
        return KernelChoice.PROPERTY;
    }
}
