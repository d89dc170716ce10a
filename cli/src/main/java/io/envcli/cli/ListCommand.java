package io.envcli.cli;

import io.envcli.engine.StoreReader;
import io.envcli.engine.Variable;
import picocli.CommandLine.Model.CommandSpec;

import java.io.IOException;
import java.util.List;

/** Lists the variables of an environment: fingerprints instead of values, unless asked for those. */
final class ListCommand implements Command {
    private static final String REVEAL = "--reveal";
    private static final String ENVIRONMENTS = "--environments";
    /** A longer name does not push the columns of all others aside. */
    private static final int MAX_NAME_WIDTH = 48;

    @Override
    public Manual manual() {
        return new Manual("", """
                env-cli list --env services/api/production
                env-cli list --environments
                """, """
                Lists the variables of an environment by name, with the fingerprint of each value and the version that
                set it. Equal fingerprints mean equal values, in every environment of the store. Away from a terminal,
                the columns are separated by tabs.
                """);
    }

    @Override
    public void declare(final CommandSpec spec) {
        CommonOptions.flag(spec, REVEAL, "show the values");
        CommonOptions.flag(spec, ENVIRONMENTS, "list the environments instead");
        CommonOptions.declareEnvironment(spec);
    }

    @Override
    public ExitStatus run(final Call call) throws CommandException, IOException {
        call.noArguments();
        try (StoreReader reader = StoreReader.open(call.readConfig())) {
            if (call.has(ENVIRONMENTS)) {
                printEnvironments(call, reader.environments());
            } else if (call.json()) {
                printJson(call, Variables.sorted(reader, call.environment()));
            } else {
                print(call, Variables.sorted(reader, call.environment()));
            }
        }
        return ExitStatus.DONE;
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

    private static void print(final Call call, final List<Variable> variables) {
        final Output out = call.out();
        if (call.has(REVEAL)) {
            for (final Variable variable : variables) {
                out.printName(variable.name()).println("=" + Printable.line(variable.value()));
            }
            return;
        }
        final int width = out.isTerminal() ? width(variables) : 0;
        for (final Variable variable : variables) {
            final String name = out.isTerminal() ? Printable.line(variable.name()) : variable.name();
            final String gap = width == 0 ? "\t" : " ".repeat(Math.max(0, width - name.length()) + 2);
            out.print(name).print(gap).print(out.paint(Output.Paint.DIM, variable.fingerprint()))
                    .print(width == 0 ? "\t" : "  ").println(Long.toString(variable.version()));
            if (out.readerGone()) {
                return;
            }
        }
    }

    private static int width(final List<Variable> variables) {
        int width = 1;
        for (final Variable variable : variables) {
            width = Math.max(width, Math.min(MAX_NAME_WIDTH, Printable.line(variable.name()).length()));
        }
        return width;
    }

    private static void printJson(final Call call, final List<Variable> variables) throws IOException {
        final boolean reveals = call.has(REVEAL);
        Json.object(call.out(), json -> {
            json.writeArrayFieldStart("variables");
            for (final Variable variable : variables) {
                json.writeStartObject();
                json.writeStringField("name", variable.name());
                json.writeStringField("fingerprint", variable.fingerprint());
                json.writeNumberField("version", variable.version());
                if (reveals) {
                    json.writeStringField("value", variable.value());
                }
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }
}
