package io.envcli.cli;

import io.envcli.engine.RepairReport;

import java.io.IOException;
import java.nio.file.Path;

/** Prints what a repair saved and what it could not. */
final class RepairOutput {
    private RepairOutput() {}

    static void print(final Output out, final RepairReport report, final Path target) {
        for (final RepairReport.Finding finding : report.findings()) {
            out.println(Printable.line(finding.toString()));
        }
        for (final RepairReport.Loss loss : report.losses()) {
            out.println(loss.toString());
        }
        if (report.openEnded()) {
            out.println("versions after " + report.lastVersion() + ": not known; any that there were are lost");
        }
        out.println((report.isComplete() ? "all saved: " : "saved: ")
                + Amounts.count(report.changes(), "change", "changes") + ", up to version " + report.lastVersion()
                + ", " + Amounts.duration(report.nanos() / 1e9));
        out.remark("the new store is " + target + "; it has the same key; moved elsewhere it may have to be"
                + " accepted: verify --accept-older");
    }

    static void printJson(final Output out, final RepairReport report) throws IOException {
        Json.object(out, json -> {
            json.writeBooleanField("complete", report.isComplete());
            json.writeNumberField("version", report.lastVersion());
            json.writeNumberField("changes", report.changes());
            json.writeBooleanField("later_versions_possible", report.openEnded());
            json.writeNumberField("seconds", report.nanos() / 1e9);
            json.writeArrayFieldStart("losses");
            for (final RepairReport.Loss loss : report.losses()) {
                json.writeStartObject();
                json.writeNumberField("first_version", loss.first());
                json.writeNumberField("last_version", loss.last());
                if (loss.changes() > 0) {
                    json.writeNumberField("changes", loss.changes());
                    json.writeNumberField("whole", loss.whole());
                    json.writeBooleanField("whole_saved", loss.saved());
                }
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeArrayFieldStart("findings");
            for (final RepairReport.Finding finding : report.findings()) {
                json.writeStartObject();
                json.writeStringField("file", finding.file().toString());
                json.writeNumberField("position", finding.position());
                json.writeStringField("what", finding.what());
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }
}
