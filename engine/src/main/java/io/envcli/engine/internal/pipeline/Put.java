package io.envcli.engine.internal.pipeline;

/** One variable on its way to be set or unset. The fields are read by the caller after the acknowledgement. */
public final class Put {
    final EnvironmentKey environment;
    /** The version it belongs to; 0 before. Written by the journal stage. */
    long version;
    /** When that was committed, in milliseconds since 1970. Written by the journal stage. */
    long timeMillis;
    /** Whether the store had the very value, or nothing to unset, so that nothing changed. By journal and apply stage. */
    boolean unchanged;

    /**
     * A put that is about to begin.
     *
     * @param environment the variable's.
     */
    public Put(final EnvironmentKey environment) {
        this.environment = environment;
    }

    /** {@return the version in which the variable has this value} */
    public long version() {
        return version;
    }

    /** {@return whether nothing had to be written} */
    public boolean unchanged() {
        return unchanged;
    }
}
