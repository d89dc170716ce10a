package io.envcli.cli;

import io.envcli.engine.StoreConfig;
import io.envcli.engine.StoreRekey;
import picocli.CommandLine.Model.CommandSpec;

import java.io.IOException;

/** Moves the store to a new key, and drops older keys. */
final class RekeyCommand implements Command {
    private static final String RETIRE = "--retire";

    @Override
    public Manual manual() {
        return new Manual("", """
                env-cli rekey
                env-cli rekey --retire
                """,
                """
                        Seals the whole store anew with a new key, for when the old one may have leaked, or just is old. Versions,
                        history, times and authors stay; all fingerprints become others, since who has the old key could test
                        guesses of values with them. Readers go on meanwhile, writers wait. The key file then holds both keys, the
                        new one first, and still opens other stores that have the old one: rekey each of them, with --store; they
                        get the same new key. Copy the new key file to wherever the store is read. Then --retire drops the old
                        keys, unless a store that was written to with this key file still needs one. Backups from before can only
                        be read with a copy of the old key file. Change the secrets themselves too: who had the old key may have
                        read them.
                        """);
    }

    @Override
    public void declare(final CommandSpec spec) {
        CommonOptions.declareStore(spec);
        CommonOptions.flag(spec, RETIRE, "drop the older keys from the key file; the store is not written anew");
        CommonOptions.flag(spec, CommonOptions.QUIET, "print only errors; the version with --json");
        CommonOptions.declareWait(spec);
    }

    @Override
    public ExitStatus run(final Call call) throws CommandException, IOException {
        call.noArguments();
        final StoreConfig config = call.readConfig();
        if (call.has(RETIRE)) {
            retire(call, config);
        } else {
            rekey(call, config);
        }
        return ExitStatus.DONE;
    }

    private static void rekey(final Call call, final StoreConfig config) throws CommandException, IOException {
        final ProgressLine progress = new ProgressLine(call.out(), "rekeying");
        final long version;
        try {
            version = Waiting.forStore(call, () -> StoreRekey.rekey(config, (bytes, totalBytes) -> {
                progress.onProgress(0, bytes, totalBytes);
                if (bytes == totalBytes) {
                    progress.last("making the view ...");
                }
            }));
        } finally {
            progress.finish();
        }
        call.out().changeMade();
        if (call.json()) {
            Json.object(call.out(), json -> json.writeNumberField("version", version));
        } else {
            call.out()
                    .remark("the store has a new key, and is at version " + version + " as before; " + config.keyFile()
                            + " keeps the old one until: env-cli rekey " + RETIRE);
        }
    }

    private static void retire(final Call call, final StoreConfig config) throws CommandException, IOException {
        final int dropped = Waiting.forStore(call, () -> StoreRekey.retire(config));
        call.out().changeMade();
        if (call.json()) {
            Json.object(call.out(), json -> json.writeNumberField("retired", dropped));
        } else {
            call.out().remark(dropped == 0 ? "nothing to retire: " + config.keyFile() + " holds one key"
                    : Amounts.count(dropped, "older key", "older keys") + " dropped from " + config.keyFile());
        }
    }
}
