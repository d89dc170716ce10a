package io.envcli.cli;

import io.envcli.engine.BackupReport;
import io.envcli.engine.StoreBackup;
import io.envcli.engine.StoreConfig;
import picocli.CommandLine.Model.CommandSpec;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Copies the store while it is in use. */
final class BackupCommand implements Command {
    private static final String KEY_TO = "--key-to";

    @Override
    public Manual manual() {
        return new Manual("DIR", """
                env-cli backup /backup/env-cli-2026-11-24
                env-cli backup /backup/store --key-to /safe/env-cli.key
                env-cli verify --store /backup/store
                """, """
                Copies the store as it is at one version into a new folder, while others read and write it. The copy is
                checked and synced before it is there under its name: there is never half of one. It is a store by
                itself: read it, or verify it, with --store. The key is not in it, and without the key it cannot be
                read: copy that to another place, once and after each rekey.
                """);
    }

    @Override
    public void declare(final CommandSpec spec) {
        CommonOptions.declareStore(spec);
        CommonOptions.value(spec, KEY_TO, "FILE", "copy the key, too, into a new file");
    }

    @Override
    public ExitStatus run(final Call call) throws CommandException, IOException {
        final Path target = Path.of(call.onlyArgument("DIR"));
        final StoreConfig config = call.readConfig();
        final Optional<String> keyFile = call.value(KEY_TO);
        final BackupReport report = StoreBackup.backup(config, target);
        call.out().changeMade();
        if (keyFile.isPresent()) {
            StoreBackup.copyKey(config, Path.of(keyFile.get()));
        }
        print(call, report, "backed up ");
        if (keyFile.isEmpty()) {
            call.out().remark("the key is not in it: keep a copy of " + call.keyFile() + " elsewhere");
        }
        return ExitStatus.DONE;
    }

    /** Says what was copied. */
    static void print(final Call call, final BackupReport report, final String done) throws IOException {
        if (call.json()) {
            Json.object(call.out(), json -> {
                json.writeNumberField("version", report.version());
                json.writeNumberField("changes", report.changes());
                json.writeNumberField("bytes", report.bytes());
                json.writeBooleanField("seals_checked", report.sealsChecked());
                json.writeNumberField("seconds", report.nanos() / 1e9);
            });
        } else {
            call.out().println(done + "version " + report.version() + ": "
                    + Amounts.count(report.changes(), "change", "changes") + ", " + Amounts.bytes(report.bytes()) + ", "
                    + Amounts.duration(report.nanos() / 1e9));
        }
    }
}
