package io.envcli.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.envcli.engine.Drift;
import io.envcli.engine.ImportReport;
import io.envcli.engine.ImportReport.SourceReport;
import io.envcli.engine.dialect.Diagnostic;
import io.envcli.engine.dialect.Reason;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a person, or a script, wants to know after an import. Shows names, never a value. */
final class ImportSummary {
    /** So many variables that differ between environments are named in JSON; fewer to a person. */
    static final int MAX_DRIFT = 100;

    /** So many rejects, and as many warnings, are shown with their places. */
    private static final int SHOWN = 10;
    private static final int FILES_NAMED = 3;
    private static final int LABEL_WIDTH = 12;

    private final ImportReport report;
    private final Optional<List<Drift>> drift;
    private final Path store;
    private final Map<Reason, Long> counts = new EnumMap<>(Reason.class);

    /**
     * A summary.
     *
     * @param report of the import.
     * @param drift  variables that differ between environments that otherwise agree; empty if nobody looked.
     * @param store  the folder it went to.
     */
    ImportSummary(final ImportReport report, final Optional<List<Drift>> drift, final Path store) {
        this.report = report;
        this.drift = drift;
        this.store = store;
        for (final SourceReport source : report.sources()) {
            for (final Diagnostic diagnostic : source.diagnostics()) {
                counts.merge(diagnostic.reason(), 1L, Long::sum);
            }
        }
    }

    /**
     * Writes the first rejects and warnings with their places to stderr.
     *
     * @param out the way out.
     */
    void printDiagnostics(final Output out) {
        printSkipped(out);
        print(out, Reason.Kind.REJECT, report.rejected());
        print(out, Reason.Kind.WARNING, out.isQuiet() ? 0 : report.warnings());
    }

    private void printSkipped(final Output out) {
        final List<String> skipped = report.skipped();
        skipped.subList(0, Math.min(SHOWN, skipped.size())).forEach(one -> out.reject(one + "; skipped"));
        if (skipped.size() > SHOWN) {
            out.reject("... and " + Amounts.grouped(skipped.size() - SHOWN) + " more files skipped");
        }
    }

    private void print(final Output out, final Reason.Kind kind, final long total) {
        long shown = 0;
        for (final SourceReport source : report.sources()) {
            for (final Diagnostic diagnostic : source.diagnostics()) {
                if (diagnostic.reason().kind() == kind && shown < Math.min(SHOWN, total)) {
                    Rejects.print(out, source.path(), diagnostic);
                    shown++;
                }
            }
        }
        if (shown < total) {
            final String more = "... and " + Amounts.grouped(total - shown) + " more ";
            final String rest = "; 'env-cli parse FILE' lists those of a file";
            if (kind == Reason.Kind.REJECT) {
                out.reject(more + "rejected" + rest);
            } else {
                out.remark(more + "warnings" + rest);
            }
        }
    }

    /**
     * Writes the summary for a person.
     *
     * @param out the way out.
     */
    void print(final Output out) {
        out.println(
                out.paint(Output.Paint.BOLD, "Imported " + Amounts.count(report.variables(), "variable", "variables"))
                        + " from " + Amounts.count(report.files(), "file", "files") + " into "
                        + Amounts.count(report.environments(), "environment", "environments"));
        if (!report.empty().isEmpty()) {
            line(out, "empty", Amounts.count(report.empty().size(), "file has", "files have") + " no variables: "
                    + named(report.empty()));
        }
        if (!report.templates().isEmpty()) {
            line(out, "templates", Amounts.count(report.templates().size(), "file is an example by its name, and its"
                    + " values", "files are examples by their names, and their values") + " may stand for others: "
                    + named(report.templates()));
        }
        if (report.unchanged() > 0) {
            line(out, "unchanged", Amounts.grouped(report.unchanged()) + " had that value already");
        }
        if (!report.skipped().isEmpty()) {
            line(out, "skipped", Amounts.count(report.skipped().size(), "file", "files"));
        }
        if (report.pruned() > 0) {
            line(out, "unset", Amounts.grouped(report.pruned()) + " that the files lack");
        }
        if (report.rejected() > 0) {
            line(out, "rejected", Amounts.grouped(report.rejected()) + byReason(Reason.Kind.REJECT, report.rejected()));
        }
        if (report.warnings() > 0) {
            line(out, "warnings",
                    Amounts.grouped(report.warnings()) + byReason(Reason.Kind.WARNING, report.warnings()));
        }
        printDrift(out);
        line(out, "took", Amounts.duration(report.seconds()) + " for " + Amounts.bytes(report.bytes()) + ": "
                + Amounts.rate(perSecond()) + " variables/s");
        line(out, "version", Amounts.grouped(report.version()) + ", durability " + report.durability().label());
        line(out, "store", store + " (+" + Amounts.bytes(report.journalBytes()) + ")");
    }

    private static String named(final List<String> files) {
        return String.join(", ", files.stream().limit(FILES_NAMED).map(Rejects::source).toList())
                + (files.size() > FILES_NAMED ? ", ..." : "");
    }

    private void printDrift(final Output out) {
        if (drift.isEmpty()) {
            line(out, "differs", "not looked for: the store has too many variables to compare them all");
            return;
        }
        final List<Drift> found = drift.get();
        String label = "differs";
        int shown = 0;
        for (final Drift one : found) {
            if (shown++ == SHOWN) {
                line(out, label,
                        "... and " + (found.size() == MAX_DRIFT ? "at least " : "") + (found.size() - SHOWN) + " more");
                return;
            }
            final String first = one.differing().size() > 3
                    ? String.join(", ", one.differing().subList(0, 3)) + ", ..."
                    : String.join(", ", one.differing());
            line(out, label,
                    one.name() + " in " + first + " (" + one.agreeing()
                            + " others of the store agree)");
            label = "";
        }
    }

    private static void line(final Output out, final String label, final String text) {
        out.print("  " + out.paint(Output.Paint.DIM, label) + " ".repeat(LABEL_WIDTH - label.length()))
                .wrapped(2 + LABEL_WIDTH, text);
    }

    private String byReason(final Reason.Kind kind, final long total) {
        final StringBuilder text = new StringBuilder();
        long counted = 0;
        for (final Map.Entry<Reason, Long> entry : counts.entrySet()) {
            if (entry.getKey().kind() == kind) {
                counted += entry.getValue();
                text.append(text.isEmpty() ? "" : ", ").append(entry.getKey().label()).append(' ')
                        .append(Amounts.grouped(entry.getValue()));
            }
        }
        final String those = counted < total ? "of the first " + Amounts.grouped(counted) + ": " : "";
        return text.isEmpty() ? "" : " (" + those + text + ")";
    }

    private double perSecond() {
        return report.nanos() == 0 ? 0 : report.variables() / report.seconds();
    }

    /**
     * Writes the summary for a script.
     *
     * @param out the way out.
     * @throws IOException if it cannot be written.
     */
    void printJson(final Output out) throws IOException {
        Json.object(out, json -> {
            json.writeNumberField("variables", report.variables());
            json.writeNumberField("rejected", report.rejected());
            json.writeNumberField("warnings", report.warnings());
            json.writeNumberField("files", report.files());
            json.writeNumberField("bytes", report.bytes());
            json.writeNumberField("environments", report.environments());
            if (report.version() == 0) {
                json.writeNullField("version");
            } else {
                json.writeNumberField("version", report.version());
            }
            json.writeStringField("durability", report.durability().label());
            json.writeNumberField("seconds", report.seconds());
            json.writeNumberField("variables_per_second", Math.round(perSecond()));
            json.writeNumberField("journal_bytes", report.journalBytes());
            json.writeNumberField("unchanged", report.unchanged());
            json.writeNumberField("pruned", report.pruned());
            json.writeNumberField("empty_files", report.empty().size());
            json.writeNumberField("template_files", report.templates().size());
            writeDrift(json);
            writeDiagnostics(json);
        });
    }

    private void writeDrift(final JsonGenerator json) throws IOException {
        if (drift.isEmpty()) {
            json.writeNullField("differing");
            return;
        }
        json.writeArrayFieldStart("differing");
        for (final Drift one : drift.get()) {
            json.writeString(one.name());
        }
        json.writeEndArray();
    }

    /**
     * Writes rejects and warnings with their places.
     *
     * @param json to write to.
     * @throws IOException if it cannot be written.
     */
    void writeDiagnostics(final JsonGenerator json) throws IOException {
        writeDiagnostics(json, "rejects", Reason.Kind.REJECT);
        writeDiagnostics(json, "warned", Reason.Kind.WARNING); // "warnings" is their number
        json.writeArrayFieldStart("skipped");
        for (final String skipped : report.skipped()) {
            SkippedFile.of(skipped).write(json);
        }
        json.writeEndArray();
    }

    private void writeDiagnostics(final JsonGenerator json, final String name, final Reason.Kind kind)
            throws IOException {
        json.writeArrayFieldStart(name);
        for (final SourceReport source : report.sources()) {
            for (final Diagnostic diagnostic : source.diagnostics()) {
                if (diagnostic.reason().kind() == kind) {
                    json.writeStartObject();
                    json.writeStringField("file", source.path());
                    Rejects.writeFields(json, diagnostic);
                    json.writeEndObject();
                }
            }
        }
        json.writeEndArray();
    }
}
