package io.envcli.simd;

import io.envcli.simd.internal.VectorLanes;
import io.envcli.simd.internal.VectorModule;
import io.envcli.simd.internal.VectorText;
import io.envcli.simd.internal.VectorUtf8;
import org.jspecify.annotations.Nullable;

/** The vector kernels, made when first asked for: loading this class loads the vector module. */
final class VectorSupport {
    /** Why there are none; null if there are. */
    static final @Nullable String ABSENCE = VectorModule.load();
    /** Null if the module is not to be had. */
    static final @Nullable Kernels KERNELS = ABSENCE == null ? create() : null;

    private VectorSupport() {}

    private static Kernels create() {
        return new Kernels("vector-" + VectorModule.bits(), new VectorText(), new VectorUtf8(), new VectorLanes());
    }
}
