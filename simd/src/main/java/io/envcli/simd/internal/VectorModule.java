package io.envcli.simd.internal;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;
import jdk.internal.module.Modules;
import org.jspecify.annotations.Nullable;

/**
 * Makes sure of the vector module before anything touches it.
 *
 * <p>The launcher does not name the module, since the JVM would print a warning line and light commands would pay for it;
 * it is loaded here, by an interface internal to the JDK. Whatever goes wrong, the kernels stay scalar.
 */
public final class VectorModule {
    private static final String NAME = "jdk.incubator.vector";
    /** Narrower than this no kernel is worth it. */
    private static final int LEAST_BITS = 128;
    /** Wider than this no table and no bucket is laid out for. */
    private static final int MOST_BITS = 512;

    private VectorModule() {}

    /**
     * Loads the module unless it is there.
     *
     * @return null if it can be used, else why not.
     */
    public static @Nullable String load() {
        try {
            if (ModuleLayer.boot().findModule(NAME).isEmpty()) {
                Modules.loadModule(NAME);
            }
            return unsuitable();
        } catch (final RuntimeException | LinkageError e) {
            // Not in the image, or jdk.internal.module not exported to us: the reason is shown by `doctor`.
            return "vector module not loadable: " + e;
        }
    }

    private static @Nullable String unsuitable() {
        final int bits = IntVector.SPECIES_PREFERRED.vectorBitSize();
        return bits < LEAST_BITS ? "vectors of " + bits + " bits" : null;
    }

    /** {@return bits of the vectors in use; the module must have been loaded} */
    public static int bits() {
        return Math.min(IntVector.SPECIES_PREFERRED.vectorBitSize(), MOST_BITS);
    }

    static VectorSpecies<Long> longs() {
        return VectorSpecies.of(long.class, VectorShape.forBitSize(bits()));
    }

    static VectorSpecies<Integer> ints() {
        return VectorSpecies.of(int.class, VectorShape.forBitSize(bits()));
    }
}
