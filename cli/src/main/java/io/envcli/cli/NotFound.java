package io.envcli.cli;

import com.fasterxml.jackson.core.JsonGenerator;

import java.io.IOException;

/** The answer that there is no such thing: an error to a person, and to a script that wants JSON an object as well. */
final class NotFound {
    /** The field that says so; true where the thing is found. */
    static final String FOUND = "found";

    private NotFound() {}

    /** Writes which variable it is about. */
    static void writeVariable(final JsonGenerator json, final Call call, final String name) throws IOException {
        json.writeStringField("environment", call.environment());
        json.writeStringField("name", name);
    }

    /**
     * Answers no.
     *
     * @param call  the command.
     * @param why   for a person.
     * @param asked writes the fields that say what was asked for.
     * @return the status to end with.
     * @throws CommandException that was given, unless JSON was asked for.
     * @throws IOException      if it cannot be written.
     */
    static ExitStatus answer(final Call call, final CommandException why, final Json.Content asked)
            throws CommandException, IOException {
        if (!call.json()) {
            throw why;
        }
        Json.object(call.out(), json -> {
            asked.writeTo(json);
            json.writeBooleanField(FOUND, false);
        });
        call.out().resultDone();
        call.out().error(why.text());
        return why.status();
    }
}
