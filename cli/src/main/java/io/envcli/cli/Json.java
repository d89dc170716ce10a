package io.envcli.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;

import java.io.IOException;

/** The result as JSON: one value and a line feed, written as it is made. */
final class Json {
    private Json() {}

    /** Writes the fields or elements of one JSON value. */
    @FunctionalInterface
    interface Content {
        /**
         * Writes the value.
         *
         * @param json to write it to.
         * @throws IOException if it cannot be written.
         */
        void writeTo(JsonGenerator json) throws IOException;
    }

    /**
     * Writes an object as the result. On a terminal it is indented, and what is not ASCII is written as an escape, since
     * some of it a terminal would obey. What is left unfinished by a failure stays visibly so.
     *
     * @param out    the way out.
     * @param fields writes what is between the braces.
     * @throws IOException if it cannot be written.
     */
    static void object(final Output out, final Content fields) throws IOException {
        final JsonFactory factory = new JsonFactoryBuilder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
                .disable(StreamWriteFeature.AUTO_CLOSE_CONTENT).build();
        try (JsonGenerator json = factory.createGenerator(out.stream())) {
            if (out.isTerminal()) {
                json.useDefaultPrettyPrinter();
                json.setHighestNonEscapedChar(0x7E);
            }
            json.writeStartObject();
            fields.writeTo(json);
            json.writeEndObject();
        }
        out.println("");
    }
}
