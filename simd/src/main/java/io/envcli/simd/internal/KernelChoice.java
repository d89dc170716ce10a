package io.envcli.simd.internal;

import java.util.Locale;

/** Which kernels are wanted; the one place that reads the system property. */
public enum KernelChoice {
    /** Scalar first, vector when warm. */
    AUTO,
    /** Scalar for ever. */
    SCALAR,
    /** Vector at once. */
    VECTOR;

    /** Name of the property; its values are the names here, in lower case. */
    public static final String PROPERTY = "envcli.kernels";

    /** {@return what the property says; {@link #AUTO} if it says nothing, or nothing known} */
    public static KernelChoice configured() {
        final String value = System.getProperty(PROPERTY, "auto");
        for (final KernelChoice choice : values()) {
            if (choice.name().toLowerCase(Locale.ROOT).equals(value)) {
                return choice;
            }
        }
        return AUTO;
    }
}
