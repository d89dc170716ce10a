package io.envcli.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.envcli.cli.Table.Column;
import io.envcli.engine.ListedVariable;
import io.envcli.engine.StoreReader;
import io.envcli.engine.Variable;
import picocli.CommandLine.Model.CommandSpec;

import java.io.IOException;
import java.util.List;

/** Lists the variables of an environment: fingerprints instead of values, unless asked for those. */
final class ListCommand implements Command {
    private static final String REVEAL = "--reveal";
    private static final String ENVIRONMENTS = "--environments";

    @Override
    public Manual manual() {
        return new Manual("", """
                env-cli list --env services/api/production
                env-cli list --environments
                """, """
                Lists the variables of an environment by name, with the fingerprint of each value and the version that
                set it. Equal fingerprints mean equal values, in every environment of the store. Away from a terminal,
                the columns are separated by tabs. Of a damaged store it lists what is whole, and exits 1.
                """);
    }

    @Override
    public void declare(final CommandSpec spec) {
        CommonOptions.declareEnvironment(spec);
        AtVersion.declare(spec);
        CommonOptions.flag(spec, REVEAL, "show the values");
        CommonOptions.flag(spec, ENVIRONMENTS, "list the environments instead");
    }

    @Override
    public ExitStatus run(final Call call) throws CommandException, IOException {
        call.noArguments();
        if (call.has(ENVIRONMENTS) && (call.has(REVEAL) || call.has(CommonOptions.ENV))) {
            throw call.misuse(ENVIRONMENTS + " lists all of them, and nothing that is in them; leave out "
                    + (call.has(REVEAL) ? REVEAL : CommonOptions.ENV));
        }
        try (StoreReader reader = AtVersion.openSalvaging(call)) {
            if (call.has(ENVIRONMENTS)) {
                printEnvironments(call, reader.environments());
                return Damage.warn(call, reader, !reader.isIncomplete(), Damage.PART);
            }
            return printVariables(call, reader);
        } catch (final CommandException e) {
            return NotFound.answer(call, e, json -> {
                json.writeStringField("environment", call.environment());
                json.writeArrayFieldStart("variables");
                json.writeEndArray();
            });
        }
    }

    private static ExitStatus printVariables(final Call call, final StoreReader reader)
            throws CommandException, IOException {
        if (call.has(REVEAL)) {
            final List<Variable> variables = Variables.sorted(call, reader, call.environment());
            if (call.json()) {
                printRevealedJson(call.out(), variables);
            } else {
                printRevealed(call.out(), variables);
            }
            return Damage.warn(call, reader, !reader.isIncomplete(), Damage.PART);
        }
        final List<ListedVariable> variables = reader.list(call.environment());
        if (variables.isEmpty()) {
            throw Variables.none(call, reader, call.environment());
        }
        if (call.json()) {
            printJson(call.out(), variables);
        } else {
            print(call.out(), variables);
        }
        return Damage.warn(call, reader, !reader.isIncomplete(), Damage.PART);
    }

    private static void printEnvironments(final Call call, final List<String> environments) throws IOException {
        if (call.json()) {
            Json.object(call.out(), json -> {
                json.writeArrayFieldStart("environments");
                for (final String environment : environments) {
                    json.writeString(environment);
                }
                json.writeEndArray();
            });
            return;
        }
        for (final String environment : environments) {
            call.out().printName(environment).println("");
        }
    }

    private static void printRevealed(final Output out, final List<Variable> variables) {
        for (final Variable variable : variables) {
            out.printName(variable.name()).println("=" + Printable.line(variable.value()));
            if (out.readerGone()) {
                return;
            }
        }
    }

    private static void print(final Output out, final List<ListedVariable> variables) {
        final Table table = new Table(out, Column.left("NAME"), Column.dim("FINGERPRINT"), Column.right("VERSION"));
        for (final ListedVariable variable : variables) {
            table.row(variable.name(), variable.fingerprint(), Long.toString(variable.version()));
            if (out.readerGone()) {
                return;
            }
        }
        table.end();
    }

    private static void printJson(final Output out, final List<ListedVariable> variables) throws IOException {
        Json.object(out, json -> {
            json.writeArrayFieldStart("variables");
            for (final ListedVariable variable : variables) {
                if (out.readerGone()) {
                    break;
                }
                json.writeStartObject();
                writeFields(json, variable.name(), variable.fingerprint(), variable.version());
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    private static void printRevealedJson(final Output out, final List<Variable> variables) throws IOException {
        Json.object(out, json -> {
            json.writeArrayFieldStart("variables");
            for (final Variable variable : variables) {
                if (out.readerGone()) {
                    break;
                }
                json.writeStartObject();
                writeFields(json, variable.name(), variable.fingerprint(), variable.version());
                json.writeStringField("value", variable.value());
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    private static void writeFields(final JsonGenerator json, final String name, final String fingerprint,
            final long version) throws IOException {
        json.writeStringField("name", name);
        json.writeStringField("fingerprint", fingerprint);
        json.writeNumberField("version", version);
    }
}
