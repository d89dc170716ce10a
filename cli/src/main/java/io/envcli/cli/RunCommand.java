package io.envcli.cli;

import io.envcli.engine.StoreReader;
import io.envcli.engine.Variable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Starts a command with the variables of an environment. This process becomes the command: its number, signals, terminal and
 * exit status are the command's own, and the values go from memory into its environment, never to a disk or an argument.
 */
final class RunCommand implements Command {
    private static final String ONLY = "--only";
    private static final String OVERRIDE = "--override";
    private static final String PREFIX = "--prefix";
    private static final int NAMED = 5;

    @Override
    public Manual manual() {
        return new Manual("-- COMMAND [ARGUMENT]...", """
                env-cli run --env services/api/staging -- npm start
                env-cli run --env infra --prefix TF_VAR_ -- terraform plan
                """,
                """
                        Starts a command with the variables of an environment beside those that this process has. What is set here
                        already stays as it is, with a warning where the values differ; --override prefers the store. env-cli
                        becomes the command: it gets all signals, and its exit status is the result. Exits 127 if there is no
                        such command, 126 if it cannot be started, 1 if the environment has no variables.
                        """);
    }

    @Override
    public void declare(final CommandSpec spec) {
        CommonOptions.declareEnvironment(spec);
        AtVersion.declare(spec);
        CommonOptions.flag(spec, ONLY, "give the command the environment's variables alone, none of this process");
        CommonOptions.flag(spec, OVERRIDE, "replace what is set here already");
        CommonOptions.value(spec, PREFIX, "TEXT", "put TEXT before each name, such as TF_VAR_");
        CommonOptions.flag(spec, CommonOptions.QUIET, "print no warning");
        spec.addOption(OptionSpec.builder(CommonOptions.JSON).type(boolean.class).arity("0").hidden(true).build());
    }

    @Override
    public ExitStatus run(final Call call) throws CommandException, IOException {
        if (call.json()) {
            throw call.misuse(CommonOptions.JSON + " has no effect here; leave it out");
        }
        if (call.arguments().isEmpty()) {
            throw call.misuse("the command is missing; it goes after --, such as: env-cli run --env production -- npm"
                    + " start");
        }
        final ProcessEnvironment environment = call.has(ONLY) ? ProcessEnvironment.empty()
                : ProcessEnvironment.inherited(call.shell().environment());
        try (StoreReader reader = AtVersion.open(call)) {
            add(call, Variables.sorted(call, reader, call.environment()), environment);
        }
        return replace(call, environment);
    }

    private static void add(final Call call, final List<Variable> variables, final ProcessEnvironment environment) {
        final String prefix = call.value(PREFIX).orElse("");
        final List<String> kept = new ArrayList<>();
        for (final Variable variable : variables) {
            final String name = prefix + variable.name();
            if (!environment.add(name.getBytes(StandardCharsets.UTF_8), variable.valueBytes(), call.has(OVERRIDE))) {
                kept.add(name);
            }
            variable.wipe();
        }
        if (!kept.isEmpty()) {
            call.out().remark(Output.Paint.YELLOW, "warning:", String.join(", ", kept.subList(0, Math.min(NAMED,
                    kept.size()))) + (kept.size() > NAMED ? " and " + (kept.size() - NAMED) + " more" : "")
                    + (kept.size() == 1 ? " is" : " are") + " set here already, to something else, and left so; "
                    + OVERRIDE + " takes what " + call.environment() + " has");
        }
    }

    private static ExitStatus replace(final Call call, final ProcessEnvironment environment)
            throws CommandException, IOException {
        final String command = call.arguments().getFirst();
        final Exec exec = new Exec(Exec.arguments(call.arguments()), environment.block());
        call.out().flush();
        final int error = exec.search(command, environment.path(call.shell().variable("PATH")));
        final String why = switch (error) {
            case Exec.ENOENT -> command.indexOf('/') < 0 ? "no such command on the PATH" : "no such file";
            case Exec.EACCES -> "permission denied";
            case Exec.E2BIG -> "its arguments and variables are more than the system takes";
            case Exec.ENOEXEC -> "not a program that this system can start";
            default -> "cannot be started (error " + error + ")";
        };
        call.out().error(command + ": " + why);
        return error == Exec.ENOENT ? ExitStatus.NO_COMMAND : ExitStatus.NOT_STARTED;
    }
}
