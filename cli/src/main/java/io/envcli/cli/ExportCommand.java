package io.envcli.cli;

import io.envcli.engine.StoreReader;
import io.envcli.engine.Variable;
import picocli.CommandLine.Model.CommandSpec;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes an environment, with its values, as dotenv or JSON. */
final class ExportCommand implements Command {
    private static final String FORMAT = "--format";
    private static final String DOTENV = "dotenv";
    private static final String JSON = "json";

    @Override
    public Manual manual() {
        return new Manual("", """
                env-cli export --env services/api/production > .env
                env-cli export --env production --format json | jq -r .DATABASE_URL
                """, """
                Writes the variables of an environment with their values, by name: as dotenv text that npm dotenv reads
                back exactly, or as one JSON object. Exits 1 if dotenv has no way to write one of them, or the store is
                damaged and this is only what is whole.
                """);
    }

    @Override
    public void declare(final CommandSpec spec) {
        CommonOptions.declareEnvironment(spec);
        AtVersion.declare(spec);
        CommonOptions.choice(spec, FORMAT, "FORMAT", "dotenv (default) or json; --json is short for the latter",
                List.of(DOTENV, JSON));
    }

    @Override
    public ExitStatus run(final Call call) throws CommandException, IOException {
        call.noArguments();
        final String format = call.value(FORMAT).orElse(call.json() ? JSON : DOTENV);
        if (!format.equals(DOTENV) && !format.equals(JSON)) {
            throw call.misuse(FORMAT + " " + format + " is none of: dotenv, json");
        }
        if (call.json() && format.equals(DOTENV)) {
            throw call.misuse("--json and " + FORMAT + " " + DOTENV + " contradict each other");
        }
        try (StoreReader reader = AtVersion.openSalvaging(call)) {
            final List<Variable> variables = Variables.sorted(call, reader, call.environment());
            ExitStatus status = ExitStatus.DONE;
            if (format.equals(DOTENV)) {
                status = writeDotenv(call, variables);
            } else {
                writeJson(call.out(), variables);
            }
            final ExitStatus whole = Damage.warn(call, reader, !reader.isIncomplete(), Damage.PART);
            return status == ExitStatus.DONE ? whole : status;
        }
    }

    private static void writeJson(final Output out, final List<Variable> variables) throws IOException {
        Json.object(out, json -> {
            for (final Variable variable : variables) {
                json.writeStringField(variable.name(), variable.value());
            }
        });
    }

    private static ExitStatus writeDotenv(final Call call, final List<Variable> variables) {
        ExitStatus status = ExitStatus.DONE;
        for (final Variable variable : variables) {
            final DotenvLine line = DotenvLine.of(variable.name(), variable.valueBytes());
            if (!line.isWritten()) {
                status = ExitStatus.NO;
                call.out().reject(call.environment() + ": " + variable.name() + ": left out: " + line.problem());
            } else if (call.out().isTerminal()) {
                call.out().print(Printable.lines(new String(line.text(), 0, line.length(), StandardCharsets.UTF_8)));
            } else {
                call.out().write(line.text(), 0, line.length());
            }
        }
        return status;
    }
}
