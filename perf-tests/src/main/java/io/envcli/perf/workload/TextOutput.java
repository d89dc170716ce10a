package io.envcli.perf.workload;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/** Collects the text of a workload in a buffer and counts it. Threading: one thread. */
final class TextOutput {
    private static final int CAPACITY = 1 << 20;
    /** More than an assignment, its escapes and the lines before it can take. */
    private static final int RESERVE = 1 << 14;
    private static final byte[] EXPORT = "export ".getBytes(StandardCharsets.US_ASCII);
    private static final int NOTE_LENGTH = 24;

    private final OutputStream out;
    private final byte[] buffer = new byte[CAPACITY];
    private final CRC32C crc = new CRC32C();
    private int length;
    private long flushed;
    private long lines;
    private boolean carriageReturns;

    TextOutput(final OutputStream out) {
        this.out = out;
    }

    /** Makes room for one assignment with what stands before it. */
    void reserve() throws IOException {
        if (length > CAPACITY - RESERVE) {
            flush();
        }
    }

    /** Says whether lines end in carriage return and line feed from here on. */
    void carriageReturns(final boolean value) {
        carriageReturns = value;
    }

    void write(final byte[] bytes, final int count) {
        System.arraycopy(bytes, 0, buffer, length, count);
        length += count;
    }

    void comment(final long bits, final int textLength) {
        buffer[length++] = '#';
        buffer[length++] = ' ';
        Texts.COMMENTS.copy(bits, buffer, length, textLength);
        length += textLength;
        endLine();
    }

    void write(final Assignment assignment) {
        if (assignment.exported) {
            write(EXPORT, EXPORT.length);
        }
        write(assignment.name, assignment.nameLength);
        buffer[length++] = '=';
        switch (assignment.form) {
            case CERTIFICATE, JSON -> manyLines(assignment);
            case ESCAPED_CERTIFICATE -> escaped(assignment);
            default -> oneLine(assignment);
        }
        if (assignment.form == Form.INLINE_COMMENT) {
            buffer[length++] = ' ';
            comment(assignment.valueLength, NOTE_LENGTH);
        } else {
            endLine();
        }
    }

    private void oneLine(final Assignment assignment) {
        final byte quote = assignment.form.quote();
        if (quote != 0) {
            buffer[length++] = quote;
        }
        write(assignment.value, assignment.valueLength);
        if (quote != 0) {
            buffer[length++] = quote;
        }
    }

    private void manyLines(final Assignment assignment) {
        buffer[length++] = assignment.form.quote();
        for (int i = 0; i < assignment.valueLength; i++) {
            if (assignment.value[i] == '\n') {
                endLine();
            } else {
                buffer[length++] = assignment.value[i];
            }
        }
        buffer[length++] = assignment.form.quote();
    }

    private void escaped(final Assignment assignment) {
        buffer[length++] = assignment.form.quote();
        for (int i = 0; i < assignment.valueLength; i++) {
            if (assignment.value[i] == '\n') {
                buffer[length++] = '\\';
                buffer[length++] = 'n';
            } else {
                buffer[length++] = assignment.value[i];
            }
        }
        buffer[length++] = assignment.form.quote();
    }

    void endLine() {
        if (carriageReturns) {
            buffer[length++] = '\r';
        }
        buffer[length++] = '\n';
        lines++;
    }

    void flush() throws IOException {
        crc.update(buffer, 0, length);
        out.write(buffer, 0, length);
        flushed += length;
        length = 0;
    }

    long lines() {
        return lines;
    }

    /** {@return bytes written so far} */
    long bytes() {
        return flushed + length;
    }

    /** {@return checksum of what was flushed} */
    long crc32c() {
        return crc.getValue();
    }
}
