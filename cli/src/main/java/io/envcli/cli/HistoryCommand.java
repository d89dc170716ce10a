package io.envcli.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.envcli.cli.Table.Column;
import io.envcli.engine.Store;
import io.envcli.engine.StoreReader;
import io.envcli.engine.Variable;
import io.envcli.engine.VariableChange;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

import java.io.IOException;
import java.util.List;

/** Lists what one variable has been. */
final class HistoryCommand implements Command {
    private static final String REVEAL = "--reveal";

    @Override
    public Manual manual() {
        return new Manual("NAME", """
                env-cli history DATABASE_URL --env production
                env-cli history LOG_LEVEL --env production --reveal
                """,
                """
                        Lists all changes of one variable, the newest first: the version that made each, when, the fingerprint of
                        the value, and the file and line that it came from. Equal fingerprints mean equal values. Exits 1 if the
                        variable was never set. 'env-cli get NAME --at VERSION' prints the value that it had.
                        """);
    }

    @Override
    public void declare(final CommandSpec spec) {
        CommonOptions.declareEnvironment(spec);
        AtVersion.declare(spec);
        CommonOptions.flag(spec, REVEAL, "show the values");
    }

    @Override
    public ExitStatus run(final Call call) throws CommandException, IOException {
        final String name = call.onlyArgument("NAME");
        try (StoreReader reader = AtVersion.open(call)) {
            final List<VariableChange> changes = reader.history(call.environment(), name);
            if (changes.isEmpty()) {
                return neverSet(call, reader, name);
            }
            if (call.json()) {
                printJson(call, reader, name, changes);
            } else {
                print(call, reader, name, changes);
            }
        }
        return ExitStatus.DONE;
    }

    private static ExitStatus neverSet(final Call call, final StoreReader reader, final String name)
            throws CommandException, IOException {
        final String environment = call.environment();
        final CommandException why = reader.hasEnvironment(environment)
                ? CommandException.no(name + " was never set in " + environment + AtVersion.words(call, reader)
                        + " (see 'env-cli list --env " + environment + "')")
                : Variables.noEnvironment(reader.environments(), environment);
        return NotFound.answer(call, why, json -> {
            json.writeStringField("environment", environment);
            json.writeStringField("name", name);
            json.writeArrayFieldStart("changes");
            json.writeEndArray();
        });
    }

    private static void print(final Call call, final StoreReader reader, final String name,
            final List<VariableChange> changes) {
        final Output out = call.out();
        final Table table = new Table(out, Column.right("VERSION"), Column.dim("TIME"),
                Column.left(call.has(REVEAL) ? "VALUE" : "FINGERPRINT"), Column.path("FROM"));
        for (final VariableChange change : changes) {
            final String time = out.isTerminal() ? Moments.shown(change.time()) : change.time().toString();
            table.row(Long.toString(change.version()), time,
                    call.has(REVEAL) ? revealed(call, reader, name, change)
                            : change.isSet() ? change.fingerprint() : "unset",
                    source(change));
            if (out.readerGone()) {
                return;
            }
        }
        table.end();
    }

    /** A value may hold what ends a row. */
    private static String revealed(final Call call, final StoreReader reader, final String name,
            final VariableChange change) {
        final String value = value(call, reader, name, change);
        return value == null ? "unset" : "=" + Printable.line(value);
    }

    private static @Nullable String value(final Call call, final StoreReader reader, final String name,
            final VariableChange change) {
        reader.moveTo(change.version());
        final Variable variable = reader.get(call.environment(), name);
        return variable == null ? null : variable.value();
    }

    private static String source(final VariableChange change) {
        if (change.source().startsWith(Store.ROLLBACK)) {
            return change.source();
        }
        return change.source().isEmpty() ? change.isSet() ? "put" : "unset"
                : Printable.line(Rejects.source(change.source())) + ":" + change.line();
    }

    private static void printJson(final Call call, final StoreReader reader, final String name,
            final List<VariableChange> changes) throws IOException {
        Json.object(call.out(), json -> {
            json.writeStringField("environment", call.environment());
            json.writeStringField("name", name);
            json.writeBooleanField(NotFound.FOUND, true);
            json.writeArrayFieldStart("changes");
            for (final VariableChange change : changes) {
                json.writeStartObject();
                writeFields(json, change);
                if (call.has(REVEAL)) {
                    json.writeStringField("value", value(call, reader, name, change));
                }
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    private static void writeFields(final JsonGenerator json, final VariableChange change) throws IOException {
        json.writeNumberField("version", change.version());
        json.writeStringField("time", change.time().toString());
        json.writeBooleanField("set", change.isSet());
        json.writeStringField("fingerprint", change.isSet() ? change.fingerprint() : null);
        json.writeStringField("source", change.source().isEmpty() ? null : change.source());
        if (change.source().isEmpty() || change.source().startsWith(Store.ROLLBACK)) {
            json.writeNullField("line");
        } else {
            json.writeNumberField("line", change.line());
        }
    }
}
