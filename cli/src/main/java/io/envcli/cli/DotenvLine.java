package io.envcli.cli;

import io.envcli.engine.dialect.DotenvWriter;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.charset.StandardCharsets;

/** One variable as a line, or several, of dotenv text; or why dotenv has no way to write it. */
final class DotenvLine {
    private static final byte[] NO_VALUE = {};

    private final byte[] text;
    private final int length;

    private DotenvLine(final byte[] text, final int length) {
        this.text = text;
        this.length = length;
    }

    /**
     * Writes a variable.
     *
     * @param name  of the variable.
     * @param value UTF-8; borrowed.
     * @return the line.
     */
    static DotenvLine of(final String name, final byte[] value) {
        final byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
        final byte[] both = new byte[utf8.length + value.length];
        System.arraycopy(utf8, 0, both, 0, utf8.length);
        System.arraycopy(value, 0, both, utf8.length, value.length);
        final byte[] line = new byte[DotenvWriter.maxLength(utf8.length, value.length)];
        return new DotenvLine(line, DotenvWriter.write(new UnsafeBuffer(both), 0, utf8.length, utf8.length,
                value.length, new UnsafeBuffer(line), 0));
    }

    /**
     * Whether dotenv can write a name at all.
     *
     * @param name of a variable.
     * @return whether it can.
     */
    static boolean takesName(final String name) {
        return of(name, NO_VALUE).isWritten();
    }

    /** {@return whether dotenv has a way to write the variable} */
    boolean isWritten() {
        return length >= 0;
    }

    /** {@return why dotenv has none, and what to do} */
    String problem() {
        return length == DotenvWriter.BAD_NAME
                ? "a name in dotenv has only letters, digits, '_', '.' and '-'; export it with --format json, or give it"
                        + " such a name"
                : "dotenv has no quotes that this value fits between; export it with --format json";
    }

    /** {@return the bytes, of which the first {@link #length()} count} */
    byte[] text() {
        return text;
    }

    /** {@return bytes of the text, line feed included} */
    int length() {
        return length;
    }
}
