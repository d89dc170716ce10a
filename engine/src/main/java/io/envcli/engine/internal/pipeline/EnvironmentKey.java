package io.envcli.engine.internal.pipeline;

/**
 * An environment as the pipeline knows it.
 *
 * @param name  its name.
 * @param utf8  the same in UTF-8; shared, never changed.
 * @param hash0 first half of the keyed hash of the name.
 * @param hash1 second half.
 */
@SuppressWarnings("ArrayRecordComponent") // Identity is the name; the bytes are kept beside it so that they are made once.
public record EnvironmentKey(String name, byte[] utf8, long hash0, long hash1) {
    @Override
    public boolean equals(final Object other) {
        return other instanceof EnvironmentKey key && key.name.equals(name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }
}
