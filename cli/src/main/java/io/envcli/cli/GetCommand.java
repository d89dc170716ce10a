package io.envcli.cli;

import io.envcli.engine.StoreReader;
import io.envcli.engine.Variable;
import picocli.CommandLine.Model.CommandSpec;

import java.io.IOException;

/** Prints the value of one variable. */
final class GetCommand implements Command {
    private static final String RAW = "--raw";

    @Override
    public Manual manual() {
        return new Manual("NAME", """
                env-cli get DATABASE_URL --env production
                env-cli get TLS_KEY --env production --raw > tls.key
                env-cli get DATABASE_URL --env production --at 2026-11-23
                """, """
                Prints the value of one variable and a line feed. Exits 1 if it is not set. With --json it prints
                {"environment":...,"name":...,"found":true,"value":...}, or "found":false and no value. Of a damaged
                store it prints what is whole, and exits 1 if what is lost may have changed it.
                """);
    }

    @Override
    public void declare(final CommandSpec spec) {
        CommonOptions.declareEnvironment(spec);
        AtVersion.declare(spec);
        CommonOptions.flag(spec, RAW, "print the value's bytes and nothing after them");
    }

    @Override
    public ExitStatus run(final Call call) throws CommandException, IOException {
        final String name = call.onlyArgument("NAME");
        final String environment = call.environment();
        try (StoreReader reader = AtVersion.openSalvaging(call)) {
            final Variable variable = reader.get(environment, name);
            if (variable == null) {
                if (reader.isIncomplete()) {
                    throw Damage.notFound(call, reader, name + " in " + environment);
                }
                return notSet(call, reader, name);
            }
            print(call, environment, name, variable.valueBytes());
            variable.wipe();
            return Damage.warn(call, reader, reader.isProved(variable.version()),
                    "this is the value of version " + variable.version() + "; a later one may be lost");
        }
    }

    private static ExitStatus notSet(final Call call, final StoreReader reader, final String name)
            throws CommandException, IOException {
        final String environment = call.environment();
        final CommandException why = reader.hasEnvironment(environment)
                ? CommandException.no(name + " is not set in " + environment + AtVersion.words(call, reader)
                        + (reader.history(environment, name).isEmpty()
                                ? " (see 'env-cli list --env " + environment + AtVersion.option(call, reader) + "')"
                                : "; it was unset (see 'env-cli history " + name + " --env " + environment + "')"))
                : Variables.noEnvironment(reader.environments(), environment);
        return NotFound.answer(call, why, json -> {
            json.writeStringField("environment", environment);
            json.writeStringField("name", name);
        });
    }

    private static void print(final Call call, final String environment, final String name, final byte[] value)
            throws IOException {
        if (call.json()) {
            Json.object(call.out(), json -> {
                json.writeStringField("environment", environment);
                json.writeStringField("name", name);
                json.writeBooleanField(NotFound.FOUND, true);
                json.writeFieldName("value");
                json.writeUTF8String(value, 0, value.length);
            });
        } else if (call.has(RAW)) {
            call.out().write(value, 0, value.length);
        } else if (call.out().isTerminal()) {
            call.out().println(Printable.lines(Printable.decode(value)));
        } else {
            call.out().write(value, 0, value.length);
            call.out().println("");
        }
    }
}
