package io.envcli.cli;

import io.envcli.engine.BackupReport;
import io.envcli.engine.StoreBackup;
import picocli.CommandLine.Model.CommandSpec;

import java.io.IOException;
import java.nio.file.Path;

/** Makes a store from a backup. */
final class RestoreCommand implements Command {
    @Override
    public Manual manual() {
        return new Manual("BACKUP", """
                env-cli restore /backup/env-cli-2026-11-24
                env-cli restore /backup/store --store /data/store --key-file /safe/env-cli.key
                """, """
                Copies a backup to where the store is to be, and checks and syncs it before it is there under its name.
                Refuses where a store is already: nothing is overwritten. Restore the key first, so that every seal is
                checked; a backup whose key is not there yet is restored with a warning. A backup may be older than what
                the store once was here: it is accepted, as by verify --accept-older.
                """);
    }

    @Override
    public void declare(final CommandSpec spec) {
        CommonOptions.declareStore(spec);
    }

    @Override
    public ExitStatus run(final Call call) throws CommandException, IOException {
        final Path backup = Path.of(call.onlyArgument("BACKUP"));
        final BackupReport report = StoreBackup.restore(backup, call.readConfig());
        call.out().changeMade();
        BackupCommand.print(call, report, "restored ");
        if (!report.sealsChecked()) {
            call.out().remark(Output.Paint.YELLOW, "warning:", "the key " + call.keyFile()
                    + " is not there: what is sealed was not checked, and cannot be read before it is");
        }
        return ExitStatus.DONE;
    }
}
