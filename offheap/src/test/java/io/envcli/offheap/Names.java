package io.envcli.offheap;

import org.agrona.UnsafeApi;

/**
 * Hashes and fingerprints for tests, made from numbers: two small pieces of memory, and what is put there last.
 */
final class Names implements AutoCloseable {
    private static final int LENGTH = 16;

    private final Region region = Region.allocate(Owner.TEST, 2 * LENGTH);

    /** {@return address of the hash of name number {@code name}} */
    long hash(final long name) {
        UnsafeApi.putLong(region.address(), hash0(name));
        UnsafeApi.putLong(region.address() + Long.BYTES, hash1(name));
        return region.address();
    }

    /** {@return address of the fingerprint of value number {@code value}} */
    long fingerprint(final long value) {
        UnsafeApi.putLong(region.address() + LENGTH, fingerprint0(value));
        UnsafeApi.putLong(region.address() + LENGTH + Long.BYTES, ~value);
        return region.address() + LENGTH;
    }

    static long hash0(final long name) {
        return HashIndexCheck.mix(name + 0x1234567);
    }

    static long hash1(final long name) {
        return HashIndexCheck.mix(name + 0x7654321);
    }

    static long fingerprint0(final long value) {
        return HashIndexCheck.mix(value + 99);
    }

    /** Whether what is committed of a variable is set to a value. */
    static boolean holds(final HashIndex index, final int environment, final long hash, final long fingerprint) {
        final long newest = index.find(environment, UnsafeApi.getLong(hash), UnsafeApi.getLong(hash + Long.BYTES));
        final long visible = newest > 0 ? index.visible(newest) : 0;
        return visible > 0 && !index.isUnset(visible) && index.fingerprintEquals(visible, fingerprint);
    }

    @Override
    public void close() {
        region.close();
    }
}
