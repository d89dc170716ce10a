package io.envcli.perf.workload;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One assignment of a workload: its name, its value as a reader has it, and how it is written. Reused from one to the
 * next.
 *
 * <p>Threading: one thread.
 */
final class Assignment {
    /** No generated name is longer, in bytes. */
    static final int MAX_NAME = 64;
    /** No generated value is longer, in bytes. */
    static final int MAX_VALUE = 4096;

    final byte[] name = new byte[MAX_NAME];
    final byte[] value = new byte[MAX_VALUE];
    int nameLength;
    int valueLength;
    Form form = Form.PLAIN;
    boolean exported;

    /** {@return the name as text} */
    String nameText() {
        return new String(name, 0, nameLength, StandardCharsets.US_ASCII);
    }

    /** {@return a copy of the value, UTF-8} */
    byte[] valueBytes() {
        return Arrays.copyOf(value, valueLength);
    }

    /** {@return this variable's part in a {@link Truth#checksum()}} */
    long checksum() {
        return Checksum.of(name, nameLength, value, valueLength);
    }
}
