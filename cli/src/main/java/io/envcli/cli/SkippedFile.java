package io.envcli.cli;

import com.fasterxml.jackson.core.JsonGenerator;

import java.io.IOException;

/**
 * What an import found below a folder and did not read.
 *
 * @param file    its path.
 * @param reason  a label for programs, which stays.
 * @param message why, for people.
 */
record SkippedFile(String file, String reason, String message) {
    private static final String SEPARATOR = ": ";

    /**
     * Takes apart what the engine reports.
     *
     * @param line of {@link io.envcli.engine.ImportReport#skipped()}: path, colon, space and why, which has no colon.
     * @return the parts.
     */
    static SkippedFile of(final String line) {
        final int end = line.lastIndexOf(SEPARATOR);
        final String message = line.substring(end + SEPARATOR.length());
        return new SkippedFile(line.substring(0, end), label(message), message);
    }

    private static String label(final String message) {
        if (message.startsWith("a link out of")) {
            return "link-outside";
        }
        if (message.startsWith("a link")) {
            return "broken-link";
        }
        if (message.startsWith("a pipe")) {
            return "not-a-file";
        }
        return message.startsWith("it vanished") ? "vanished" : "other";
    }

    /**
     * Writes it as an object.
     *
     * @param json to write to.
     * @throws IOException if it cannot be written.
     */
    void write(final JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("file", file);
        json.writeStringField("reason", reason);
        json.writeStringField("message", message);
        json.writeEndObject();
    }
}
