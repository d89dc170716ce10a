package io.envcli.journal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Flyweight over what the changes after it have in common: environment, source and dialect. Dies with its callback. */
public final class Section {
    private byte[] buffer = new byte[0];
    private int environmentOffset;
    private int environmentLength;
    private int sourceOffset;
    private int sourceLength;
    private byte dialect;

    Section() {}

    void wrap(final byte[] newBuffer, final byte newDialect, final int newEnvironmentOffset,
            final int newEnvironmentLength, final int newSourceOffset, final int newSourceLength) {
        buffer = newBuffer;
        dialect = newDialect;
        environmentOffset = newEnvironmentOffset;
        environmentLength = newEnvironmentLength;
        sourceOffset = newSourceOffset;
        sourceLength = newSourceLength;
    }

    /** {@return the array that holds environment and source; borrowed} */
    public byte[] buffer() {
        return buffer;
    }

    /** {@return where in the buffer the environment's UTF-8 bytes start} */
    public int environmentOffset() {
        return environmentOffset;
    }

    /** {@return length of the environment in bytes} */
    public int environmentLength() {
        return environmentLength;
    }

    /** {@return where in the buffer the source's bytes start} */
    public int sourceOffset() {
        return sourceOffset;
    }

    /** {@return length of the source in bytes} */
    public int sourceLength() {
        return sourceLength;
    }

    /** {@return the dialect's number, as the writer gave it} */
    public byte dialect() {
        return dialect;
    }

    /** {@return the environment; allocates} */
    public String environment() {
        return new String(buffer, environmentOffset, environmentLength, StandardCharsets.UTF_8);
    }

    /** {@return the source's path; allocates} */
    public String source() {
        return new String(buffer, sourceOffset, sourceLength, StandardCharsets.UTF_8);
    }

    /**
     * {@return whether this is the section of an environment}
     *
     * @param environment its UTF-8 bytes.
     */
    public boolean isEnvironment(final byte[] environment) {
        return Arrays.equals(environment, 0, environment.length, buffer, environmentOffset,
                environmentOffset + environmentLength);
    }
}
