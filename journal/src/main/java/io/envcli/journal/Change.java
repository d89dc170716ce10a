package io.envcli.journal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Flyweight over one change: a variable set or unset. It dies with its callback, or with the block it is read from.
 *
 * <p>Name, value and fingerprint are ranges of {@link #buffer()}, which is borrowed and read-only.
 */
public final class Change {
    /** Flag: the variable is unset; there is no value and no fingerprint. */
    public static final int UNSET = 1;
    /** Bytes of a fingerprint. */
    public static final int FINGERPRINT_LENGTH = BlockDescriptor.FINGERPRINT_LENGTH;

    private byte[] buffer = new byte[0];
    private int flags;
    private int line;
    private int nameOffset;
    private int nameLength;
    private int valueOffset;
    private int valueLength;
    private long location = Location.NONE;

    Change() {}

    void wrap(final byte[] newBuffer, final int newFlags, final int newLine, final int newNameOffset,
            final int newNameLength, final int newValueLength, final long newLocation) {
        buffer = newBuffer;
        flags = newFlags;
        line = newLine;
        nameOffset = newNameOffset;
        nameLength = newNameLength;
        valueOffset = newNameOffset + newNameLength;
        valueLength = newValueLength;
        location = newLocation;
    }

    /** {@return the flags that the writer gave, 0 to 127} */
    public int flags() {
        return flags;
    }

    /** {@return whether the variable is unset} */
    public boolean isUnset() {
        return (flags & UNSET) != 0;
    }

    /** {@return line of the assignment in its source} */
    public int line() {
        return line;
    }

    /** {@return the array that holds name, value and fingerprint; borrowed} */
    public byte[] buffer() {
        return buffer;
    }

    /** {@return where in the buffer the name starts} */
    public int nameOffset() {
        return nameOffset;
    }

    /** {@return length of the name in bytes} */
    public int nameLength() {
        return nameLength;
    }

    /** {@return where in the buffer the value starts} */
    public int valueOffset() {
        return valueOffset;
    }

    /** {@return length of the value in bytes; 0 if unset} */
    public int valueLength() {
        return valueLength;
    }

    /** {@return where in the buffer the 16 bytes of the fingerprint start; not to be used if unset} */
    public int fingerprintOffset() {
        return valueOffset + valueLength;
    }

    /** {@return where the change stands in the journal} */
    public long location() {
        return location;
    }

    /** {@return the name; allocates} */
    public String name() {
        return new String(buffer, nameOffset, nameLength, StandardCharsets.UTF_8);
    }

    /** {@return a copy of the value; the caller's to wipe} */
    public byte[] value() {
        return Arrays.copyOfRange(buffer, valueOffset, valueOffset + valueLength);
    }

    /**
     * {@return whether this is a change of a variable}
     *
     * @param name of the variable, in UTF-8 bytes.
     */
    public boolean isName(final byte[] name) {
        return Arrays.equals(name, 0, name.length, buffer, nameOffset, nameOffset + nameLength);
    }

    /** {@return that this is a change, not of what} */
    @Override
    public String toString() {
        return "Change[location=" + location + ", flags=" + flags + ", line=" + line + "]";
    }
}
