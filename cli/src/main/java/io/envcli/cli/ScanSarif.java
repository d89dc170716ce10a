package io.envcli.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.envcli.scan.Comparison;
import io.envcli.scan.ScanReport;
import io.envcli.scan.Secret;
import io.envcli.scan.Use;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a scan found, as SARIF 2.1.0, the OASIS format that code hosts and editors show beside the lines. A result is
 * something to look at: an ordinary read is none.
 */
final class ScanSarif {
    private static final String SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json";

    private final JsonGenerator json;

    /** A kind of result. Its identifier, the name in small letters with hyphens, stays the same for ever. */
    private enum Rule {
        MISSING_VARIABLE("error", "The code requires a variable that nobody sets."), DIFFERING_DEFAULT("warning",
                "Readers of a variable do not agree on its default."), UNUSED_VARIABLE("warning",
                        "A variable is set that no code found reads."), SECRET("error",
                                "A secret is written into the tree."), UNKNOWN_VARIABLE("note",
                                        "The name of the variable read here is made at run time.");

        private final String level;
        private final String text;

        Rule(final String level, final String text) {
            this.level = level;
            this.text = text;
        }

        String id() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private ScanSarif(final JsonGenerator json) {
        this.json = json;
    }

    /**
     * Writes it as the result.
     *
     * @param out        the way out.
     * @param report     of the scan.
     * @param comparison with what is set; null if nobody asked for one: nothing is missing then, and what the tree itself
     *                   defines and does not read is unused.
     * @throws IOException if it cannot be written.
     */
    static void write(final Output out, final ScanReport report, final @Nullable Comparison comparison)
            throws IOException {
        Json.object(out, json -> new ScanSarif(json).log(report, comparison));
    }

    private void log(final ScanReport report, final @Nullable Comparison comparison) throws IOException {
        json.writeStringField("$schema", SCHEMA);
        json.writeStringField("version", "2.1.0");
        json.writeArrayFieldStart("runs");
        json.writeStartObject();
        tool();
        invocation(report.problems());
        json.writeStringField("columnKind", "unicodeCodePoints");
        json.writeArrayFieldStart("results");
        if (comparison != null) {
            for (final Comparison.Entry entry : comparison.missing()) {
                for (final Use use : entry.uses()) {
                    result(Rule.MISSING_VARIABLE, entry.name() + " is required here, and not set.", use);
                }
            }
            for (final Comparison.Entry entry : comparison.defaults()) {
                for (final Use use : entry.uses()) {
                    result(Rule.DIFFERING_DEFAULT, entry.name() + " has another default elsewhere.", use);
                }
            }
        }
        unused(report.uses(), comparison);
        for (final Secret secret : report.secrets()) {
            result(Rule.SECRET, "A secret stands here: " + secret.about() + " (" + secret.rule() + ").", secret.file(),
                    secret.line(), secret.column());
        }
        for (final Use use : report.uses()) {
            if (use.kind() == Use.Kind.UNKNOWN) {
                result(Rule.UNKNOWN_VARIABLE, "Reads a variable whose name is made at run time: " + use.name(), use);
            }
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndArray();
    }

    private void tool() throws IOException {
        json.writeObjectFieldStart("tool");
        json.writeObjectFieldStart("driver");
        json.writeStringField("name", "env-cli");
        json.writeStringField("version", Cli.version());
        json.writeArrayFieldStart("rules");
        for (final Rule rule : Rule.values()) {
            json.writeStartObject();
            json.writeStringField("id", rule.id());
            message("shortDescription", rule.text);
            json.writeObjectFieldStart("defaultConfiguration");
            json.writeStringField("level", rule.level);
            json.writeEndObject();
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndObject();
    }

    /** What could not be read is no result, but whoever counts results should know of it. */
    private void invocation(final List<ScanReport.Problem> problems) throws IOException {
        json.writeArrayFieldStart("invocations");
        json.writeStartObject();
        json.writeBooleanField("executionSuccessful", true);
        json.writeArrayFieldStart("toolExecutionNotifications");
        for (final ScanReport.Problem problem : problems) {
            json.writeStartObject();
            json.writeStringField("level", "warning");
            message("message", problem.reason());
            json.writeArrayFieldStart("locations");
            location(problem.file(), 0, 0);
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndArray();
    }

    private void unused(final List<Use> uses, final @Nullable Comparison comparison) throws IOException {
        final Set<String> read = Comparison.reads(uses).keySet();
        final Map<String, List<Use>> defined = uses.stream().filter(use -> use.kind() == Use.Kind.DEFINITION)
                .collect(Collectors.groupingBy(Use::name, TreeMap::new, Collectors.toList()));
        final List<String> names = comparison != null ? comparison.unused()
                : defined.keySet().stream().filter(name -> !read.contains(name)).toList();
        for (final String name : names) {
            final String text = name + " is set, and no code found reads it.";
            final List<Use> places = defined.getOrDefault(name, List.of());
            for (final Use use : places) {
                result(Rule.UNUSED_VARIABLE, text, use);
            }
            if (places.isEmpty()) {
                result(Rule.UNUSED_VARIABLE, text, null, 0, 0); // set in the store, or in a file outside the tree
            }
        }
    }

    private void result(final Rule rule, final String text, final Use use) throws IOException {
        result(rule, text, use.file(), use.line(), use.column());
    }

    private void result(final Rule rule, final String text, final @Nullable String file, final int line,
            final int column) throws IOException {
        json.writeStartObject();
        json.writeStringField("ruleId", rule.id());
        json.writeNumberField("ruleIndex", rule.ordinal());
        json.writeStringField("level", rule.level);
        message("message", text);
        json.writeArrayFieldStart("locations");
        if (file != null) {
            location(file, line, column);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void message(final String field, final String text) throws IOException {
        json.writeObjectFieldStart(field);
        json.writeStringField("text", text);
        json.writeEndObject();
    }

    /** A place; the whole file if the line is 0. */
    private void location(final String file, final int line, final int column) throws IOException {
        json.writeStartObject();
        json.writeObjectFieldStart("physicalLocation");
        json.writeObjectFieldStart("artifactLocation");
        json.writeStringField("uri", FileUri.of(file));
        json.writeEndObject();
        if (line > 0) {
            json.writeObjectFieldStart("region");
            json.writeNumberField("startLine", line);
            json.writeNumberField("startColumn", column);
            json.writeEndObject();
        }
        json.writeEndObject();
        json.writeEndObject();
    }
}
