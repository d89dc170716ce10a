package io.envcli.cli;

import io.envcli.engine.Store;
import io.envcli.engine.StoreConfig;
import picocli.CommandLine.Model.CommandSpec;

import java.io.IOException;
import java.util.Arrays;

/** Sets one variable. Its value comes from stdin or a file. */
final class PutCommand implements Command {
    private static final String FROM_FILE = "--from-file";
    private static final String RAW = "--raw";

    @Override
    public Manual manual() {
        return new Manual("NAME", """
                pass show db/production | env-cli put DATABASE_PASSWORD --env production
                env-cli put TLS_KEY --env production --from-file tls.key
                """, """
                Sets one variable. Its value is read from stdin, from a file, or typed without being shown; never
                from an argument, which every user of the machine could read. One line feed at the end is taken off.
                """);
    }

    @Override
    public void declare(final CommandSpec spec) {
        CommonOptions.declareEnvironment(spec);
        CommonOptions.value(spec, FROM_FILE, "FILE", "read the value from FILE instead of stdin");
        CommonOptions.flag(spec, RAW, "keep the line feed at the end of the value");
        CommonOptions.declareWriter(spec, "print only errors; the version with --json");
    }

    @Override
    public ExitStatus run(final Call call) throws CommandException, IOException {
        final Arguments arguments = Arguments.of(call);
        final byte[] value = ValueInput.read(call, arguments.file(),
                "Value of " + Printable.line(arguments.name()) + " in " + Printable.line(call.environment())
                        + " (not shown): ",
                call.has(RAW));
        try {
            Store.check(call.environment(), arguments.name(), value); // Else a slip would leave an empty store behind.
            set(call, arguments, value);
        } finally {
            Arrays.fill(value, (byte) 0);
        }
        return ExitStatus.DONE;
    }

    private static void set(final Call call, final Arguments arguments, final byte[] value)
            throws CommandException, IOException {
        try (Interruption interruption = Interruption.watch(call.out(), "changed");
                Store store = Waiting.open(call, arguments.config())) {
            final long version = store.put(call.environment(), arguments.name(), value);
            interruption.over(version);
            Written.report(call, json -> NotFound.writeVariable(json, call, arguments.name()),
                    arguments.name() + " set in " + call.environment(), version, arguments.config());
            warnOfName(call, arguments.name());
            if (value.length == 0) {
                call.out().remark(Output.Paint.YELLOW, "warning:", "the value is empty; if it came from a variable of"
                        + " a script, that one is not set");
            }
        }
    }

    /** Whoever exports it in months to come might not be the one who chose the name. */
    private static void warnOfName(final Call call, final String name) {
        if (!DotenvLine.takesName(name)) {
            call.out().remark(Output.Paint.YELLOW, "warning:", name
                    + ": 'export' cannot write such a name as dotenv, only"
                    + " letters, digits, '_', '.' and '-'; read it with 'get', 'list' or 'export --format json'");
        }
    }

    /**
     * What to set, checked.
     *
     * @param name   of the variable.
     * @param file   with the value; {@code -} is stdin.
     * @param config of the store.
     */
    private record Arguments(String name, String file, StoreConfig config) {
        static Arguments of(final Call call) throws CommandException {
            if (call.arguments().size() > 1) {
                throw call.misuse("a value is never an argument, since other users can read those; pipe it in, or use "
                        + FROM_FILE + " FILE");
            }
            final String name = call.onlyArgument("NAME");
            final int equals = name.indexOf('=');
            if (equals >= 0) {
                throw call.misuse("a name has no '=', and a value is never an argument; try: printf %s \"$VALUE\" |"
                        + " env-cli put " + name.substring(0, equals));
            }
            return new Arguments(name, call.value(FROM_FILE).orElse("-"), call.writeConfig(0));
        }
    }
}
