package io.envcli.cli;

import io.envcli.engine.StoreConfig;

import java.io.IOException;

/** The acknowledgement of a single change. */
final class Written {
    private Written() {}

    /**
     * Reports a change: as JSON to stdout if asked for, else as a remark.
     *
     * @param call    the command.
     * @param subject writes the fields that say what was changed.
     * @param what    was done.
     * @param version that it made; 0 if it is not known yet.
     * @param config  which names the durability class.
     * @throws IOException if it cannot be written.
     */
    static void report(final Call call, final Json.Content subject, final String what, final long version,
            final StoreConfig config)
            throws IOException {
        call.out().changeMade();
        final String durability = config.durability().label();
        if (call.json()) {
            Json.object(call.out(), json -> {
                subject.writeTo(json);
                if (version == 0) {
                    json.writeNullField("version");
                } else {
                    json.writeNumberField("version", version);
                }
                json.writeStringField("durability", durability);
            });
        } else {
            call.out().remark(
                    what + " (" + (version == 0 ? "" : "version " + version + ", ") + "durability " + durability + ")");
        }
    }
}
