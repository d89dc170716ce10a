package io.envcli.cli;

import io.envcli.engine.Durability;
import io.envcli.engine.Store;
import io.envcli.engine.StoreConfig;
import picocli.CommandLine.Model.CommandSpec;

import java.io.IOException;

/** Removes one variable; its history stays. */
final class UnsetCommand implements Command {
    @Override
    public Manual manual() {
        return new Manual("NAME", """
                env-cli unset LEGACY_TOKEN --env production
                env-cli unset DEBUG --env services/api/staging --json
                """, """
                Removes one variable from an environment. Earlier versions of the store still have it.
                """);
    }

    @Override
    public void declare(final CommandSpec spec) {
        CommonOptions.declareEnvironment(spec);
        CommonOptions.declareWriter(spec, "print only errors; the version with --json");
    }

    @Override
    public ExitStatus run(final Call call) throws CommandException, IOException {
        final String name = call.onlyArgument("NAME");
        final StoreConfig config = call.changeConfig();
        try (Interruption interruption = Interruption.watch(call.out(), "changed");
                Store store = Waiting.open(call, config)) {
            final long version = store.unset(call.environment(), name);
            interruption.over(version);
            if (version == 0 && config.durability() != Durability.MEMORY) {
                return NotFound.answer(call, CommandException.no(name + " is not set in " + call.environment()
                        + "; nothing was changed"), json -> NotFound.writeVariable(json, call, name));
            }
            Written.report(call, json -> {
                NotFound.writeVariable(json, call, name);
                json.writeBooleanField(NotFound.FOUND, true);
            }, name + " unset in " + call.environment(), version, config);
        }
        return ExitStatus.DONE;
    }
}
