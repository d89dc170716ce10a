package io.envcli.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.envcli.scan.Comparison;
import io.envcli.scan.ScanReport;
import io.envcli.scan.Use;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** What a scan found, as JSON; docs/scan.md says what each field means. */
final class ScanJson {
    private ScanJson() {}

    /**
     * Writes it as the result.
     *
     * @param out        the way out.
     * @param report     of the scan.
     * @param comparison with what is set; null if nobody asked for one.
     * @throws IOException if it cannot be written.
     */
    static void write(final Output out, final ScanReport report, final @Nullable Comparison comparison)
            throws IOException {
        Json.object(out, json -> {
            uses(json, "uses", report.uses());
            json.writeArrayFieldStart("problems");
            for (final ScanReport.Problem problem : report.problems()) {
                json.writeStartObject();
                json.writeStringField("file", problem.file());
                json.writeStringField("reason", problem.reason());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeNumberField("files", report.files());
            json.writeNumberField("bytes", report.bytes());
            if (comparison != null) {
                json.writeObjectFieldStart("against");
                entries(json, "missing", comparison.missing());
                json.writeArrayFieldStart("unused");
                for (final String name : comparison.unused()) {
                    json.writeString(name);
                }
                json.writeEndArray();
                entries(json, "defaults", comparison.defaults());
                json.writeEndObject();
            }
        });
    }

    private static void entries(final JsonGenerator json, final String field, final List<Comparison.Entry> entries)
            throws IOException {
        json.writeArrayFieldStart(field);
        for (final Comparison.Entry entry : entries) {
            json.writeStartObject();
            json.writeStringField("name", entry.name());
            uses(json, "uses", entry.uses());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void uses(final JsonGenerator json, final String field, final List<Use> uses) throws IOException {
        json.writeArrayFieldStart(field);
        for (final Use use : uses) {
            json.writeStartObject();
            json.writeStringField("file", use.file());
            json.writeNumberField("line", use.line());
            json.writeNumberField("column", use.column());
            json.writeStringField("language", use.language());
            json.writeStringField("pattern", use.pattern());
            json.writeStringField("kind", label(use.kind()));
            json.writeStringField(use.kind() == Use.Kind.UNKNOWN ? "expression" : "name", use.name());
            if (use.kind() == Use.Kind.READ) {
                json.writeStringField("need", label(use.need()));
                if (use.defaultValue() != null) {
                    json.writeStringField("default", use.defaultValue());
                }
            }
            json.writeStringField("confidence", label(use.confidence()));
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static String label(final Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
