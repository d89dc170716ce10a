package io.envcli.engine;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * One variable as a reader found it. Holds its value in the clear: {@link #wipe()} it when done. {@link #toString()} shows
 * no value.
 */
public final class Variable {
    private final String name;
    private final byte[] value;
    private final byte[] fingerprint;
    private final long version;

    /**
     * A variable.
     *
     * @param name        of the variable.
     * @param value       UTF-8; transferred to this object.
     * @param fingerprint 16 bytes; transferred to this object.
     * @param version     that set it.
     */
    Variable(final String name, final byte[] value, final byte[] fingerprint, final long version) {
        this.name = name;
        this.value = value;
        this.fingerprint = fingerprint;
        this.version = version;
    }

    /** {@return the name} */
    public String name() {
        return name;
    }

    /** {@return the value as text; a string cannot be wiped} */
    public String value() {
        return new String(value, StandardCharsets.UTF_8);
    }

    /** {@return the value's own bytes in UTF-8, not a copy} */
    public byte[] valueBytes() {
        return value;
    }

    /** {@return the fingerprint in 32 hexadecimal digits: equal ones mean equal values} */
    public String fingerprint() {
        return HexFormat.of().formatHex(fingerprint);
    }

    /** {@return the version that set this value} */
    public long version() {
        return version;
    }

    /** Overwrites the value. */
    public void wipe() {
        Arrays.fill(value, (byte) 0);
    }

    /** {@return name, fingerprint and version; not the value} */
    @Override
    public String toString() {
        return "Variable[name=" + name + ", fingerprint=" + fingerprint() + ", version=" + version + "]";
    }
}
