package io.envcli.engine.internal.pipeline;

import io.envcli.engine.internal.files.EnvironmentNames;
import io.envcli.offheap.Owner;
import io.envcli.offheap.Region;
import io.envcli.simd.SipHash;
import org.agrona.UnsafeApi;

/**
 * Keyed hashes of names that come as byte arrays: environments, and the names that queries ask for.
 *
 * <p>Threading: one thread at a time; callers that share one synchronise.
 */
public final class NameHasher implements AutoCloseable {
    /** A name is at most 65,535 bytes; the hash takes 16 more. */
    private static final int INPUT_CAPACITY = 1 << 16;

    private final SipHash hash;
    private final Region scratch = Region.allocate(Owner.SCRATCH, INPUT_CAPACITY + 16L);

    /**
     * A hasher.
     *
     * @param hash with the store's key.
     */
    public NameHasher(final SipHash hash) {
        this.hash = hash;
    }

    /**
     * Hashes a name.
     *
     * @param name up to 65,535 bytes.
     * @return the address of the 16 bytes of its hash, valid until the next call.
     */
    public long hash(final byte[] name) {
        final long output = scratch.address() + INPUT_CAPACITY;
        if (name.length > INPUT_CAPACITY) {
            throw new IllegalArgumentException("length=" + name.length + " is more than " + INPUT_CAPACITY);
        }
        // Names are short, and to copy out of an array Agrona links method handles first: 5 ms of a new process.
        for (int i = 0; i < name.length; i++) {
            UnsafeApi.putByte(scratch.address() + i, name[i]);
        }
        hash.hash(scratch.address(), name.length, output);
        return output;
    }

    /**
     * An environment with its hash.
     *
     * @param name checked here.
     * @return the key.
     */
    public EnvironmentKey environment(final String name) {
        final byte[] utf8 = EnvironmentNames.encode(name);
        final long output = hash(utf8);
        return new EnvironmentKey(name, utf8, UnsafeApi.getLong(output), UnsafeApi.getLong(output + Long.BYTES));
    }

    @Override
    public void close() {
        scratch.close();
    }
}
