package io.envcli.simd;

import io.envcli.simd.internal.SipKernel;
import io.envcli.simd.internal.VectorLanes;
import io.envcli.simd.internal.VectorModule;
import io.envcli.simd.internal.VectorPairs;
import io.envcli.simd.internal.VectorSip;
import io.envcli.simd.internal.VectorText;
import io.envcli.simd.internal.VectorUtf8;
import org.jspecify.annotations.Nullable;

/** The vector kernels, made when first asked for: loading this class loads the vector module. */
final class VectorSupport {
    /** Why there are none; null if there are. */
    static final @Nullable String ABSENCE = VectorModule.load();
    /** Null if the module is not to be had. */
    static final @Nullable Kernels KERNELS = ABSENCE == null ? create() : null;

    private static final int LEAST_SIP_BITS = 256;

    private VectorSupport() {}

    private static Kernels create() {
        final int bits = VectorModule.bits();
        // Two lanes of 64 bits are no faster than none, and C2 makes objects of their masks.
        final SipKernel sip = bits < LEAST_SIP_BITS ? null : new VectorSip();
        return new Kernels("vector-" + bits, new VectorText(), new VectorUtf8(), new VectorPairs(),
                new VectorLanes(), sip);
    }
}
