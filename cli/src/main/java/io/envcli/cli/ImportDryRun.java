package io.envcli.cli;

import io.envcli.cli.Table.Column;
import io.envcli.engine.ImportOptions;
import io.envcli.engine.ImportPreview;
import io.envcli.engine.ImportPreview.Change;
import io.envcli.engine.ImportPreview.Kind;
import io.envcli.engine.ImportReport;
import io.envcli.engine.ImportRequest;
import io.envcli.engine.StoreConfig;
import io.envcli.engine.StoreReader;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What an import would do, for people and scripts: names, never a value. */
final class ImportDryRun {
    private ImportDryRun() {}

    /**
     * Looks ahead and says what it saw. Where there is no store yet, none is made.
     *
     * @param call    the command.
     * @param request what would be imported.
     * @param options how.
     * @return how it ended: no, if something would be rejected.
     * @throws IOException if it cannot be written.
     */
    static ExitStatus run(final Call call, final ImportRequest request, final ImportOptions options)
            throws IOException {
        final ImportPreview preview = preview(call.readConfig(), request, options);
        final ImportReport report = preview.report();
        final ImportSummary summary = new ImportSummary(report, Optional.of(List.of()), call.store());
        summary.printDiagnostics(call.out());
        if (call.json()) {
            printJson(call.out(), preview, summary);
        } else {
            print(call.out(), preview);
            call.out().resultDone();
            final boolean refused = !report.complete() && (options.strict() || options.prune());
            call.out()
                    .remark("dry run: "
                            + (refused ? "nothing would be imported, since " + obstacles(report)
                                    : Amounts.grouped(count(preview, Kind.NEW)) + " new, "
                                            + Amounts.grouped(count(preview, Kind.CHANGED))
                                            + " changed, " + Amounts.grouped(report.unchanged()) + " as they are, "
                                            + Amounts.grouped(report.pruned()) + " unset")
                            + "; nothing was changed");
        }
        return report.complete() ? ExitStatus.DONE : ExitStatus.NO;
    }

    private static String obstacles(final ImportReport report) {
        final String lines = report.rejected() == 0 ? "" : "lines are rejected";
        final String files = report.skipped().isEmpty() ? "" : "files are skipped";
        return lines + (lines.isEmpty() || files.isEmpty() ? "" : " and ") + files;
    }

    private static ImportPreview preview(final StoreConfig config, final ImportRequest request,
            final ImportOptions options) {
        if (Files.notExists(config.directory())) {
            return ImportPreview.of(null, request, options);
        }
        try (StoreReader reader = StoreReader.open(config)) {
            return ImportPreview.of(reader, request, options);
        }
    }

    private static void print(final Output out, final ImportPreview preview) {
        final Table table = new Table(out, Column.left(""), Column.left("ENVIRONMENT"), Column.left("NAME"));
        for (final Change change : preview.changes()) {
            table.row(sign(change.kind()), change.environment(), change.name());
            if (out.readerGone()) {
                return;
            }
        }
        table.end();
    }

    private static String sign(final Kind kind) {
        return switch (kind) {
            case NEW -> "+";
            case CHANGED -> "~";
            case UNSET -> "-";
        };
    }

    private static long count(final ImportPreview preview, final Kind kind) {
        return preview.changes().stream().filter(change -> change.kind() == kind).count();
    }

    private static void printJson(final Output out, final ImportPreview preview, final ImportSummary summary)
            throws IOException {
        final ImportReport report = preview.report();
        Json.object(out, json -> {
            json.writeBooleanField("dry_run", true);
            json.writeNumberField("files", report.files());
            json.writeNumberField("variables", report.variables());
            json.writeNumberField("environments", report.environments());
            json.writeNumberField("rejected", report.rejected());
            json.writeNumberField("warnings", report.warnings());
            json.writeNumberField("new", count(preview, Kind.NEW));
            json.writeNumberField("changed", count(preview, Kind.CHANGED));
            json.writeNumberField("unchanged", report.unchanged());
            json.writeNumberField("pruned", report.pruned());
            json.writeArrayFieldStart("changes");
            for (final Change change : preview.changes()) {
                json.writeStartObject();
                json.writeStringField("change", change.kind().name().toLowerCase(Locale.ROOT));
                json.writeStringField("environment", change.environment());
                json.writeStringField("name", change.name());
                json.writeEndObject();
            }
            json.writeEndArray();
            summary.writeDiagnostics(json);
        });
    }
}
