package io.envcli.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.envcli.engine.dialect.Diagnostic;
import io.envcli.engine.dialect.Reason;

import java.io.IOException;
import java.util.List;

/** Rejects and warnings as they are shown: {@code file:line:column: reason}. */
final class Rejects {
    private Rejects() {}

    /**
     * Writes a reject, also if the command is to be quiet, or a warning, unless it is.
     *
     * @param out        the way out.
     * @param file       that it is about.
     * @param diagnostic the reject or warning.
     */
    static void print(final Output out, final String file, final Diagnostic diagnostic) {
        final String text = source(file) + ":" + diagnostic.line() + ":" + diagnostic.column()
                + ": " + diagnostic.message();
        if (diagnostic.reason().kind() == Reason.Kind.REJECT) {
            out.reject(text);
        } else {
            out.remark(Output.Paint.YELLOW, "warning:", text);
        }
    }

    /**
     * A source as it is shown.
     *
     * @param file a path, or {@code -}.
     * @return the path, or {@code stdin}.
     */
    static String source(final String file) {
        return file.equals("-") ? "stdin" : file;
    }

    /**
     * Writes those of one kind as an array of objects.
     *
     * @param json        to write to.
     * @param name        of the field.
     * @param diagnostics of any kind.
     * @param kind        to be written.
     * @throws IOException if it cannot be written.
     */
    static void writeArray(final JsonGenerator json, final String name, final List<Diagnostic> diagnostics,
            final Reason.Kind kind) throws IOException {
        json.writeArrayFieldStart(name);
        for (final Diagnostic diagnostic : diagnostics) {
            if (diagnostic.reason().kind() == kind) {
                json.writeStartObject();
                writeFields(json, diagnostic);
                json.writeEndObject();
            }
        }
        json.writeEndArray();
    }

    /**
     * Writes the fields of one: its place, its reason's label, which stays the same for ever, and its text for people.
     *
     * @param json       to write to.
     * @param diagnostic the reject or warning.
     * @throws IOException if it cannot be written.
     */
    static void writeFields(final JsonGenerator json, final Diagnostic diagnostic) throws IOException {
        json.writeNumberField("line", diagnostic.line());
        json.writeNumberField("column", diagnostic.column());
        json.writeStringField("reason", diagnostic.reason().label());
        json.writeStringField("message", diagnostic.message());
    }
}
