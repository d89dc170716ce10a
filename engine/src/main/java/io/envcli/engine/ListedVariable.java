package io.envcli.engine;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;

/** One variable of a listing: everything but its value. */
public final class ListedVariable {
    /** The order of listings: of the names' bytes. */
    static final Comparator<ListedVariable> BY_NAME = (a, b) -> Arrays.compareUnsigned(a.utf8, b.utf8);

    // Listings are long: of what is shown as text, the shortest form is kept.
    private final byte[] utf8;
    private final long fingerprint0;
    private final long fingerprint1;
    private final long version;

    /**
     * A variable.
     *
     * @param utf8         its name; transferred to this object.
     * @param fingerprint0 first little-endian word of the fingerprint.
     * @param fingerprint1 second word.
     * @param version      that set it.
     */
    ListedVariable(final byte[] utf8, final long fingerprint0, final long fingerprint1, final long version) {
        this.utf8 = utf8;
        this.fingerprint0 = fingerprint0;
        this.fingerprint1 = fingerprint1;
        this.version = version;
    }

    /** {@return the name's bytes; not a copy} */
    byte[] utf8() {
        return utf8;
    }

    /** {@return the name} */
    public String name() {
        return new String(utf8, StandardCharsets.UTF_8);
    }

    /** {@return the value's fingerprint in 32 hexadecimal digits: equal ones mean equal values} */
    public String fingerprint() {
        final HexFormat hex = HexFormat.of();
        return hex.toHexDigits(Long.reverseBytes(fingerprint0)) + hex.toHexDigits(Long.reverseBytes(fingerprint1));
    }

    /** {@return whether another one, of the same store, has the same value} */
    boolean hasValueOf(final ListedVariable other) {
        return fingerprint0 == other.fingerprint0 && fingerprint1 == other.fingerprint1;
    }

    /** {@return the version that set the value} */
    public long version() {
        return version;
    }

    /** {@return name, fingerprint and version} */
    @Override
    public String toString() {
        return "ListedVariable[name=" + name() + ", fingerprint=" + fingerprint() + ", version=" + version + "]";
    }
}
