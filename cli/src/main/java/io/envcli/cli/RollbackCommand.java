package io.envcli.cli;

import io.envcli.engine.Store;
import io.envcli.engine.StoreConfig;
import io.envcli.engine.StoreReader;
import picocli.CommandLine.Model.CommandSpec;

import java.io.IOException;

/** Makes the store what it was at a version, as a new version. */
final class RollbackCommand implements Command {
    private static final String DRY_RUN = "--dry-run";

    @Override
    public Manual manual() {
        return new Manual("VERSION|TIME", """
                env-cli rollback 41 --dry-run
                env-cli rollback 2026-11-23T14:30
                """,
                """
                        Makes all environments what they were at a version, or at a time, as one new version: what was set since is
                        unset, what was changed or unset gets its value back. The versions in between stay, so a rollback can be
                        rolled back. With --dry-run it prints what would change, as 'env-cli diff' does: '-' is to be unset.
                        """);
    }

    @Override
    public void declare(final CommandSpec spec) {
        CommonOptions.declareStore(spec);
        CommonOptions.flag(spec, DRY_RUN, "say what would change, and change nothing");
        CommonOptions.declareWriter(spec, "print only errors; the version with --json");
    }

    @Override
    public ExitStatus run(final Call call) throws CommandException, IOException {
        final String target = call.onlyArgument("VERSION");
        final StoreConfig config = call.changeConfig();
        final long version;
        try (StoreReader reader = StoreReader.open(call.readConfig())) {
            final long newest = reader.version();
            version = AtVersion.version(call, reader, target);
            if (version == 0 && !AtVersion.isNumber(target)) {
                throw call.misuse("nothing was committed before " + target
                        + "; to make the store empty, roll back to version 0");
            }
            if (call.has(DRY_RUN)) {
                DiffCommand.report(call, reader, new DiffSide(null, newest), new DiffSide(null, version));
                return ExitStatus.DONE;
            }
        }
        try (Interruption interruption = Interruption.watch(call.out(), "rolled back");
                Store store = Waiting.open(call, config)) {
            final long made = store.rollback(version);
            interruption.over(made);
            if (made == 0 && !call.json()) {
                call.out().remark("nothing to change: the store is as it was at version " + version);
            } else {
                Written.report(call, json -> json.writeNumberField("target", version),
                        "rolled back to version " + version, made, config);
            }
        }
        return ExitStatus.DONE;
    }
}
